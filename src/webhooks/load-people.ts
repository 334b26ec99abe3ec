import { and, eq, getTableColumns, inArray, isNull } from 'drizzle-orm';
import type { Inbox } from '#src/db/inbox.ts';
import { contacts, identities } from '#src/db/schema/inbox/index.ts';
import type { Spoken } from './spoken.ts';
import type { KnownContact, Stored } from './stored.ts';

type People = Pick<Stored, 'contacts' | 'identities'>;

/** The contacts that are spoken of by some name, with all their identities. */
export async function loadNamedPeople({ sql }: Inbox, { kinds, scopes, values }: Spoken): Promise<People> {
  const named = sql
    .select({ id: identities.contactId })
    .from(identities)
    .where(
      and(
        inArray(identities.kind, [...kinds]),
        inArray(identities.scope, [...scopes]),
        inArray(identities.value, [...values]),
        isNull(identities.retiredAt),
      ),
    );
  return values.size === 0 ? nobody : toPeople(await select(sql).where(inArray(identities.contactId, named)));
}

/** These contacts, with all their identities. */
export async function loadPeople({ sql }: Inbox, ids: ReadonlySet<number>): Promise<People> {
  return ids.size === 0 ? nobody : toPeople(await select(sql).where(inArray(identities.contactId, [...ids])));
}

const nobody: People = { contacts: [], identities: [] };

const { id, name, nameSource, blockedAt } = contacts;
const knownContact = { id, name, nameSource, blockedAt };

function select(sql: Inbox['sql']) {
  return sql
    .select({ identity: getTableColumns(identities), contact: knownContact })
    .from(identities)
    .innerJoin(contacts, eq(contacts.id, identities.contactId))
    .$dynamic();
}

function toPeople(rows: Awaited<ReturnType<typeof select>>): People {
  const found = new Map<number, KnownContact>(rows.map(({ contact }) => [contact.id, contact]));
  return { contacts: [...found.values()], identities: rows.map(({ identity }) => identity) };
}
