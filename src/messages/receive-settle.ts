import { type Run, touch } from '#src/webhooks/run.ts';
import type { KnownMessage } from '#src/webhooks/stored.ts';
import { callGoesOn } from './receive-call.ts';
import type { ParkedItem } from './receive-parked.ts';
import { progress } from './receive-progress.ts';
import { react } from './receive-reaction.ts';
import { rewrite } from './receive-rewriting.ts';

/** Applies to a message that has just become known what came before it. */
export function settleParked(
  run: Run,
  { id, numberId, wamid }: { id: number; numberId: number; wamid: string },
): void {
  for (const { data } of run.parked.take(numberId, wamid)) {
    const message = run.messages.get(id);
    if (message) {
      settle(run, message, readParked(data));
    }
  }
}

function settle(run: Run, message: KnownMessage, item: ParkedItem): void {
  switch (item.kind) {
    case 'status':
      progress(run, message, item, true);
      break;
    case 'reaction':
      react(run, message, item);
      break;
    case 'edit':
    case 'revoke':
      rewrite(run, message, item);
      break;
    case 'call':
      callGoesOn(run, message, item);
      break;
    case 'quote':
      run.made.quotes.set(item.quotedBy, message.id);
      touch(run, message.conversationId, { message: item.quotedBy });
      break;
  }
}

/** Written by this program; nothing from outside reaches this column unread. */
function readParked(data: string): ParkedItem {
  return JSON.parse(data);
}
