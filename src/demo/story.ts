import type { Profile } from '#src/simulator/people.ts';

export type Agent = 'rudo' | 'tendai';

/** What happens in a conversation, and how many minutes before the demonstration begins. */
export type Happening = { ago: number } & (
  | { is: 'says'; text: string }
  /** Anything but text, as WhatsApp writes it. */
  | { is: 'sends'; message: Readonly<Record<string, unknown>> }
  | { is: 'reads' }
  /** The customer reacts to the business's last message. */
  | { is: 'reacts'; emoji: string }
  | { is: 'replies'; by: Agent; text: string; quotes?: boolean }
  | { is: 'takes'; by: Agent }
  | { is: 'closes'; by: Agent }
);

export type Story = { phone: string; profile: Profile; happenings: readonly Happening[] };

const HOUR = 60;

export const hours = (count: number, minutes = 0) => count * HOUR + minutes;

export const says = (ago: number, text: string): Happening => ({ ago, is: 'says', text });
export const sends = (ago: number, message: Readonly<Record<string, unknown>>): Happening => ({
  ago,
  is: 'sends',
  message,
});
export const reads = (ago: number): Happening => ({ ago, is: 'reads' });
export const reacts = (ago: number, emoji: string): Happening => ({ ago, is: 'reacts', emoji });
export const takes = (ago: number, by: Agent): Happening => ({ ago, is: 'takes', by });
export const closes = (ago: number, by: Agent): Happening => ({ ago, is: 'closes', by });
export const replies = (ago: number, by: Agent, text: string): Happening => ({
  ago,
  is: 'replies',
  by,
  text,
});
/** A reply that quotes the customer's last message. */
export const quotes = (ago: number, by: Agent, text: string): Happening => ({
  ago,
  is: 'replies',
  by,
  text,
  quotes: true,
});
