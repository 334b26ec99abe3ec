import { eq } from 'drizzle-orm';
import { type Actor, auditRow } from '#src/audit/audit-row.ts';
import type { Control } from '#src/db/control.ts';
import type { Statement } from '#src/db/database.ts';
import type { Inbox } from '#src/db/inbox.ts';
import { memberships } from '#src/db/schema/control.ts';
import { roles } from '#src/db/schema/inbox/index.ts';
import { insertMember, setTeams } from './members.ts';
import type { RoleKey } from './roles.ts';

export type Joining = {
  userId: number;
  name: string;
  /** A built-in role's key, or the id of any role. */
  role: RoleKey | number;
  teamIds?: readonly number[];
  at: number;
  actor: Actor;
  /** What the audit trail calls it; `member.added` unless given. */
  action?: string;
};

/**
 * First half of joining: the member in the account's own database. They are let in by the membership alone, which is
 * written last (`letIn`).
 */
export async function addToInbox(inbox: Inbox, joining: Joining): Promise<void> {
  const { userId, name, role, teamIds = [], at, actor, action = 'member.added' } = joining;
  const data = {
    role: typeof role === 'number' ? await roleName(inbox, role) : role,
    teams: teamNames(inbox, teamIds),
  };
  await inbox.write('full', [
    insertMember(inbox, { userId, name, role, at }),
    ...setTeams(inbox, userId, teamIds),
    auditRow(inbox, { at, actor, action, object: `user:${userId}`, data }),
  ]);
}

/** Second half: the membership, active from now on. */
export function letIn({ sql: db }: Control, userId: number, accountId: number): Statement {
  return db
    .insert(memberships)
    .values({ userId, accountId, state: 'active' })
    .onConflictDoUpdate({
      target: [memberships.userId, memberships.accountId],
      set: { state: 'active' },
    });
}

/** The names that these teams have now, as the audit trail keeps them. */
export function teamNames({ rows }: Inbox, teamIds: readonly number[]): string[] {
  return rows('select id, name from teams order by name')
    .filter(([id]) => teamIds.includes(Number(id)))
    .map(([, name]) => String(name));
}

/** A built-in role's key, else the name it has now. */
export async function roleName({ sql: db }: Inbox, roleId: number): Promise<string> {
  const [role] = await db.select().from(roles).where(eq(roles.id, roleId)).limit(1);
  return role?.key ?? role?.name ?? String(roleId);
}
