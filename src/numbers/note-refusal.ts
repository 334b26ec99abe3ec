import { createHash } from 'node:crypto';
import type { Statement } from '#src/db/database.ts';
import { insertRows } from '#src/db/rows.ts';
import { accountEvents } from '#src/db/schema/inbox/index.ts';
import type { Arrival, Run } from '#src/webhooks/run.ts';
import type { KnownNumber } from '#src/webhooks/stored.ts';
import { classOf, inPlainWords, scopeOf } from '#src/whatsapp/errors.ts';
import type { MetaError } from '#src/whatsapp/updates.ts';
import type { AccountEventRow } from './take-account-event.ts';

const DAY_MS = 24 * 60 * 60_000;
/** Of what Meta answers there is no raw change. */
const NO_JOURNAL = 0;

/**
 * Tells whoever looks after the number that Meta takes messages and then refuses them for something only an admin can
 * settle, as when the account cannot pay: once a day for each such reason, however many messages it stops. The number
 * goes on, since a report may be days old.
 */
export function noteRefusal(
  run: Run,
  number: KnownNumber,
  { errors, at }: { errors: readonly MetaError[]; at: number },
  arrival: Arrival,
): void {
  const error = errors.find(({ code }) => classOf(code) === 'A');
  if (error !== undefined) {
    const heard = { at, receivedAt: arrival.at, journalId: arrival.journalId };
    run.made.accountEvents.push(refusalRow(number, error.code, { id: run.nextId(), ...heard }));
  }
}

type Place = Pick<KnownNumber, 'id' | 'wabaId'>;

/** The same of what Meta refuses at once, without taking it. `at` is our clock. */
export function refusalStatements(
  number: Place,
  code: number,
  { id, at }: { id: number; at: number },
): Statement[] {
  const row = refusalRow(number, code, { id, at, receivedAt: at, journalId: NO_JOURNAL });
  return insertRows(accountEvents, [row], 'on conflict (digest, position) do nothing');
}

type Heard = Pick<AccountEventRow, 'at' | 'receivedAt' | 'journalId'> & { id: number };

function refusalRow(number: Place, code: number, heard: Heard): AccountEventRow {
  const { title, whatToDo, whenFailed = whatToDo } = inPlainWords(code);
  const isAboutAll = scopeOf(code) === 'account';
  const about = isAboutAll ? number.wabaId : number.id;
  return {
    ...heard,
    digest: createHash('sha256')
      .update(`refusal ${about} ${code} ${Math.floor(heard.at / DAY_MS)}`)
      .digest('hex'),
    position: 0,
    field: 'messages',
    wabaId: number.wabaId,
    numberId: isAboutAll ? null : number.id,
    kind: 'error',
    event: String(code),
    severity: 'critical',
    effect: null,
    cause: null,
    data: JSON.stringify({ title, detail: whenFailed }),
  };
}
