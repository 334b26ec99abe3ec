import type { SampleName } from '#src/simulator/samples/samples.ts';
import type { NumberName } from './shop.ts';

export type Agent = 'rudo' | 'tendai' | 'farai' | 'amina';

/** What happens in a conversation, and how many minutes before the demonstration begins. */
export type Happening = { ago: number } & (
  | { is: 'says'; text: string }
  /** Anything but text, as WhatsApp writes it. */
  | { is: 'sends'; message: Readonly<Record<string, unknown>> }
  /** One of the simulator's files; the sample `voice` as a voice note. */
  | { is: 'shows'; sample: SampleName; caption?: string }
  | { is: 'reads' }
  /** The customer reacts to the business's last message. */
  | { is: 'reacts'; emoji: string }
  /** `isLost`: WhatsApp takes it, and then tells that it did not arrive. `sample`: a picture that the text goes under. */
  | { is: 'replies'; by: Agent; text: string; quotes?: boolean; isLost?: boolean; sample?: SampleName }
  /** Something for the team, which the customer never sees. */
  | { is: 'notes'; by: Agent; text: string }
  | { is: 'takes'; by: Agent }
  | { is: 'closes'; by: Agent }
);

/** `who` is a customer's name in `customers.ts`; `on` is the number they wrote to, the shop's first unless it says so. */
export type Story = { who: string; on?: NumberName; happenings: readonly Happening[] };

const HOUR = 60;

export const hours = (count: number, minutes = 0) => count * HOUR + minutes;

export const says = (ago: number, text: string): Happening => ({ ago, is: 'says', text });
export const sends = (ago: number, message: Readonly<Record<string, unknown>>): Happening => ({
  ago,
  is: 'sends',
  message,
});
export const shows = (ago: number, sample: SampleName, caption?: string): Happening => ({
  ago,
  is: 'shows',
  sample,
  ...(caption === undefined ? {} : { caption }),
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
export const repliesWith = (ago: number, by: Agent, sample: SampleName, text: string): Happening => ({
  ago,
  is: 'replies',
  by,
  text,
  sample,
});
/** A reply that quotes the customer's last message. */
export const quotes = (ago: number, by: Agent, text: string): Happening => ({
  ago,
  is: 'replies',
  by,
  text,
  quotes: true,
});
/** A reply that never arrives. */
export const loses = (ago: number, by: Agent, text: string): Happening => ({
  ago,
  is: 'replies',
  by,
  text,
  isLost: true,
});
export const notes = (ago: number, by: Agent, text: string): Happening => ({ ago, is: 'notes', by, text });
