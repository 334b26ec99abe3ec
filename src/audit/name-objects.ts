import { and, desc, eq, inArray } from 'drizzle-orm';
import { parseId } from '#src/conversations/conversation.ts';
import type { Control } from '#src/db/control.ts';
import type { Inbox } from '#src/db/inbox.ts';
import { apiKeys } from '#src/db/schema/control.ts';
import { audit, members, numbers, roles, teams } from '#src/db/schema/inbox/index.ts';
import { safeData } from './safe-data.ts';

type Named = { id: number; name: string }[];
type Finder = (control: Control, inbox: Inbox, ids: number[]) => Promise<Named>;

/** Where what has a name is kept. Members who left and keys that were revoked are still there. */
const finders: Readonly<Record<string, Finder>> = {
  user: async (_, { sql: db }, ids) =>
    db.select({ id: members.userId, name: members.name }).from(members).where(inArray(members.userId, ids)),
  api_key: async ({ sql: db }, { accountId }, ids) =>
    db
      .select({ id: apiKeys.id, name: apiKeys.name })
      .from(apiKeys)
      .where(and(inArray(apiKeys.id, ids), eq(apiKeys.accountId, accountId))),
  number: async (_, { sql: db }, ids) =>
    db.select({ id: numbers.id, name: numbers.displayPhone }).from(numbers).where(inArray(numbers.id, ids)),
  role: async (_, { sql: db }, ids) =>
    db.select({ id: roles.id, name: roles.name }).from(roles).where(inArray(roles.id, ids)),
  team: async (_, { sql: db }, ids) =>
    db.select({ id: teams.id, name: teams.name }).from(teams).where(inArray(teams.id, ids)),
};

/** What never had a name; customers' names stay with their conversations. */
const NAMELESS = new Set([
  'account',
  'account_event',
  'change',
  'contact',
  'conversation',
  'mail',
  'message',
  'meta_app',
  'rates',
  'route',
  'waba',
]);

/**
 * Puts the names of these objects into `names`, null for those that have none. What is gone from its table is called
 * what the trail called it last.
 */
export async function nameObjects(
  control: Control,
  inbox: Inbox,
  objects: readonly string[],
  names: Map<string, string | null>,
): Promise<void> {
  const unknown = [...new Set(objects)].filter((object) => !names.has(object));
  const byKind = Map.groupBy(unknown, kindOf);
  for (const [kind, ofKind] of byKind) {
    const found = (await finders[kind]?.(control, inbox, ofKind.flatMap(idsOf))) ?? [];
    for (const { id, name } of found) {
      names.set(`${kind}:${id}`, name);
    }
  }
  for (const object of unknown.filter((one) => !names.has(one))) {
    names.set(object, NAMELESS.has(kindOf(object)) ? null : await nameInTrail(inbox, object));
  }
}

const kindOf = (object: string) => object.split(':', 1)[0] ?? '';
const idsOf = (object: string) => parseId(object.slice(kindOf(object).length + 1)) ?? [];

const ROWS_READ = 20;

/** Only a row about the thing itself says how it is called: a person's passkeys have names too. */
async function nameInTrail({ sql: db }: Inbox, object: string): Promise<string | null> {
  const about = kindOf(object) === 'user' ? 'member.' : `${kindOf(object)}.`;
  const rows = await db
    .select({ action: audit.action, data: audit.data })
    .from(audit)
    .where(eq(audit.object, object))
    .orderBy(desc(audit.id))
    .limit(ROWS_READ);
  return (
    rows
      .filter(({ action }) => action.startsWith(about))
      .map(({ data }) => nameIn(safeData(data)))
      .find((name) => name !== null) ?? null
  );
}

function nameIn(data: Record<string, unknown>): string | null {
  const name = fieldOf(data.after, 'name') ?? data.name ?? fieldOf(data.before, 'name') ?? data.email;
  return typeof name === 'string' && name !== '' ? name : null;
}

const fieldOf = (value: unknown, field: string): unknown =>
  typeof value === 'object' && value !== null
    ? Object.entries(value).find(([name]) => name === field)?.[1]
    : undefined;
