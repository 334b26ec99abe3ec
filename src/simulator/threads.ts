import { pushBounded } from './bounded.ts';
import type { Person } from './people.ts';

export type StatusName = 'accepted' | 'sent' | 'delivered' | 'read' | 'played' | 'failed';

/**
 * A message as the customer's phone shows it. For what the customer wrote, `status` says whether the
 * webhook was answered 200 (`delivered`) and whether the business sent a read receipt (`read`).
 */
export type PhoneMessage = {
  wamid: string;
  from: 'customer' | 'business';
  type: string;
  /** Meta's JSON of the message: the object named by `type`. */
  content: unknown;
  text: string;
  /** Milliseconds. */
  at: number;
  status: StatusName;
  quote: string | null;
  reactions: { customer: string | null; business: string | null };
};

export type Thread = {
  phoneNumberId: string;
  person: Person;
  messages: PhoneMessage[];
  /** Milliseconds of the newest message from the customer: the 24-hour window counts from here. */
  lastInboundAt: number | null;
  typingUntil: number;
};

const KEPT_MESSAGES = 1000;

export function threadKey(phoneNumberId: string, waId: string): string {
  return `${phoneNumberId} ${waId}`;
}

export function createThread(phoneNumberId: string, person: Person): Thread {
  return { phoneNumberId, person, messages: [], lastInboundAt: null, typingUntil: 0 };
}

export function addToThread(thread: Thread, message: PhoneMessage): void {
  if (message.from === 'customer') {
    thread.lastInboundAt = Math.max(thread.lastInboundAt ?? 0, message.at);
  } else {
    thread.typingUntil = 0;
  }
  pushBounded(thread.messages, message, KEPT_MESSAGES);
}

export function findInThread(thread: Thread, wamid: string): PhoneMessage | undefined {
  return thread.messages.findLast((message) => message.wamid === wamid);
}

const WINDOW = 24 * 60 * 60 * 1000;

export function isWindowOpen(thread: Thread, now: number): boolean {
  return thread.lastInboundAt !== null && now - thread.lastInboundAt < WINDOW;
}
