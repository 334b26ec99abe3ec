import { pushBounded } from './bounded.ts';
import { checkMessage } from './checks/message.ts';
import { checkTarget } from './checks/target.ts';
import type { Fields } from './fields.ts';
import { GraphError } from './graph-error.ts';
import { findNamedFiles, type NamedFile } from './media/named-files.ts';
import { mediaFailure, whyUnusable } from './media/unusable.ts';
import type { NumberState } from './numbers.ts';
import { keepPace } from './pace.ts';
import { type Recipient, resolveRecipient } from './recipient.ts';
import { type SentMessage, wakeWaiters } from './sent.ts';
import { type Failure, followWithStatuses } from './statuses.ts';
import { summarise } from './summary.ts';
import { checkFilling } from './templates/filling.ts';
import { hydratedText } from './templates/hydrated.ts';
import type { SimulatedTemplate } from './templates/store.ts';
import { addToThread, findInThread, isWindowOpen, type Thread, threadKey } from './threads.ts';
import { createWamid } from './wamid.ts';
import { announce, announceAll, findThread, remember, type World } from './world.ts';

const UNDELIVERABLE: Failure = {
  code: 131026,
  title: 'Message undeliverable',
  details: 'Message Undeliverable.',
};
const WINDOW_CLOSED: Failure = {
  code: 131047,
  title: 'Re-engagement message',
  details:
    'Message failed to send because more than 24 hours have passed since the customer last replied to this number.',
};

/** Checks a message as Meta does and takes it on, or throws. From here on it counts as sent. */
export function acceptMessage(world: World, number: NumberState, body: Fields): SentMessage {
  const type = checkMessage(body);
  const recipient = resolveRecipient(world, number, body);
  const thread = recipient.person && findThread(world, number.phoneNumberId, recipient.person);
  const template = type === 'template' ? checkFilling(world, number, body.template) : null;
  refuseCodeToUser(template, recipient);
  checkTarget(world, thread, type, body);
  refuseBlocked(world, thread);
  const files = findNamedFiles(world, number.phoneNumberId, { [type]: body[type] });
  const failure = foreseeFailure(world, thread, type, files);
  keepPace(world, number.phoneNumberId, recipient.input);

  const message: SentMessage = {
    wamid: createWamid(recipient.person?.waId ?? recipient.input.replace(/\D/g, '').slice(0, 15), 'outbound'),
    phoneNumberId: number.phoneNumberId,
    waId: recipient.person?.waId ?? null,
    input: recipient.input,
    addressedBy: recipient.addressedBy,
    type,
    category: template?.category.toLowerCase() ?? 'service',
    body,
    at: world.now(),
    status: 'accepted',
  };
  pushBounded(world.sent, message, world.kept);
  if (failure) {
    announceAll(world);
  } else if (thread) {
    show(world, thread, message, template);
  }
  followWithStatuses(world, message, failure);
  wakeWaiters(world.waiters, message);
  return message;
}

/** The answer to an accepted message. `wa_id` is absent when it was sent to a BSUID. */
export function acceptance(message: SentMessage, person: Recipient['person']): Fields {
  const waId = person?.waId ?? message.input.slice(1);
  return {
    messaging_product: 'whatsapp',
    contacts: [
      {
        input: message.input,
        ...(message.addressedBy === 'to' ? { wa_id: waId } : {}),
        ...(person ? { user_id: person.userId } : {}),
      },
    ],
    messages: [{ id: message.wamid, message_status: 'accepted' }],
  };
}

/** Codes go to phone numbers alone. */
function refuseCodeToUser(template: SimulatedTemplate | null, { addressedBy }: Recipient): void {
  if (template?.category === 'AUTHENTICATION' && addressedBy !== 'to') {
    throw new GraphError(400, 131062, '(#131062) Business-scoped user id recipients are not supported', {
      details: 'Authentication templates need a phone number.',
    });
  }
}

function refuseBlocked({ blocked }: World, thread: Thread | null): void {
  if (thread && blocked.has(threadKey(thread.phoneNumberId, thread.person.waId))) {
    throw new GraphError(400, 130403, '(#130403) Recipient is blocked', {
      details: 'Message failed to send because the business has blocked this user.',
    });
  }
}

function foreseeFailure(
  world: World,
  thread: Thread | null,
  type: string,
  files: NamedFile[],
): Failure | null {
  if (!thread || takeUndeliverable(world, type)) {
    return UNDELIVERABLE;
  }
  if (type === 'template' || isWindowOpen(thread, world.now())) {
    return (
      takeUnprocessable(world, files) ?? files.map(whyUnusable).find((reason) => reason !== null) ?? null
    );
  }
  if (world.weather.closedWindowAsync) {
    return WINDOW_CLOSED;
  }
  throw new GraphError(400, WINDOW_CLOSED.code, `(#${WINDOW_CLOSED.code}) ${WINDOW_CLOSED.title}`, {
    details: WINDOW_CLOSED.details,
  });
}

/** A reaction would use it up unseen. */
function takeUndeliverable({ weather }: World, type: string): boolean {
  const isTaken = weather.undeliverable > 0 && type !== 'reaction';
  weather.undeliverable -= isTaken ? 1 : 0;
  return isTaken;
}

function takeUnprocessable({ weather }: World, files: NamedFile[]): Failure | null {
  if (weather.unprocessable === 0 || files.length === 0) {
    return null;
  }
  weather.unprocessable -= 1;
  return mediaFailure('Media file could not be processed.');
}

function show(world: World, thread: Thread, message: SentMessage, template: SimulatedTemplate | null): void {
  remember(world, message.wamid, { thread, type: message.type, from: 'business', at: message.at });
  const sent = message.body[message.type];
  const content = template ? { ...template, text: hydratedText(template, sent), sent } : sent;
  if (message.type === 'reaction') {
    const { message_id, emoji } = content as { message_id: string; emoji: string };
    const target = findInThread(thread, message_id);
    if (target) {
      target.reactions.business = emoji || null;
    }
  } else {
    const context = message.body.context as { message_id: string } | undefined;
    addToThread(thread, {
      wamid: message.wamid,
      from: 'business',
      type: message.type,
      content,
      text: summarise(message.type, content),
      at: message.at,
      status: 'accepted',
      quote: context?.message_id ?? null,
      reactions: { customer: null, business: null },
    });
  }
  announce(world, thread);
}
