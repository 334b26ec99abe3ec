import type { Display } from './display.ts';

export const permissions = [
  'conversations.read',
  'conversations.write',
  'messages.send',
  'settings.manage',
  'people.manage',
  'keys.manage',
  'audit.read',
] as const;
export type Permission = (typeof permissions)[number];

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
      /** How pages look in the browser that asks. */
      display?: Display;
      /** They run the install: the first user does. It opens no business to them. */
      isOperator?: boolean;
    }
  | { kind: 'key'; accountId: number; keyId: number; name: string; permissions: ReadonlySet<Permission> };
