import type { reaches } from '#src/db/schema/inbox/people.ts';
import type { Display } from './display.ts';

export const permissions = [
  'conversations.read',
  'conversations.write',
  'messages.send',
  'contacts.merge',
  'contacts.block',
  'settings.manage',
  'people.manage',
  'keys.manage',
  'audit.read',
] as const;
export type Permission = (typeof permissions)[number];

/** Which conversations somebody may see, and how much of whom they are with. */
export type Sight = {
  /** All of the account's; those of their teams and their own; or their own. */
  reach: (typeof reaches)[number];
  /** Beyond that also what nobody has taken, unless it is another team's. */
  seesUnassigned: boolean;
  teamIds: readonly number[];
  /** Whole phone numbers; without it they are masked. */
  seesPhones: boolean;
};

export const fullSight: Sight = { reach: 'all', seesUnassigned: true, teamIds: [], seesPhones: true };

/**
 * Who asks: every domain function that reads or changes something for somebody takes one.
 * A person has a user id; an API key acts as the account itself.
 */
export type Viewer =
  | {
      kind: 'person';
      accountId: number;
      userId: number;
      name: string;
      permissions: ReadonlySet<Permission>;
      sight: Sight;
      /** Where they ask from, for the audit trail. */
      address?: string;
      /** How pages look in the browser that asks. */
      display?: Display;
      /** They run the install: the first user does. It opens no business to them. */
      isOperator?: boolean;
      /** When they last proved who they are in this session, in milliseconds; see `demandProof`. */
      provenAt?: number | null;
    }
  | {
      kind: 'key';
      accountId: number;
      keyId: number;
      name: string;
      permissions: ReadonlySet<Permission>;
      address?: string;
    };
