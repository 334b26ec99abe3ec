import { and, eq, inArray, isNull, lt } from 'drizzle-orm';
import type { Control } from '#src/db/control.ts';
import type { Statement } from '#src/db/database.ts';
import { tokens } from '#src/db/schema/control.ts';
import { NotFound } from '#src/errors.ts';
import { hashSecret, newSecret } from '#src/sessions/secrets.ts';

const HOUR_MS = 60 * 60_000;

/** How long each kind of link works. */
export const linkLifetimes = {
  invite: 72 * HOUR_MS,
  reset: HOUR_MS,
  confirm: 24 * HOUR_MS,
  email: 24 * HOUR_MS,
} as const;
export type LinkKind = keyof typeof linkLifetimes;

/** Links that are over say so for a while; after that they are as unknown as guessed ones. */
const REMEMBERED_MS = 30 * 24 * HOUR_MS;

export type Link = typeof tokens.$inferSelect;

/** Why a link works no longer. */
export type LinkEnd = 'used' | 'withdrawn' | 'replaced' | 'expired';
export type LinkState = 'good' | LinkEnd;

export type NewLink = {
  kind: LinkKind;
  at: number;
  userId?: number;
  accountId?: number;
  data?: Record<string, unknown>;
};

/** A single-use link: its secret, which is kept nowhere, and the statements that make it good. */
export function newLink(
  control: Control,
  { kind, at, userId, accountId, data = {} }: NewLink,
): { id: number; token: string; expiresAt: number; statements: Statement[] } {
  const { sql: db } = control;
  const id = control.nextId();
  const token = newSecret();
  const expiresAt = at + linkLifetimes[kind];
  const row = { hash: hashSecret(token), id, kind, userId, accountId, data: JSON.stringify(data), expiresAt };
  return {
    id,
    token,
    expiresAt,
    statements: [
      db.delete(tokens).where(and(eq(tokens.kind, kind), lt(tokens.expiresAt, at - REMEMBERED_MS))),
      db.insert(tokens).values(row),
    ],
  };
}

/** The link with this secret. Throws `NotFound` for one that never was, or was long ago. */
export async function findLink({ sql: db }: Control, kind: LinkKind, token: string): Promise<Link> {
  const [link] = await db
    .select()
    .from(tokens)
    .where(and(eq(tokens.hash, hashSecret(token)), eq(tokens.kind, kind)))
    .limit(1);
  if (!link) {
    throw new NotFound(`no such ${kind} link`);
  }
  return link;
}

/** A claim is given up when what it was for has not happened a minute later: the program ended in between. */
const CLAIMED_MS = 60_000;

/** Whether it works, or what became of it. One that was claimed is used, until the claim is given up. */
export function stateOf({ usedAt, expiresAt, data }: Link, now: number): LinkState {
  const end = dataOf(data).end;
  if (end === 'used' || end === 'withdrawn' || end === 'replaced') {
    return end;
  } else if (usedAt !== null && now - usedAt < CLAIMED_MS && now >= usedAt) {
    return 'used';
  } else {
    return now < expiresAt ? 'good' : 'expired';
  }
}

/** What was kept with a link; a value that makes no sense is none. */
export function dataOf(text: string | null): Record<string, unknown> {
  const data: unknown = JSON.parse(text ?? '{}');
  return typeof data === 'object' && data !== null ? Object.fromEntries(Object.entries(data)) : {};
}

/** Nobody else can use it while what it is for is being done. To be decided in a turn. */
export function claimLink({ sql: db }: Control, { hash }: Link, now: number): Statement {
  return db.update(tokens).set({ usedAt: now }).where(eq(tokens.hash, hash));
}

/** What it was for did not happen: it works again. */
export function unclaimLink({ sql: db }: Control, { hash }: Link): Statement {
  return db.update(tokens).set({ usedAt: null }).where(eq(tokens.hash, hash));
}

/** It is over, and says why from now on. */
export function endLink(
  { sql: db }: Control,
  { hash, data }: Link,
  end: Exclude<LinkEnd, 'expired'>,
  now: number,
): Statement {
  return db
    .update(tokens)
    .set({ usedAt: now, data: JSON.stringify({ ...dataOf(data), end }) })
    .where(eq(tokens.hash, hash));
}

/** Links of these kinds that somebody was given and has not used: to be made useless. */
export async function unusedLinksOf(
  { sql: db }: Control,
  userId: number,
  kinds: readonly LinkKind[],
): Promise<Link[]> {
  const { kind, usedAt } = tokens;
  return db
    .select()
    .from(tokens)
    .where(and(eq(tokens.userId, userId), inArray(kind, [...kinds]), isNull(usedAt)));
}

/** Makes those useless: whoever changes how somebody gets in may be shutting out the one who asked for them. */
export async function withdrawLinksOf(
  control: Control,
  userId: number,
  kinds: readonly LinkKind[],
  now: number,
): Promise<Statement[]> {
  const links = await unusedLinksOf(control, userId, kinds);
  return links.map((link) => endLink(control, link, 'withdrawn', now));
}
