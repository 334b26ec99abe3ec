import { createHash } from 'node:crypto';
import type { accountEvents } from '#src/db/schema/inbox/index.ts';
import type { Arrival, Run } from '#src/webhooks/run.ts';
import type { KnownNumber } from '#src/webhooks/stored.ts';
import type { Update } from '#src/whatsapp/updates.ts';

export type AccountEventRow = typeof accountEvents.$inferInsert;

/** Takes in what Meta says about a number or the business account: it is kept, and decides whether sending goes on. */
export function takeAccountEvent(
  run: Run,
  update: Extract<Update, { kind: 'account' }>,
  arrival: Arrival,
): void {
  const { field, event, severity, effect, position } = update;
  const number = numberOf(run, update);
  pushAccountEvent(run, arrival, {
    at: update.at,
    position,
    field,
    wabaId: number?.wabaId ?? update.wabaId,
    numberId: number?.id ?? null,
    kind: update.about,
    event,
    severity,
    effect: effect?.does ?? null,
    cause: effect?.cause ?? null,
    data: JSON.stringify(update.facts),
  });
}

type Known = 'id' | 'receivedAt' | 'journalId' | 'digest';

/** Adds an event with where it came from. */
export function pushAccountEvent(run: Run, arrival: Arrival, event: Omit<AccountEventRow, Known>): void {
  run.made.accountEvents.push({
    ...event,
    id: run.nextId(),
    receivedAt: arrival.at,
    journalId: arrival.journalId,
    digest: createHash('sha256').update(arrival.raw).digest('hex'),
  });
}

/** By Meta's id, else by the phone number as it is written: with or without spaces and a plus. */
function numberOf(
  run: Run,
  { number: { id, digits }, wabaId }: Extract<Update, { kind: 'account' }>,
): KnownNumber | undefined {
  const known = id === null ? undefined : run.numbers.find(id);
  const alike = run.numbers.all().filter((one) => one.displayPhone.replace(/\D/g, '') === digits);
  return known ?? alike.find((one) => one.wabaId === wabaId) ?? (wabaId === '' ? alike[0] : undefined);
}
