import { and, eq, isNull } from 'drizzle-orm';
import { auditRow } from '#src/audit/audit-row.ts';
import type { Inbox } from '#src/db/inbox.ts';
import { members, roles } from '#src/db/schema/inbox/index.ts';
import { Invalid } from '#src/errors.ts';
import { demandHeld } from './grant-limit.ts';
import { demand } from './permission.ts';
import { readName, whyNot } from './person.ts';
import { findRole, type Grant, listRoles, type Role } from './role.ts';
import { isFixed, isRoleKey } from './roles.ts';
import type { Viewer } from './viewer.ts';

/** A role as somebody wants it. */
export type WantedRole = Grant & { name: string; needsSecondFactor: boolean };

/** Makes a role of the account's own. Throws `Forbidden` and `Invalid({ name })`. */
export function createRole(inbox: Inbox, wanted: WantedRole, viewer: Viewer, now: number): Promise<number> {
  demand(viewer, 'people.manage');
  demandHeld(viewer, wanted);
  return inbox.turn(async (commit) => {
    const name = await readRoleName(inbox, wanted.name, null);
    const id = inbox.nextId();
    await commit('full', [
      inbox.sql.insert(roles).values({ id, key: null, ...columnsOf({ ...wanted, name }) }),
      auditRow(inbox, {
        at: now,
        actor: viewer,
        action: 'role.created',
        object: `role:${id}`,
        data: { after: inWords({ ...wanted, name }) },
      }),
    ]);
    return id;
  });
}

/**
 * Changes a role. What a built-in one permits stays as it is, and so does what an owner or admin sees; whether it asks
 * for a second factor is for the account to say. Gives the members whose rights it changes: their open screens have to
 * follow. Throws `NotFound`, `Forbidden` and `Invalid({ name })`.
 */
export function changeRole(
  inbox: Inbox,
  id: number,
  wanted: WantedRole,
  viewer: Viewer,
  now: number,
): Promise<number[]> {
  demand(viewer, 'people.manage');
  return inbox.turn(async (commit) => {
    const before = await findRole(inbox, id);
    const name = before.key === null ? await readRoleName(inbox, wanted.name, id) : before.name;
    const after = { ...settled(before, wanted), name };
    // Neither what it was nor what it becomes may be beyond who changes it.
    demandHeld(viewer, before);
    demandHeld(viewer, after);
    await commit('full', [
      inbox.sql.update(roles).set(columnsOf(after)).where(eq(roles.id, id)),
      auditRow(inbox, {
        at: now,
        actor: viewer,
        action: 'role.changed',
        object: `role:${id}`,
        data: { before: inWords(before), after: inWords(after) },
      }),
    ]);
    return membersWith(inbox, id);
  });
}

/** Removes a role of the account's own that nobody has. Throws `NotFound`, `Forbidden` and `Invalid({ role })`. */
export function removeRole(inbox: Inbox, id: number, viewer: Viewer, now: number): Promise<void> {
  demand(viewer, 'people.manage');
  return inbox.turn(async (commit) => {
    const role = await findRole(inbox, id);
    demandHeld(viewer, role);
    if (role.key !== null) {
      throw new Invalid({ role: 'A role that every account has cannot be removed.' });
    }
    const [everHad] = await inbox.sql.select().from(members).where(eq(members.roleId, id)).limit(1);
    if (role.memberCount > 0) {
      throw new Invalid({ role: 'Somebody still has this role. Give them another one first.' });
    }
    const { sql: db } = inbox;
    const [{ id: agent } = { id }] = await db.select().from(roles).where(eq(roles.key, 'agent')).limit(1);
    await commit('full', [
      // Who has left keeps a role, so that their row stays whole; it opens nothing to them.
      ...(everHad ? [db.update(members).set({ roleId: agent }).where(eq(members.roleId, id))] : []),
      db.delete(roles).where(eq(roles.id, id)),
      auditRow(inbox, {
        at: now,
        actor: viewer,
        action: 'role.removed',
        object: `role:${id}`,
        data: { before: inWords(role) },
      }),
    ]);
  });
}

/** What the account may not decide about a built-in role stays as it was. */
function settled(before: Role, wanted: WantedRole): WantedRole {
  if (before.key === null) {
    return wanted;
  }
  const { permissions, reach, seesUnassigned, seesPhones } = before;
  const sight = isRoleKey(before.key) && isFixed(before.key) ? { reach, seesUnassigned, seesPhones } : {};
  return { ...wanted, permissions, ...sight };
}

async function membersWith({ sql: db }: Inbox, roleId: number): Promise<number[]> {
  const rows = await db
    .select({ userId: members.userId })
    .from(members)
    .where(and(eq(members.roleId, roleId), isNull(members.leftAt)));
  return rows.map(({ userId }) => userId);
}

/** On one line, and not the name of another one. */
async function readRoleName(inbox: Inbox, given: string, own: number | null): Promise<string> {
  const name = readName(given);
  if (name === null) {
    throw new Invalid({ name: whyNot.name });
  }
  const taken = (await listRoles(inbox)).some(
    (role) => role.id !== own && role.name.toLowerCase() === name.toLowerCase(),
  );
  if (taken) {
    throw new Invalid({ name: 'Another role has this name. Give it a different one.' });
  }
  return name;
}

function columnsOf({ name, permissions, reach, seesUnassigned, seesPhones, needsSecondFactor }: WantedRole) {
  const listed = [...permissions].join(' ');
  return { name, permissions: listed, reach, seesUnassigned, seesPhones, needsSecondFactor };
}

/** As the audit trail keeps it. */
const inWords = ({ permissions, ...role }: WantedRole) => {
  const { name, reach, seesUnassigned, seesPhones, needsSecondFactor } = role;
  return { name, permissions: [...permissions], reach, seesUnassigned, seesPhones, needsSecondFactor };
};
