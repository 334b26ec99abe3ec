import type { Inbox } from '#src/db/inbox.ts';
import { readSender } from '#src/messages/outbox-sender.ts';
import { loadRecipients } from '#src/messages/outbox-subject.ts';
import type { BlockOutcome, WhatsApp } from '#src/whatsapp/client.ts';
import type { Blocking, RefusedKind } from './block.ts';

type Thread = Blocking['threads'][number];
export type Refused = { thread: Thread; kind: RefusedKind; reason: string };

/** "Failed to block some users": of the one who was asked about. They have not written in the last 24 hours. */
const PARTLY = 139100;

/** Tells WhatsApp on every number on which the customer is spoken with; gives what it did not do. */
export async function tellMeta(
  whatsapp: Pick<WhatsApp, 'blockUser'>,
  inbox: Inbox,
  { threads }: Blocking,
  isBlocking: boolean,
): Promise<Refused[]> {
  const recipients = await loadRecipients(
    inbox,
    threads.map(({ id }) => id),
  );
  const told = await Promise.all(
    threads.map(async (thread) => {
      const sender = await readSender(inbox, thread.numberId);
      const to = recipients.get(thread.id)?.to ?? null;
      const outcome = sender && to ? await whatsapp.blockUser(sender, to, isBlocking) : NOBODY_TO_ASK;
      return { thread, outcome };
    }),
  );
  return told.flatMap(({ thread, outcome }) =>
    outcome.kind === 'done' ? [] : { thread, kind: kindOf(outcome, isBlocking), reason: reasonOf(outcome) },
  );
}

const NOBODY_TO_ASK: BlockOutcome = {
  kind: 'not-sent',
  why: 'the number is paused, or the customer has no address',
};

function kindOf(outcome: BlockOutcome, isBlocking: boolean): RefusedKind {
  if (!isBlocking) {
    return 'contact.unblock_failed';
  }
  const isTooLate = outcome.kind === 'refused' && outcome.error.code === PARTLY;
  return isTooLate ? 'contact.block_too_late' : 'contact.block_failed';
}

function reasonOf(outcome: Exclude<BlockOutcome, { kind: 'done' }>): string {
  return outcome.kind === 'refused' ? String(outcome.error.code) : outcome.why;
}
