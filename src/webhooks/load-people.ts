import { getTableColumns } from 'drizzle-orm';
import type { Row } from '#src/db/connection.ts';
import type { Inbox } from '#src/db/inbox.ts';
import { rowsIn, selection } from '#src/db/lookup.ts';
import { contacts, identities } from '#src/db/schema/inbox/index.ts';
import type { Spoken } from './spoken.ts';
import type { Identity, KnownContact, Stored } from './stored.ts';

type People = Pick<Stored, 'contacts' | 'identities'>;

/** Everybody who is spoken of by some name, or was called so before, with whom they are merged and what they are called. */
export function loadNamedPeople(inbox: Inbox, spoken: Spoken): People {
  return loadPeople(inbox, holders(inbox, spoken));
}

function holders(inbox: Inbox, { names }: Spoken): Set<number> {
  const ids = new Set<number>();
  for (const name of names.values()) {
    const sought = new Set(name.values);
    for (const { scope, retired } of places(inbox, name)) {
      const held = rowsIn(inbox, holding(retired), sought, [name.kind, scope]);
      for (const [contactId, value] of held) {
        ids.add(Number(contactId));
        sought.delete(String(value));
      }
      if (sought.size === 0) {
        break;
      }
    }
  }
  return ids;
}

type Retired = 'is null' | 'is not null';

const holding = (retired: Retired) =>
  `select contact_id, value from identities where retired_at ${retired} and kind = ? and scope = ? and value`;

/** Where a name is looked for, one place after the other until it is found: as `holderAt` decides. */
function* places(inbox: Inbox, { kind, scope }: { kind: Identity['kind']; scope: string }) {
  const mayBeFormer = kind === 'bsuid' || kind === 'phone';
  for (const retired of mayBeFormer ? (['is null', 'is not null'] as const) : (['is null'] as const)) {
    yield { scope, retired };
    if (kind === 'bsuid') {
      yield* scope === '' ? portfolios(inbox, retired) : [{ scope: '', retired }];
    }
  }
}

/** Every portfolio that BSUIDs are known in. They are few, and each is one step into the index. */
function* portfolios(inbox: Inbox, retired: Retired) {
  const next = `select scope from identities
    where retired_at ${retired} and kind = 'bsuid' and scope > ? order by scope limit 1`;
  let [row] = inbox.rows(next, ['']);
  while (row) {
    const scope = String(row[0]);
    yield { scope, retired };
    [row] = inbox.rows(next, [scope]);
  }
}

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
