import { getTableColumns } from 'drizzle-orm';
import type { Row } from '#src/db/connection.ts';
import type { Inbox } from '#src/db/inbox.ts';
import { rowsIn, selection } from '#src/db/lookup.ts';
import { contacts, identities } from '#src/db/schema/inbox/index.ts';
import type { Spoken } from './spoken.ts';
import type { KnownContact, Stored } from './stored.ts';

type People = Pick<Stored, 'contacts' | 'identities'>;

/** The contacts that are spoken of by some name, with all their identities. */
export function loadNamedPeople(inbox: Inbox, { names }: Spoken): People {
  const holders = `select contact_id from identities
    where retired_at is null and kind = ? and scope = ? and value`;
  const ids = [...names.values()].flatMap(({ kind, scope, values }) =>
    rowsIn(inbox, holders, values, [kind, scope]).map(([id]) => Number(id)),
  );
  return loadPeople(inbox, new Set(ids));
}

const identity = selection(getTableColumns(identities));
const contact = selection({
  id: contacts.id,
  name: contacts.name,
  nameSource: contacts.nameSource,
  blockedAt: contacts.blockedAt,
});

/** These contacts, with all their identities. */
export function loadPeople(inbox: Inbox, ids: ReadonlySet<number>): People {
  const known = `select ${identity.list}, ${contact.list}
    from identities join contacts on contacts.id = identities.contact_id where identities.contact_id`;
  return toPeople(rowsIn(inbox, known, ids));
}

function toPeople(rows: readonly Row[]): People {
  const found = rows.map((row) => contact.read(row, identity.width));
  return {
    contacts: [...new Map<number, KnownContact>(found.map((one) => [one.id, one])).values()],
    identities: rows.map((row) => identity.read(row)),
  };
}
