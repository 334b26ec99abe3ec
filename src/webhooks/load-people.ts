import { getTableColumns } from 'drizzle-orm';
import type { Row } from '#src/db/connection.ts';
import type { Inbox } from '#src/db/inbox.ts';
import { rowsIn, selection } from '#src/db/lookup.ts';
import { contacts, identities } from '#src/db/schema/inbox/index.ts';
import type { Spoken } from './spoken.ts';
import type { KnownContact, Stored } from './stored.ts';

type People = Pick<Stored, 'contacts' | 'identities'>;

/** Everybody who is spoken of by some name, or was called so before, with whom they are merged and what they are called. */
export function loadNamedPeople(inbox: Inbox, spoken: Spoken): People {
  return loadPeople(inbox, holders(inbox, spoken));
}

function holders(inbox: Inbox, { names }: Spoken): Set<number> {
  const ids = new Set<number>();
  for (const { kind, scope, values } of names.values()) {
    const current = rowsIn(inbox, holding('is null'), values, [kind, scope]);
    const held = new Set(current.map(([, value]) => value));
    const others =
      kind === 'bsuid' || kind === 'phone' ? [...values].filter((value) => !held.has(value)) : [];
    const former = rowsIn(inbox, holding('is not null'), others, [kind, scope]);
    for (const [contactId] of [...current, ...former]) {
      ids.add(Number(contactId));
    }
  }
  return ids;
}

const holding = (retired: 'is null' | 'is not null') =>
  `select contact_id, value from identities where retired_at ${retired} and kind = ? and scope = ? and value`;

const identity = selection(getTableColumns(identities));
const contact = selection({
  id: contacts.id,
  name: contacts.name,
  nameSource: contacts.nameSource,
  blockedAt: contacts.blockedAt,
  mergedIntoId: contacts.mergedIntoId,
  createdAt: contacts.createdAt,
});

/** These contacts, and those they are merged with, with all their identities. */
export function loadPeople(inbox: Inbox, ids: ReadonlySet<number>): People {
  const some = loadContacts(inbox, ids);
  const survivors = new Set([...ids, ...some.contacts.flatMap(({ mergedIntoId }) => mergedIntoId ?? [])]);
  const merged = rowsIn(inbox, MERGED, survivors).map(([id]) => Number(id));
  const others = [...survivors, ...merged].filter((id) => !ids.has(id));
  const more = loadContacts(inbox, new Set(others));
  return {
    contacts: [...some.contacts, ...more.contacts],
    identities: [...some.identities, ...more.identities],
  };
}

const MERGED = 'select id from contacts where merged_into_id is not null and merged_into_id';

function loadContacts(inbox: Inbox, ids: ReadonlySet<number>): People {
  const known = `select ${contact.list}, ${identity.list}
    from contacts left join identities on identities.contact_id = contacts.id where contacts.id`;
  return toPeople(rowsIn(inbox, known, ids));
}

function toPeople(rows: readonly Row[]): People {
  const found = rows.map((row) => contact.read(row));
  return {
    contacts: [...new Map<number, KnownContact>(found.map((one) => [one.id, one])).values()],
    identities: rows
      .filter((row) => row[contact.width] !== null)
      .map((row) => identity.read(row, contact.width)),
  };
}
