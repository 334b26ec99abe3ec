import { and, eq } from 'drizzle-orm';
import { auditRow } from '#src/audit/audit-row.ts';
import type { Statement } from '#src/db/database.ts';
import type { Inbox } from '#src/db/inbox.ts';
import { numbers } from '#src/db/schema/inbox/index.ts';
import type { Claim } from './outbox-claim.ts';
import type { Verdict } from './outcome.ts';

type Decided = { claim: Pick<Claim, 'row' | 'sender'>; verdict: Verdict };

/**
 * An admin has to settle something at Meta: the number stops, or all of its WhatsApp Business account, once however
 * many messages were refused for it. A number that has got a new token since these messages left goes on: it was
 * the old one that was refused.
 */
export function pauseStatements(inbox: Inbox, decided: readonly Decided[], now: number): Statement[] {
  const [pause] = decided.flatMap(({ claim, verdict }) =>
    verdict.to === 'queued' && verdict.pause ? { ...verdict.pause, claim } : [],
  );
  if (!pause) {
    return [];
  }
  const { scope, reason, claim } = pause;
  const sameToken = reason === 'token' ? [eq(numbers.token, claim.sender.sealedToken)] : [];
  const those =
    scope === 'number' ? eq(numbers.id, claim.row.numberId) : eq(numbers.wabaId, claim.sender.wabaId);
  return [
    inbox.sql
      .update(numbers)
      .set({ state: 'paused', pausedFor: reason })
      .where(and(eq(numbers.state, 'live'), those, ...sameToken)),
    auditRow(inbox, {
      at: now,
      actor: { kind: 'system' },
      action: 'number.refused',
      object: `number:${claim.row.numberId}`,
      data: { reason },
    }),
  ];
}
