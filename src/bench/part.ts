import type { Install } from './install.ts';

/** How large a run is: what the parts take their counts from. */
export type Size = {
  /** Webhooks of one round of the processed part, and of its warm-up: as many customers are known before. */
  webhooks: number;
  pool: number;
  rounds: number;
  /** How long a thousand webhooks a second go on. */
  ackSeconds: number;
  /** The past that pages are read from; they are read from a tenth of it as well. */
  conversations: number;
  messages: number;
  /** How many pages of a kind are timed. */
  samples: number;
  /** How many sockets are pushed to, of how many agents, and for how long. */
  sockets: number;
  agents: number;
  pushSeconds: number;
  /** How long the program is left alone before its memory is read. */
  idleSeconds: number;
  /** How many accounts get messages, for how long, and how many a minute each. */
  accounts: number;
  accountMinutes: number;
  perMinute: number;
  /** How often a first view is opened in a browser, and how many answers are typed in it. */
  views: number;
  answers: number;
  /** Whether that is on a slow line with a slow processor, as the targets are meant. */
  slowBrowser: boolean;
  /** How often the executable is started. */
  starts: number;
  /** Whether pasts are made anew that an earlier run has kept. */
  fresh: boolean;
};

export type Surroundings = {
  size: Size;
  /** Makes an install in a folder that does not exist yet. */
  makeInstall(folder: string): Promise<Install>;
  /** Progress, for people: to stderr. */
  say(text: string): void;
};

/** One part of the bench: measures some figures on its own, from nothing, and leaves nothing behind. */
export type Part = {
  name: string;
  figures: readonly string[];
  measure(surroundings: Surroundings): Promise<Record<string, number | null>>;
};
