import { DeliveryRefused, deliver, type RetryPolicy } from './deliveries.ts';
import { type Fields, isObject } from './fields.ts';
import { type FileMessage, type FileOptions, receiveFile } from './media/from-customer.ts';
import type { Person } from './people.ts';
import { reportStatus } from './statuses.ts';
import { summarise } from './summary.ts';
import { addToThread, findInThread, type PhoneMessage, type Thread } from './threads.ts';
import { createWamid } from './wamid.ts';
import { envelope, inboundValue } from './webhook-bodies.ts';
import { announce, findThread, numberOf, remember, type World } from './world.ts';

export type WriteOptions = {
  /** Milliseconds: Meta's second, which may be long ago. Otherwise the simulator's clock. */
  at?: number;
  /** The wamid of the message that is quoted. */
  quote?: string;
  retry?: RetryPolicy | false;
};

/** What was said before the simulator began, as the phone has kept it. */
export type Past = {
  /** Milliseconds. */
  at: number;
};

export type Customer = {
  readonly phone: string;
  readonly waId: string;
  readonly userId: string;
  readonly name: string;
  /** Writes a text. Resolves with the wamid once the webhook was answered 200; else throws DeliveryRefused. */
  say(phoneNumberId: string, text: string, options?: WriteOptions): Promise<string>;
  /** The same for any type: `{ type: 'location', location: { … } }`. */
  send(phoneNumberId: string, message: Fields, options?: WriteOptions): Promise<string>;
  /** Sends a file: Meta keeps it for 7 days, and the webhook has its id. */
  sendFile(phoneNumberId: string, file: FileMessage, options?: WriteOptions & FileOptions): Promise<string>;
  /** Reacts to a message of the thread; an empty emoji takes the reaction back. */
  react(phoneNumberId: string, wamid: string, emoji: string, options?: WriteOptions): Promise<string>;
  /** Opens the thread: `read` goes out for all that the business sent and that was not read yet. */
  read(phoneNumberId: string): Promise<void>;
  /** Plays a voice message of the business: `played`, the first time. */
  play(phoneNumberId: string, wamid: string): Promise<void>;
  /** What the phone shows, oldest first. */
  thread(phoneNumberId: string): PhoneMessage[];
  /** Writes without any webhook: the phone has it, Meta knows it, and a test delivers the body as it likes. */
  write(phoneNumberId: string, message: Fields, options?: WriteOptions): { wamid: string; body: Fields };
  /** A text of the past that the business has read: as `write`, without any webhook. */
  wrote(phoneNumberId: string, text: string, past: Past): { wamid: string; body: Fields };
  /** A text of the past from the business, which this customer has read; no request or webhook tells of it. */
  heard(phoneNumberId: string, text: string, past: Past): string;
};

export function createCustomer(world: World, person: Person): Customer {
  const write = (phoneNumberId: string, message: Fields, options: WriteOptions = {}) => {
    const number = numberOf(world, phoneNumberId);
    const thread = findThread(world, phoneNumberId, person);
    const at = options.at ?? world.now();
    const wamid = createWamid(person.waId, 'inbound');
    record(world, thread, { wamid, at, content: message, quote: options.quote });
    const value = inboundValue(number, person, { wamid, at, content: message, quote: options.quote });
    return { wamid, body: envelope(number.wabaId, value) };
  };

  const send = async (phoneNumberId: string, message: Fields, options: WriteOptions = {}) => {
    const { wamid, body } = write(phoneNumberId, message, options);
    const answer = await deliver(world, phoneNumberId, body, retryOf(options));
    if (answer.status !== 200) {
      throw new DeliveryRefused(
        answer.status,
        answer.body,
        `The webhook of ${phoneNumberId} answered ${answer.status ?? 'nothing'} instead of 200`,
      );
    }
    tick(world, findThread(world, phoneNumberId, person), wamid);
    return wamid;
  };

  return {
    phone: person.phone,
    waId: person.waId,
    userId: person.userId,
    name: person.name,
    write,
    wrote(phoneNumberId, text, { at }) {
      const written = write(phoneNumberId, { type: 'text', text: { body: text } }, { at });
      const message = findInThread(findThread(world, phoneNumberId, person), written.wamid);
      if (message) {
        message.status = 'read';
      }
      return written;
    },
    heard(phoneNumberId, text, { at }) {
      const thread = findThread(world, phoneNumberId, person);
      const wamid = createWamid(person.waId, 'outbound');
      remember(world, wamid, { thread, type: 'text', from: 'business', at });
      addToThread(thread, {
        wamid,
        from: 'business',
        type: 'text',
        content: { body: text },
        text,
        at,
        status: 'read',
        quote: null,
        reactions: { customer: null, business: null },
      });
      return wamid;
    },
    send,
    say: (phoneNumberId, text, options) =>
      send(phoneNumberId, { type: 'text', text: { body: text } }, options),
    sendFile: async (phoneNumberId, file, options = {}) =>
      send(phoneNumberId, receiveFile(world, phoneNumberId, file, options), options),
    react: (phoneNumberId, wamid, emoji, options) =>
      send(phoneNumberId, { type: 'reaction', reaction: { message_id: wamid, emoji } }, options),
    read: (phoneNumberId) => readThread(world, findThread(world, phoneNumberId, person)),
    play: (phoneNumberId, wamid) => playVoice(world, findThread(world, phoneNumberId, person), wamid),
    thread: (phoneNumberId) => findThread(world, phoneNumberId, person).messages,
  };
}

function retryOf({ retry }: WriteOptions) {
  return retry === undefined ? {} : { retry };
}

type Written = { wamid: string; at: number; content: Fields; quote: string | undefined };

function record(world: World, thread: Thread, { wamid, at, content, quote }: Written): void {
  const type = String(content.type);
  remember(world, wamid, { thread, type, from: 'customer', at });
  if (type === 'reaction') {
    thread.lastInboundAt = Math.max(thread.lastInboundAt ?? 0, at);
    const { message_id, emoji } = isObject(content.reaction) ? content.reaction : {};
    const target = findInThread(thread, String(message_id));
    if (target) {
      target.reactions.customer = typeof emoji === 'string' && emoji ? emoji : null;
    }
  } else {
    addToThread(thread, {
      wamid,
      from: 'customer',
      type,
      content: content[type],
      text: summarise(type, content[type]),
      at,
      status: 'sent',
      quote: quote ?? null,
      reactions: { customer: null, business: null },
    });
  }
  announce(world, thread);
}

/** A second tick: the business has the message. The read receipt may already have come meanwhile. */
function tick(world: World, thread: Thread, wamid: string): void {
  const message = findInThread(thread, wamid);
  if (message?.status === 'sent') {
    message.status = 'delivered';
    announce(world, thread);
  }
}

async function playVoice(world: World, thread: Thread, wamid: string): Promise<void> {
  const message = world.sent.find((one) => one.wamid === wamid && one.waId === thread.person.waId);
  const isVoice = message?.type === 'audio' && isObject(message.body.audio) && message.body.audio.voice;
  if (isVoice && message.status !== 'played' && message.status !== 'failed') {
    await reportStatus(world, message, 'played');
  }
}

async function readThread(world: World, thread: Thread): Promise<void> {
  const unread = world.sent.filter(
    ({ phoneNumberId, waId, type, status }) =>
      phoneNumberId === thread.phoneNumberId &&
      waId === thread.person.waId &&
      type !== 'reaction' &&
      status !== 'read' &&
      status !== 'played' &&
      status !== 'failed',
  );
  await Promise.all(unread.map((message) => reportStatus(world, message, 'read')));
}
