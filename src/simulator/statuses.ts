import { deliver, pause } from './deliveries.ts';
import type { Fields } from './fields.ts';
import { digits } from './numbers.ts';
import type { Person } from './people.ts';
import { pricing } from './pricing.ts';
import type { SentMessage } from './sent.ts';
import { findInThread, type StatusName } from './threads.ts';
import { type ChangeValue, contact, envelope, metadata, seconds } from './webhook-bodies.ts';
import { announce, findThread, numberOf, track, type World } from './world.ts';

/** Statuses that wait: while paused, or for a moment while they are being shuffled. */
export type StatusBuffer = { paused: boolean; shuffled: boolean; waiting: Post[]; flushing: boolean };

type Post = { phoneNumberId: string; value: ChangeValue };

export type Failure = { code: number; title: string; details: string };

const SHUFFLE_FOR = 25;

/** Sends what Meta would send after accepting the message: `sent` and `delivered`, or `failed`. */
export function followWithStatuses(world: World, message: SentMessage, failure: Failure | null): void {
  track(world, failure ? fail(world, message, failure) : progress(world, message));
}

async function progress(world: World, message: SentMessage): Promise<void> {
  await pause(world, world.delays.sent);
  await reportStatus(world, message, 'sent');
  if (message.type !== 'reaction') {
    await pause(world, world.delays.delivered);
    await reportStatus(world, message, 'delivered');
  }
}

async function fail(world: World, message: SentMessage, failure: Failure): Promise<void> {
  await pause(world, world.delays.sent);
  await reportStatus(world, message, 'failed', failure);
}

/** Posts one status webhook and waits for the answer, or leaves it in the buffer if statuses are held back. */
export async function reportStatus(
  world: World,
  message: SentMessage,
  status: Exclude<StatusName, 'accepted'>,
  failure?: Failure,
): Promise<void> {
  if (world.stopping.signal.aborted) {
    return;
  }
  const value = statusValue(world, message, status, failure);
  advance(world, message, status);
  if (world.statuses.paused || world.statuses.shuffled) {
    world.statuses.waiting.push({ phoneNumberId: message.phoneNumberId, value });
    flushSoon(world);
  } else {
    await postStatus(world, message.phoneNumberId, value);
  }
}

/** Lets buffered statuses go, one after the other, unless they are paused. */
export async function flushStatuses(world: World): Promise<void> {
  const posts = world.statuses.waiting.splice(0);
  for (const { phoneNumberId, value } of world.statuses.shuffled ? shuffle(posts) : posts) {
    await postStatus(world, phoneNumberId, value);
  }
}

function flushSoon(world: World): void {
  if (world.statuses.paused || world.statuses.flushing) {
    return;
  }
  world.statuses.flushing = true;
  track(
    world,
    pause(world, SHUFFLE_FOR).then(async () => {
      world.statuses.flushing = false;
      if (!world.statuses.paused) {
        await flushStatuses(world);
      }
    }),
  );
}

/** Never the order they came in, if there are at least two: a test must not pass by luck. */
function shuffle<T>(items: T[]): T[] {
  const shuffled = [...items];
  for (let last = shuffled.length - 1; last > 0; last--) {
    const other = Math.floor(Math.random() * last);
    const [a, b] = [shuffled[last], shuffled[other]];
    if (a !== undefined && b !== undefined) {
      shuffled[last] = b;
      shuffled[other] = a;
    }
  }
  return shuffled;
}

async function postStatus(world: World, phoneNumberId: string, value: ChangeValue): Promise<void> {
  const number = numberOf(world, phoneNumberId);
  if (number.webhookUrl) {
    await deliver(world, phoneNumberId, envelope(number.wabaId, value));
  }
}

const RANK: Record<StatusName, number> = {
  accepted: 0,
  sent: 1,
  delivered: 2,
  read: 3,
  played: 4,
  failed: 5,
};

function advance(world: World, message: SentMessage, status: StatusName): void {
  if (RANK[status] <= RANK[message.status]) {
    return;
  }
  message.status = status;
  const person = message.waId === null ? undefined : world.people.get(message.waId);
  if (person) {
    const thread = findThread(world, message.phoneNumberId, person);
    const shown = findInThread(thread, message.wamid);
    if (shown) {
      shown.status = status;
    }
    announce(world, thread);
  }
}

function statusValue(
  world: World,
  message: SentMessage,
  status: Exclude<StatusName, 'accepted'>,
  failure: Failure | undefined,
): ChangeValue {
  const number = numberOf(world, message.phoneNumberId);
  const person = message.waId === null ? undefined : world.people.get(message.waId);
  const opaque = message.body.biz_opaque_callback_data;
  const shown = status === 'failed' ? undefined : person;
  return {
    messaging_product: 'whatsapp',
    metadata: metadata(number),
    ...(shown
      ? { contacts: [contact(shown, { username: status !== 'sent', phone: showsPhone(message, shown) })] }
      : {}),
    statuses: [
      {
        id: message.wamid,
        status,
        timestamp: seconds(world.now()),
        ...recipient(message, person, status),
        ...(opaque === undefined ? {} : { biz_opaque_callback_data: opaque }),
        ...(status === 'sent' || status === 'delivered' ? { pricing: pricing(world, message, status) } : {}),
        ...(failure ? { errors: [statusError(failure)] } : {}),
      },
    ],
  };
}

/** A phone number travels back if it was used to send, or if the customer shares it. */
function showsPhone(message: SentMessage, person: Person): boolean {
  return message.addressedBy === 'to' || !person.hidePhone;
}

function recipient(message: SentMessage, person: Person | undefined, status: StatusName): Fields {
  const userId = person?.userId ?? (message.addressedBy === 'recipient' ? message.input : undefined);
  const waId = person ? person.waId : message.addressedBy === 'to' ? digits(message.input) : undefined;
  const phone = waId !== undefined && (!person || showsPhone(message, person));
  const showsUserId = userId !== undefined && (status !== 'failed' || message.addressedBy === 'recipient');
  return {
    ...(phone ? { recipient_id: waId } : {}),
    ...(showsUserId ? { recipient_user_id: userId } : {}),
  };
}

function statusError({ code, title, details }: Failure): Fields {
  return {
    code,
    title,
    message: title,
    error_data: { details },
    href: 'https://developers.facebook.com/documentation/business-messaging/whatsapp/support/error-codes',
  };
}
