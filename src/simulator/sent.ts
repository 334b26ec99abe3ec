import type { Fields } from './fields.ts';
import type { StatusName } from './threads.ts';

/** A message that `POST /messages` accepted. `body` is the request as it came. */
export type SentMessage = {
  wamid: string;
  phoneNumberId: string;
  /** The customer, or null when nobody on WhatsApp has that number or BSUID: it will fail with 131026. */
  waId: string | null;
  /** What the request named: an E.164 number or a BSUID. */
  input: string;
  addressedBy: 'to' | 'recipient';
  type: string;
  /** What it is charged as: `service`, or its template's category. */
  category: string;
  body: Fields;
  /** Milliseconds. */
  at: number;
  status: StatusName;
};

/** One request as it was seen. `status` is null while unanswered and for ever if it was cut or left hanging. */
export type GraphRequest = {
  method: string;
  path: string;
  query: string;
  body: unknown;
  status: number | null;
  /** Set when the request made a message, whatever the client was told. */
  wamid: string | null;
  /** Milliseconds. */
  at: number;
};

type Waiting = {
  matches: (message: SentMessage) => boolean;
  describe: string;
  resolve: (message: SentMessage) => void;
  reject: (reason: Error) => void;
};

/** Those who wait for a message to be sent. Woken by the message itself; nothing polls. */
export type Waiters = Set<Waiting>;

export function waitForSent(
  sent: SentMessage[],
  waiters: Waiters,
  matches: (message: SentMessage) => boolean,
  describe: string,
): Promise<SentMessage> {
  const already = sent.find(matches);
  if (already) {
    return Promise.resolve(already);
  }
  return new Promise((resolve, reject) => {
    waiters.add({ matches, describe, resolve, reject });
  });
}

export function wakeWaiters(waiters: Waiters, message: SentMessage): void {
  for (const waiting of waiters) {
    if (waiting.matches(message)) {
      waiters.delete(waiting);
      waiting.resolve(message);
    }
  }
}

export function dismissWaiters(waiters: Waiters): void {
  for (const { describe, reject } of waiters) {
    reject(new Error(`The simulator stopped while a test waited for ${describe}`));
  }
  waiters.clear();
}
