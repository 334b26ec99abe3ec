import type { Contacts } from './sender.ts';

/** What stands around one item of a change. */
export type Surroundings = {
  phoneNumberId: string;
  contacts: Contacts;
  /** All messages of the change, or all its statuses, are of one person. */
  isAlone: boolean;
  valueErrors: unknown;
  /** When an item does not say its time, ms. */
  otherwiseAt: number;
};
