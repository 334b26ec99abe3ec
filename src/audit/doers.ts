import { asc, desc, eq } from 'drizzle-orm';
import type { Control } from '#src/db/control.ts';
import type { Inbox } from '#src/db/inbox.ts';
import { apiKeys } from '#src/db/schema/control.ts';
import { members } from '#src/db/schema/inbox/index.ts';

/** Who can have done something, for choosing among them: also those who left, and keys that are over. */
export type Doers = {
  people: readonly { id: number; name: string; hasLeft: boolean }[];
  keys: readonly { id: number; name: string }[];
};

const MOST_KEYS = 200;

/** By name; of keys only the newest, since there may be thousands that are over. */
export async function listDoers(control: Control, inbox: Inbox): Promise<Doers> {
  const people = await inbox.sql
    .select({ id: members.userId, name: members.name, leftAt: members.leftAt })
    .from(members)
    .orderBy(asc(members.name), asc(members.userId));
  const keys = await control.sql
    .select({ id: apiKeys.id, name: apiKeys.name })
    .from(apiKeys)
    .where(eq(apiKeys.accountId, inbox.accountId))
    .orderBy(desc(apiKeys.id))
    .limit(MOST_KEYS);
  return {
    people: people.map(({ id, name, leftAt }) => ({ id, name, hasLeft: leftAt !== null })),
    keys: keys.toSorted((a, b) => a.name.localeCompare(b.name)),
  };
}
