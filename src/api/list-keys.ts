import { and, desc, eq, inArray, lt } from 'drizzle-orm';
import type { Inbox } from '#src/db/inbox.ts';
import { apiKeys } from '#src/db/schema/control.ts';
import { members } from '#src/db/schema/inbox/index.ts';
import { NotFound } from '#src/errors.ts';
import type { KeyServices } from './new-key.ts';
import { type Scope, scopesOf } from './scopes.ts';

export type ListedKey = {
  id: number;
  name: string;
  scopes: readonly Scope[];
  /** Who made it, also when they have left since; null: the command line. */
  createdBy: { id: number; name: string | null } | null;
  createdAt: number;
  /** To the minute. */
  usedAt: number | null;
  expiresAt: number | null;
  revokedAt: number | null;
  state: 'valid' | 'expired' | 'revoked';
};

/** An account's keys, also those that are over, the newest first; `next` is the value for `before`, or null. */
export async function listKeys(
  services: KeyServices,
  accountId: number,
  { before = Number.MAX_SAFE_INTEGER, limit }: { before?: number; limit: number },
): Promise<{ keys: ListedKey[]; next: number | null }> {
  const rows = await services.control.sql
    .select()
    .from(apiKeys)
    .where(and(eq(apiKeys.accountId, accountId), lt(apiKeys.id, before)))
    .orderBy(desc(apiKeys.id))
    .limit(limit + 1);
  const shown = rows.slice(0, limit);
  const keys = await withMakers(services, accountId, shown);
  return { keys, next: rows.length > limit ? (shown.at(-1)?.id ?? null) : null };
}

/** One key of the account. Throws `NotFound`. */
export async function findKey(services: KeyServices, accountId: number, id: number): Promise<ListedKey> {
  const rows = await services.control.sql
    .select()
    .from(apiKeys)
    .where(and(eq(apiKeys.id, id), eq(apiKeys.accountId, accountId)))
    .limit(1);
  const [found] = await withMakers(services, accountId, rows);
  if (!found) {
    throw new NotFound(`api key ${id}`);
  }
  return found;
}

type Row = typeof apiKeys.$inferSelect;

async function withMakers(
  { accounts, now }: KeyServices,
  accountId: number,
  rows: readonly Row[],
): Promise<ListedKey[]> {
  const ids = [...new Set(rows.flatMap(({ createdBy }) => createdBy ?? []))];
  const names = ids.length === 0 ? new Map() : await accounts.use(accountId, (inbox) => namesOf(inbox, ids));
  const at = now();
  return rows.map(({ id, name: called, scopes, createdBy: by, createdAt, usedAt, expiresAt, revokedAt }) => ({
    id,
    name: called,
    scopes: scopesOf(scopes),
    createdBy: by === null ? null : { id: by, name: names.get(by) ?? null },
    createdAt,
    usedAt,
    expiresAt,
    revokedAt,
    state: revokedAt !== null ? 'revoked' : expiresAt !== null && expiresAt <= at ? 'expired' : 'valid',
  }));
}

/** Names stay after somebody leaves. */
async function namesOf({ sql: db }: Inbox, ids: readonly number[]): Promise<Map<number, string>> {
  const { userId, name } = members;
  const rows = await db
    .select({ userId, name })
    .from(members)
    .where(inArray(userId, [...ids]));
  return new Map(rows.map((member) => [member.userId, member.name]));
}
