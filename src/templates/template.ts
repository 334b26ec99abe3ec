import { and, eq, isNull } from 'drizzle-orm';
import type { Inbox } from '#src/db/inbox.ts';
import { templates } from '#src/db/schema/inbox/index.ts';
import { type Definition, readDefinition } from '#src/whatsapp/template-definition.ts';

export type TemplateRow = typeof templates.$inferSelect;

/** A template with its components read. */
export type Template = Omit<TemplateRow, 'components' | 'parameterFormat'> & {
  isNamed: boolean;
  definition: Definition;
};

export function toTemplate({ components, parameterFormat, ...row }: TemplateRow): Template {
  return { ...row, isNamed: parameterFormat === 'NAMED', definition: readDefinition(components) };
}

/** Null when there is none, or when Meta has it no longer. */
export async function findTemplate(
  { sql: db }: Inbox,
  by: { wabaId: string } & ({ id: string } | { name: string; language: string }),
): Promise<Template | null> {
  const is =
    'id' in by
      ? eq(templates.id, by.id)
      : and(eq(templates.name, by.name), eq(templates.language, by.language));
  const [row] = await db
    .select()
    .from(templates)
    .where(and(eq(templates.wabaId, by.wabaId), is, isNull(templates.goneAt)))
    .limit(1);
  return row ? toTemplate(row) : null;
}

/** Whether WhatsApp takes messages of it, and this program can fill it in. */
export const isSendable = ({ status, goneAt, definition }: Template): boolean =>
  status === 'APPROVED' && goneAt === null && definition.unknown.length === 0;
