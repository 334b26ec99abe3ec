import type { Hint } from '#src/attachments/fetch-account.ts';
import { learnPortfolio } from '#src/contacts/portfolio.ts';
import { isDamage } from '#src/db/damage.ts';
import type { Commit } from '#src/db/database.ts';
import type { Inbox } from '#src/db/inbox.ts';
import { StorageFull } from '#src/errors.ts';
import type { LiveChange } from '#src/live/change.ts';
import { waitingAt } from '#src/messages/outbox-waiting.ts';
import { ownershipIn, readUpdates } from '#src/whatsapp/updates.ts';
import { nextTurn } from './group-commit.ts';
import { changesOf, markRows, type Opened, type PendingRow } from './journal-rows.ts';
import { loadStored } from './load-stored.ts';
import type { Origin, Run } from './run.ts';
import { type BadItem, describe, type Item, understand } from './understand.ts';
import type { WebhookServices } from './webhook-services.ts';
import { statementsOf } from './write-run.ts';

type Circumstances = {
  inbox: Inbox;
  commit: Commit;
  installId: string;
  now: number;
  /** What is written now changes screens. Called inside the turn, which must not wait for them. */
  onChanges: (changes: readonly LiveChange[]) => void;
  /** A status has settled a send whose outcome was unknown, or Meta lets more or less be sent: what waits may go. */
  onSettled: () => void;
  /** Files wait to be fetched; of some the address is known for a while. */
  onFiles: (hints: readonly Hint[]) => void;
  /** Templates are to be read anew. */
  onTemplates: () => void;
  /** What is known of templates is out of date: messages of some were refused. */
  onRefusedTemplates: () => void;
};

export function circumstancesOf(
  {
    keyring,
    delivery,
    fetching,
    templates,
  }: Pick<WebhookServices, 'keyring' | 'delivery' | 'fetching' | 'templates'>,
  place: Pick<Circumstances, 'inbox' | 'commit' | 'now' | 'onChanges'>,
): Circumstances {
  const { accountId } = place.inbox;
  const onSettled = () => delivery.poke(accountId);
  const onFiles = (hints: readonly Hint[]) => fetching.poke(accountId, hints);
  const onTemplates = () => templates.poke(accountId);
  const onRefusedTemplates = () => templates.renew(accountId);
  const { installId } = keyring;
  return { ...place, installId, onSettled, onFiles, onTemplates, onRefusedTemplates };
}

/** Nothing else goes on while items are understood and written: neither other accounts nor pages wait for many more. */
const MOST_ITEMS = 500;

/**
 * Takes in journalled changes inside a turn, as many of them as are understood together and written as one batch: of
 * one that holds a great many items alone, in portions. A batch that fails is tried in halves, down to one row and then
 * to its items; what fails alone is marked and listed, the rest goes in. Gives which rows were taken in, from the first
 * on. Throws when nothing more can be written, or the database is damaged: then what is not in yet stays pending.
 */
export async function takeIn(
  circumstances: Circumstances,
  rows: readonly PendingRow[],
): Promise<readonly PendingRow[]> {
  const together = openTogether(rows);
  await takeInHalves(circumstances, together);
  return rows.slice(0, together.length);
}

function openTogether(rows: readonly PendingRow[]): Opened[] {
  const together: Opened[] = [];
  let items = 0;
  for (const row of rows) {
    const opened = open(row);
    if (items > MOST_ITEMS || (items > 0 && opened.items.length > MOST_ITEMS)) {
      break;
    }
    together.push(opened);
    items += opened.items.length;
  }
  return together;
}

const decoder = new TextDecoder();

function open(row: PendingRow): Opened {
  const arrival = { journalId: row.id, at: row.receivedAt, raw: row.raw };
  const updates = readUpdates(row.field, decoder.decode(row.raw), row.receivedAt);
  return { row, items: updates.map((update) => ({ update, arrival })) };
}

async function takeInHalves(circumstances: Circumstances, opened: readonly Opened[]): Promise<void> {
  const [only, ...others] = opened;
  if (!only) {
    return;
  } else if (others.length === 0 && only.items.length > MOST_ITEMS) {
    return takeInAlone(circumstances, only);
  }
  try {
    const items = opened.flatMap((one) => one.items);
    await learnPortfolios(circumstances, items);
    const { run, bad } = work(circumstances, items);
    await circumstances.commit('normal', [...statementsOf(run), ...markRows(opened, bad, circumstances.now)]);
    finished(circumstances, run);
  } catch (error) {
    if (error instanceof StorageFull || isDamage(error)) {
      throw error;
    } else if (others.length === 0) {
      return takeInAlone(circumstances, only);
    } else {
      const middle = Math.ceil(opened.length / 2);
      await takeInHalves(circumstances, opened.slice(0, middle));
      await takeInHalves(circumstances, opened.slice(middle));
    }
  }
}

/** A row that fails as a whole or holds many items: they go in by portions and halves, and the row is marked last. */
async function takeInAlone(circumstances: Circumstances, opened: Opened): Promise<void> {
  const bad: BadItem[] = [];
  const firstUnsupported = opened.items.findIndex(
    ({ update }) => 'message' in update && update.message.type === 'unsupported',
  );
  for (let from = 0; from < opened.items.length; from += MOST_ITEMS) {
    const portion = opened.items.slice(from, from + MOST_ITEMS);
    const isRawKept = firstUnsupported < from;
    const items = portion.map((item) => ({ ...item, arrival: { ...item.arrival, isRawKept } }));
    bad.push(...(await itemsInHalves(circumstances, items)));
    await nextTurn();
  }
  await circumstances.commit('normal', markRows([opened], bad, circumstances.now));
}

/** Gives those that could not be taken in. */
async function itemsInHalves(circumstances: Circumstances, items: readonly Item[]): Promise<BadItem[]> {
  const [only, ...others] = items;
  if (!only) {
    return [];
  }
  try {
    await learnPortfolios(circumstances, items);
    const { run, bad } = work(circumstances, items);
    await circumstances.commit('normal', statementsOf(run));
    finished(circumstances, run);
    return bad;
  } catch (error) {
    if (error instanceof StorageFull || isDamage(error)) {
      throw error;
    } else if (others.length === 0) {
      return [{ item: only, error: describe(error) }];
    } else {
      const middle = Math.ceil(items.length / 2);
      const first = await itemsInHalves(circumstances, items.slice(0, middle));
      return [...first, ...(await itemsInHalves(circumstances, items.slice(middle)))];
    }
  }
}

/**
 * Before anything else of them is taken in, since it decides who is who: in a batch of its own, and not marked as done by
 * it, so that after a crash it is learnt again.
 */
async function learnPortfolios(
  { inbox, commit, now, onChanges }: Circumstances,
  items: readonly Item[],
): Promise<void> {
  for (const { update } of items) {
    const ownership = ownershipIn(update);
    if (ownership !== null) {
      onChanges(await learnPortfolio(inbox, commit, ownership, now));
    }
  }
}

function finished(circumstances: Circumstances, run: Run): void {
  const { inbox, onChanges, onSettled, onFiles, onTemplates, onRefusedTemplates } = circumstances;
  const isTold = run.made.accountEvents.some(({ effect }) => effect != null);
  if (run.made.settled.size > 0 || isTold || mayBeAnswers(run)) {
    onSettled();
  }
  if (run.made.files.length > 0) {
    onFiles(run.made.hints);
  }
  if (run.made.templateEvents.length > 0) {
    onTemplates();
  }
  if (run.made.refusedTemplates > 0) {
    onRefusedTemplates();
  }
  onChanges([...changesOf(run), ...(isTold ? waitingAt(inbox) : [])]);
}

/** While Meta lets nobody be written to first, what was to be the first message is an answer once they write. */
function mayBeAnswers(run: Run): boolean {
  const isHeld = run.numbers.all().some(({ startsForbiddenUntil }) => startsForbiddenUntil !== null);
  return isHeld && run.messages.added().some(({ direction }) => direction === 'in');
}

function work({ inbox, installId }: Circumstances, items: readonly Item[]) {
  const origin: Origin = { installId, accountId: inbox.accountId, nextId: inbox.nextId };
  return understand(loadStored(inbox, origin, items), origin, items);
}
