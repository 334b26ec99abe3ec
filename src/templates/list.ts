import { asc, eq } from 'drizzle-orm';
import type { Inbox } from '#src/db/inbox.ts';
import { numbers, templateSyncs, templates } from '#src/db/schema/inbox/index.ts';
import { type Asked, type Choice, distinct, isAsked, withText } from './choose.ts';
import { GONE, statusOf } from './status.ts';
import { toTemplate } from './template.ts';

export type AskedTemplates = Asked & { status: string };

export type TemplateList = {
  shown: Choice[];
  more: number;
  total: number;
  languages: string[];
  categories: string[];
  statuses: string[];
  syncs: SyncState[];
};

/** When the templates of one WhatsApp Business Account were read, and why not when they should have been. */
export type SyncState = {
  wabaId: string;
  numbers: string[];
  syncedAt: number | null;
  error: string | null;
  isDue: boolean;
};

const MOST_SHOWN = 200;

/** Every template of the account, filtered, by name. */
export async function listTemplates(inbox: Inbox, asked: AskedTemplates, now: number): Promise<TemplateList> {
  const rows = await inbox.sql
    .select()
    .from(templates)
    .orderBy(asc(templates.name), asc(templates.language), asc(templates.wabaId));
  const all = rows.map(toTemplate);
  const present = all.filter(({ goneAt }) => goneAt === null);
  const found = (asked.status === GONE ? all.filter(({ goneAt }) => goneAt !== null) : present)
    .filter(({ status }) => asked.status === '' || asked.status === GONE || status === asked.status)
    .map(withText)
    .filter((choice) => isAsked(choice, asked));
  return {
    shown: found.slice(0, MOST_SHOWN),
    more: Math.max(0, found.length - MOST_SHOWN),
    total: present.length,
    languages: distinct(present.map(({ language }) => language)),
    categories: distinct(present.map(({ category }) => category)),
    statuses: distinct(all.map(statusOf)),
    syncs: await readSyncs(inbox, now),
  };
}

async function readSyncs({ sql: db }: Inbox, now: number): Promise<SyncState[]> {
  const found = await db
    .select({ wabaId: numbers.wabaId, phone: numbers.displayPhone, sync: templateSyncs })
    .from(numbers)
    .leftJoin(templateSyncs, eq(templateSyncs.wabaId, numbers.wabaId))
    .orderBy(asc(numbers.id));
  const byWaba = Map.groupBy(found, ({ wabaId }) => wabaId);
  return [...byWaba].map(([wabaId, rows]) => {
    const sync = rows[0]?.sync ?? null;
    return {
      wabaId,
      numbers: rows.map(({ phone }) => phone),
      syncedAt: sync?.syncedAt ?? null,
      error: sync?.error ?? null,
      isDue: (sync?.dueAt ?? 0) <= now,
    };
  });
}
