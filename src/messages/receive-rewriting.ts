import { recognise } from '#src/contacts/recognise.ts';
import { type Arrival, hearFrom, mention, type Run, touch, wamidKey } from '#src/webhooks/run.ts';
import type { KnownMessage, KnownNumber } from '#src/webhooks/stored.ts';
import type { Update } from '#src/whatsapp/updates.ts';
import { parkRewrite } from './receive-parked.ts';
import { deletedContent } from './stored-content.ts';

/** What a sender did to a message of theirs: changed its words, or deleted it. */
export type Rewrite = {
  /** Meta's id of the change. */
  wamid: string;
  at: number;
  /** By whom: only what they wrote themselves is theirs to change. */
  direction: 'in' | 'out';
} & ({ kind: 'edit'; text: string } | { kind: 'revoke' });

/**
 * The same, of a message that is there. `auditId` is for the row of the trail, if it is deleted; `content` is what is
 * left of it then.
 */
export type Rewritten = { messageId: number; conversationId: number; auditId: number } & (
  | Extract<Rewrite, { kind: 'edit' }>
  | (Extract<Rewrite, { kind: 'revoke' }> & { content: string })
);

type RewritingUpdate = Extract<Update, { kind: 'edit' | 'revoke' }>;

/**
 * Takes in that a message was changed or deleted by who wrote it. It opens no window and asks for no answer. What
 * comes before its message waits for it. Throws when the message is somebody else's.
 */
export function receiveRewriting(run: Run, update: RewritingUpdate, arrival: Arrival): void {
  const number = hearFrom(run, update.phoneNumberId, arrival);
  const change = rewriteOf(update);
  const target = run.messages.find(wamidKey(number.id, update.targetWamid));
  seeSender(run, number, update, arrival);
  if (!target) {
    parkRewrite(run, { numberId: number.id, wamid: update.targetWamid }, change, arrival);
  } else if (target.direction !== change.direction) {
    throw new Error('a message is changed by somebody who did not write it');
  } else {
    rewrite(run, target, change);
  }
}

function rewriteOf(update: RewritingUpdate): Rewrite {
  const { wamid, at } = update;
  const base = { wamid, at, direction: update.sender === null ? 'out' : 'in' } as const;
  return update.kind === 'edit' ? { kind: 'edit', ...base, text: update.text } : { kind: 'revoke', ...base };
}

function seeSender(run: Run, number: KnownNumber, { sender, at }: RewritingUpdate, arrival: Arrival): void {
  if (sender !== null) {
    const { contact } = recognise(run, { number, sender, at, arrivedAt: arrival.at });
    mention(run, arrival, contact.id);
  }
}

/** Notes what happened to a message that is there; one that is somebody else's stays as it is. */
export function rewrite(run: Run, target: KnownMessage, change: Rewrite): void {
  if (target.direction === change.direction) {
    const { id: messageId, conversationId } = target;
    const place = { messageId, conversationId, auditId: run.nextId() };
    run.made.rewritings.push(
      change.kind === 'edit'
        ? { ...change, ...place }
        : { ...change, ...place, content: deletedContent(target.content ?? '') },
    );
    touch(run, conversationId, { message: messageId });
  }
}
