import { createHash } from 'node:crypto';
import type { Arrival, Run } from '#src/webhooks/run.ts';
import type { KnownNumber } from '#src/webhooks/stored.ts';
import { classOf, inPlainWords, scopeOf } from '#src/whatsapp/errors.ts';
import type { MetaError } from '#src/whatsapp/updates.ts';

const DAY_MS = 24 * 60 * 60_000;

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
  if (error === undefined) {
    return;
  }
  const { code } = error;
  const { title, whatToDo, whenFailed = whatToDo } = inPlainWords(code);
  const isAboutAll = scopeOf(code) === 'account';
  const about = isAboutAll ? number.wabaId : number.id;
  run.made.accountEvents.push({
    id: run.nextId(),
    at,
    receivedAt: arrival.at,
    journalId: arrival.journalId,
    digest: createHash('sha256')
      .update(`refusal ${about} ${code} ${Math.floor(at / DAY_MS)}`)
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
  });
}
