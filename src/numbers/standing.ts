import { asc, eq, sql } from 'drizzle-orm';
import type { Inbox } from '#src/db/inbox.ts';
import { historyChunks, numbers, outbox } from '#src/db/schema/inbox/index.ts';
import { NotFound } from '#src/errors.ts';
import { type AccountEvent, newestEvents } from './account-event.ts';
import { loadPhoneImports } from './phone-app.ts';
import type { PhoneImport } from './phone-import.ts';

/** How far the import of a phone's history has got, by phase. */
export type HistoryPhase = { phase: number; progress: number; messages: number; at: number };

/** A number as its page shows it. What nobody has said yet is null. */
export type NumberStanding = {
  id: number;
  wabaId: string;
  phoneNumberId: string;
  name: string;
  displayPhone: string;
  state: 'live' | 'paused' | 'disconnected';
  pausedFor: string | null;
  /** Meta's restrictions: until when (ms) nobody may be written to first, and nobody answered. */
  startsForbiddenUntil: number | null;
  answersForbiddenUntil: number | null;
  connectedAt: number;
  /** When something last came from WhatsApp for it. */
  heardAt: number | null;
  /** When somebody last wrote from the phone app. */
  phoneAppAt: number | null;
  /** Whether the WhatsApp Business app on a phone has it, too; null while Meta has not said. */
  isOnPhoneApp: boolean | null;
  /** What its phone was asked for, contacts first. */
  phoneImports: readonly PhoneImport[];
  /** Messages on their way out. */
  waiting: number;
  /** The newest of each kind. */
  newest: ReadonlyMap<string, AccountEvent>;
  history: readonly HistoryPhase[];
};

const KINDS = ['quality', 'limit', 'name', 'username', 'review', 'history'];

/** Every number of the account, the oldest first. */
export async function listStandings(inbox: Inbox): Promise<NumberStanding[]> {
  const rows = await inbox.sql.select().from(numbers).orderBy(asc(numbers.id));
  return Promise.all(rows.map((row) => toStanding(inbox, row)));
}

/** Throws `NotFound`. */
export async function findStanding(inbox: Inbox, id: number): Promise<NumberStanding> {
  const [row] = await inbox.sql.select().from(numbers).where(eq(numbers.id, id)).limit(1);
  if (!row) {
    throw new NotFound(`number ${id}`);
  }
  return toStanding(inbox, row);
}

async function toStanding(inbox: Inbox, row: typeof numbers.$inferSelect): Promise<NumberStanding> {
  const { token: _, settings: __, readReceipts: ___, portfolioId: ____, ...number } = row;
  const waiting = sql<number>`count(*)`;
  const [queue] = await inbox.sql.select({ waiting }).from(outbox).where(eq(outbox.numberId, row.id));
  return {
    ...number,
    waiting: queue?.waiting ?? 0,
    newest: await newestEvents(inbox, row, KINDS),
    phoneImports: await loadPhoneImports(inbox, row.id),
    history: await loadHistory(inbox, row.id),
  };
}

function loadHistory(inbox: Inbox, numberId: number): Promise<HistoryPhase[]> {
  return inbox.sql
    .select({
      phase: historyChunks.phase,
      progress: sql<number>`max(${historyChunks.progress})`,
      messages: sql<number>`sum(${historyChunks.messages})`,
      at: sql<number>`max(${historyChunks.at})`,
    })
    .from(historyChunks)
    .where(eq(historyChunks.numberId, numberId))
    .groupBy(historyChunks.phase);
}
