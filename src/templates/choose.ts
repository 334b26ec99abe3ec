import { and, asc, eq, isNull } from 'drizzle-orm';
import type { Inbox } from '#src/db/inbox.ts';
import { templates } from '#src/db/schema/inbox/index.ts';
import { textOf } from './fill.ts';
import { nothingGiven } from './given.ts';
import { showTemplate } from './show.ts';
import { isSendable, type Template, toTemplate } from './template.ts';

export type Asked = { q: string; language: string; category: string };
export type Choice = { template: Template; text: string };
export type Choices = {
  shown: Choice[];
  /** How many more there are; to be searched for. */
  more: number;
  languages: string[];
  categories: string[];
  /** Of all, whatever was asked for. */
  total: number;
};

const MOST_SHOWN = 40;

/** The templates that can be sent from a WABA's numbers, by name or words, language and category. */
export async function chooseTemplates({ sql: db }: Inbox, wabaId: string, asked: Asked): Promise<Choices> {
  const rows = await db
    .select()
    .from(templates)
    .where(and(eq(templates.wabaId, wabaId), eq(templates.status, 'APPROVED'), isNull(templates.goneAt)))
    .orderBy(asc(templates.name), asc(templates.language));
  const all = rows.map(toTemplate).filter(isSendable);
  const found = all.map(withText).filter((choice) => isAsked(choice, asked));
  return {
    shown: found.slice(0, MOST_SHOWN),
    more: Math.max(0, found.length - MOST_SHOWN),
    languages: distinct(all.map(({ language }) => language)),
    categories: distinct(all.map(({ category }) => category)),
    total: all.length,
  };
}

export const withText = (template: Template): Choice => ({
  template,
  text: textOf(showTemplate(template, nothingGiven)),
});

/** Every word has to stand somewhere in the name or the text. */
export function isAsked({ template, text }: Choice, { q, language, category }: Asked): boolean {
  const all = `${template.name} ${template.name.replaceAll('_', ' ')} ${text}`.toLowerCase();
  const words = q.toLowerCase().split(/\s+/).filter(Boolean);
  return (
    words.every((word) => all.includes(word)) &&
    (language === '' || template.language === language) &&
    (category === '' || template.category === category)
  );
}

export const distinct = (values: readonly string[]): string[] => [...new Set(values)].sort();
