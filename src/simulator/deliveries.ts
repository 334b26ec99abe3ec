import { pushBounded } from './bounded.ts';
import { encodeAsMeta, sign } from './signature.ts';
import { numberOf, type World } from './world.ts';

/** One POST to a webhook. `status` is null when the network failed or the delivery was lost. */
export type Delivery = {
  url: string;
  attempt: number;
  status: number | null;
  bytes: Uint8Array<ArrayBuffer>;
  /** Milliseconds. */
  at: number;
};

/** How often a delivery that was not answered 200 is tried again. Delays in milliseconds, doubled each time. */
export type RetryPolicy = { attempts: number; firstDelay: number; longestDelay: number };

export type DeliverOptions = {
  /** Instead of the number's own. */
  url?: string;
  secret?: string;
  /** The whole header; null sends none. */
  signature?: string | null;
  retry?: RetryPolicy | false;
};

export type DeliveryAnswer = { status: number | null; body: string };

/** The business did not answer 200, however often it was asked. `status` is its last answer. */
export class DeliveryRefused extends Error {
  constructor(
    readonly status: number | null,
    readonly answer: string,
    reason: string,
  ) {
    super(reason);
    this.name = 'DeliveryRefused';
  }
}

const ANSWER_TIME = 20_000;
const NO_ANSWER: DeliveryAnswer = { status: null, body: '' };

/**
 * Posts a webhook to the number's address and, as Meta does, again later until it is answered 200.
 * Resolves with the last answer whatever it was; throws only if there is no address to post to.
 */
export async function deliver(
  world: World,
  phoneNumberId: string,
  payload: unknown,
  options: DeliverOptions = {},
): Promise<DeliveryAnswer> {
  const number = numberOf(world, phoneNumberId);
  const url = options.url ?? number.webhookUrl;
  if (!url) {
    throw new DeliveryRefused(null, '', `Number ${phoneNumberId} has no webhook address`);
  }
  const bytes = payload instanceof Uint8Array ? new Uint8Array(payload) : encodeAsMeta(payload);
  const signature =
    options.signature === undefined ? sign(bytes, options.secret ?? number.appSecret) : options.signature;
  if (world.weather.losingWebhooks) {
    pushBounded(world.deliveries, { url, attempt: 0, status: null, bytes, at: world.now() }, world.kept);
    return NO_ANSWER;
  }

  const retry = options.retry ?? world.weather.retry;
  let answer = NO_ANSWER;
  for (let attempt = 1; attempt <= (retry ? retry.attempts : 1); attempt++) {
    answer = await post(world, { url, bytes, signature, attempt });
    if (answer.status === 200 || world.stopping.signal.aborted) {
      break;
    }
    if (retry && attempt < retry.attempts) {
      await pause(world, Math.min(retry.firstDelay * 2 ** (attempt - 1), retry.longestDelay));
    }
  }
  for (let copy = 1; copy < world.weather.repeat && answer.status === 200; copy++) {
    await post(world, { url, bytes, signature, attempt: copy + 1 });
  }
  return answer;
}

type Post = { url: string; bytes: Uint8Array<ArrayBuffer>; signature: string | null; attempt: number };

async function post(world: World, { url, bytes, signature, attempt }: Post): Promise<DeliveryAnswer> {
  const headers = new Headers({ 'content-type': 'application/json', 'user-agent': 'facebookexternalua' });
  if (signature !== null) {
    headers.set('x-hub-signature-256', signature);
  }
  const answer = await fetch(url, {
    method: 'POST',
    headers,
    body: bytes,
    redirect: 'manual',
    signal: AbortSignal.any([world.stopping.signal, AbortSignal.timeout(ANSWER_TIME)]),
  })
    .then(async (response) => ({ status: response.status, body: await response.text() }))
    .catch(() => NO_ANSWER);
  pushBounded(world.deliveries, { url, attempt, status: answer.status, bytes, at: world.now() }, world.kept);
  return answer;
}

/** Waits in real time; ends at once when the simulator stops. */
export function pause(world: World, milliseconds: number): Promise<void> {
  const { signal } = world.stopping;
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, milliseconds);
    signal.addEventListener('abort', end, { once: true });
    if (signal.aborted) {
      end();
    }
  });
}
