import { and, asc, count, eq, gt, inArray, isNull, lt, or, sql } from 'drizzle-orm';
import type { Control } from '#src/db/control.ts';
import type { Statement } from '#src/db/database.ts';
import type { Inbox } from '#src/db/inbox.ts';
import { insertRows } from '#src/db/rows.ts';
import { unroutedChanges } from '#src/db/schema/control.ts';
import { createGroup, nextTurn } from './group-commit.ts';
import { oldestTogether } from './hand-over.ts';
import { wakeIntake } from './intake.ts';
import { type ArrivedChange, appendToJournal } from './journal.ts';
import { routeChange } from './route-change.ts';
import { forgetRouting, type Routing, routingOf } from './routing.ts';
import type { WebhookServices } from './webhook-services.ts';

/** A change for a number that the app which signed it does not serve. */
export type UnroutedChange = ArrivedChange & { phoneNumberId: string | null };

export const UNROUTED_KEPT_MS = 7 * 24 * 60 * 60 * 1000;
export const MOST_UNROUTED = 10_000;

const groups = new WeakMap<Control, (changes: readonly UnroutedChange[]) => Promise<void>>();

/** Keeps them sealed under the app that signed, fsynced. Beyond 10,000 an app the oldest go. */
export function keepUnrouted(control: Control, changes: readonly UnroutedChange[]): Promise<void> {
  const keep = groups.get(control) ?? createGroup((take) => writeGroup(control, take));
  groups.set(control, keep);
  return keep(changes);
}

function writeGroup(control: Control, take: () => UnroutedChange[]): Promise<void> {
  return control.turn(async (commit) => {
    const changes = take();
    const rows = changes.map((change) => {
      const id = control.nextId();
      const wabaId = change.entryId === '' ? null : change.entryId;
      return { ...change, id, wabaId, raw: control.keys.seal(change.raw, rawOf(id)) };
    });
    const appIds = new Set(changes.map((change) => change.appId));
    await commit('full', [
      ...insertRows(unroutedChanges, rows, 'on conflict do nothing'),
      ...(await overflowing(control, appIds, changes.length)),
    ]);
  });
}

async function overflowing(control: Control, appIds: Set<number>, arriving: number): Promise<Statement[]> {
  const full = await control.sql
    .select({ appId: unroutedChanges.appId, rows: count() })
    .from(unroutedChanges)
    .where(inArray(unroutedChanges.appId, [...appIds]))
    .groupBy(unroutedChanges.appId);
  return full
    .filter(({ rows }) => rows + arriving > MOST_UNROUTED)
    .map(
      ({ appId }) => sql`
      delete from unrouted_changes where id in (
        select id from unrouted_changes where app_id = ${appId} order by id desc limit -1 offset ${MOST_UNROUTED}
      )`,
    );
}

type Connected = { appId: number; phoneNumberId: string; wabaId: string };

/**
 * Hands an account what came for a number before it was connected, as far as the app that signed it serves the
 * number now. To be called after every change of an app or a route: it also has them read anew.
 */
export async function takeOverUnrouted(
  services: WebhookServices,
  inbox: Inbox,
  connected: Connected,
): Promise<void> {
  const { control } = services;
  forgetRouting(control);
  await handOver(control, inbox, connected, await routingOf(control));
  wakeIntake(services, inbox);
}

/** At an account's opening: the same for all its numbers, if the end of the process came in between. Gives how many changes. */
export async function handOverUnrouted({ control }: { control: Control }, inbox: Inbox): Promise<number> {
  const routing = await routingOf(control);
  let found = 0;
  for (const route of routing.routes.values()) {
    if (route.accountId === inbox.accountId) {
      found += await handOver(control, inbox, route, routing);
    }
  }
  return found;
}

async function handOver(
  control: Control,
  inbox: Inbox,
  connected: Connected,
  routing: Routing,
): Promise<number> {
  const signer = routing.appsById.get(connected.appId);
  let found = 0;
  let rows = signer ? await unroutedOf(control, connected, 0) : [];
  for (let last = rows.at(-1); signer && last; last = rows.at(-1)) {
    const ours = rows.filter((row) => {
      const destination = routeChange(row, signer, routing);
      return destination.kind === 'account' && destination.accountId === inbox.accountId;
    });
    await move(control, inbox, ours);
    found += ours.length;
    await nextTurn();
    rows = await unroutedOf(control, connected, last.id);
  }
  return found;
}

type Row = typeof unroutedChanges.$inferSelect;

async function unroutedOf(
  control: Control,
  { appId, phoneNumberId, wabaId }: Connected,
  after: number,
): Promise<Row[]> {
  const { id } = unroutedChanges;
  const isOfWaba = and(isNull(unroutedChanges.phoneNumberId), eq(unroutedChanges.wabaId, wabaId));
  const theirs = and(
    eq(unroutedChanges.appId, appId),
    gt(id, after),
    or(eq(unroutedChanges.phoneNumberId, phoneNumberId), isOfWaba),
  );
  const these = await oldestTogether(control, unroutedChanges, theirs);
  return these === null ? [] : control.sql.select().from(unroutedChanges).where(these).orderBy(asc(id));
}

async function move(control: Control, inbox: Inbox, rows: readonly Row[]): Promise<void> {
  if (rows.length > 0) {
    await appendToJournal(
      inbox,
      rows.map((row) => ({ ...row, raw: control.keys.open(row.raw, rawOf(row.id)) })),
    );
    const ids = rows.map((row) => row.id);
    await control.write('full', [
      control.sql.delete(unroutedChanges).where(inArray(unroutedChanges.id, ids)),
    ]);
  }
}

/** What nobody has connected a number for within 7 days is let go. */
export async function purgeUnrouted(control: Control, now: number): Promise<void> {
  const isOld = lt(unroutedChanges.receivedAt, now - UNROUTED_KEPT_MS);
  await control.write('normal', [control.sql.delete(unroutedChanges).where(isOld)]);
}

function rawOf(id: number): string {
  return `unrouted_changes.raw:${id}`;
}
