import { type SQL, sql } from 'drizzle-orm';
import { maskedPhone, seesPhones } from '#src/conversations/masking.ts';
import { visible } from '#src/conversations/visible.ts';
import type { ReadOnly } from '#src/db/reader/open-for-reading.ts';
import { contacts, conversations, identities } from '#src/db/schema/inbox/index.ts';
import type { Found, FoundContact, Wanted } from './found.ts';
import { contactMatch } from './match.ts';
import {
  assignedTo,
  type PlaceRow,
  placeColumns,
  placeJoins,
  probesPhones,
  toPlace,
} from './select-messages.ts';

/** Three digits can be in everybody's number: so many of the contacts that came last are looked at. */
const MOST_LOOKED_AT = 500;

type Row = PlaceRow & { lastArrivedAt: number };

/**
 * People with a conversation that the viewer may see, one row for each number, the latest heard of first: by whatever
 * any of their contacts is called.
 */
export async function findContacts(
  { objects }: Pick<ReadOnly, 'objects'>,
  wanted: Wanted,
): Promise<Pick<Found, 'contacts' | 'areAllContacts'>> {
  const isMasked = !seesPhones(wanted.viewer);
  if (wanted.contacts === 0) {
    return { contacts: [], areAllContacts: true };
  }
  const found = probesPhones(wanted) ? calledExactly(wanted) : calledLike(wanted);
  const rows = objects<Row>(selectContacts(found, wanted));
  const [{ count } = { count: 0 }] = objects<{ count: number }>(sql`select count(*) as count from ${found}`);
  const shown = rows.slice(0, wanted.contacts);
  const names = namesOf(objects, shown);
  return {
    contacts: shown.map((row) => ({
      conversation: toPlace(row, wanted.viewer),
      lastArrivedAt: row.lastArrivedAt,
      ...namesShown({ ...nameless, ...names.get(row.contactId) }, isMasked),
    })),
    areAllContacts: rows.length <= wanted.contacts && count < MOST_LOOKED_AT,
  };
}

const calledLike = ({ query }: Wanted): SQL => sql`(select rowid as id from contact_search
  where contact_search match ${contactMatch(query)} order by rowid desc limit ${MOST_LOOKED_AT})`;

/** By a whole BSUID or username, of which neither says anything of a phone number. */
function calledExactly({ query }: Wanted): SQL {
  const typed = query.text.replace(/^@/, '');
  const bsuid = typed.replace(/^[a-z]{2}(?=\.)/, (country) => country.toUpperCase());
  return sql`(
    select contact_id as id from identities where retired_at is null and kind = 'bsuid' and value = ${bsuid}
      and scope in (select '' union select portfolio_id from numbers where portfolio_id is not null)
    union
    select contact_id from identities where retired_at is null and kind = 'username' and scope = ''
      and value = ${typed.toLowerCase()}
  )`;
}

const namesShown = (names: Names, isMasked: boolean): Names =>
  isMasked && names.phone !== null ? { ...names, phone: maskedPhone(names.phone) } : names;

function selectContacts(
  found: SQL,
  { viewer, narrowing: { numberId, assignee }, contacts: limit }: Wanted,
): SQL {
  const conditions = [
    visible(viewer),
    ...(numberId === undefined ? [] : [sql`${conversations.numberId} = ${numberId}`]),
    ...(assignee === undefined ? [] : [assignedTo(assignee)]),
  ];
  return sql`select distinct ${placeColumns}, ${conversations.lastArrivedAt} as lastArrivedAt
    from ${found} as found
    cross join contacts as seen on seen.id = found.id
    cross join contacts as member on member.id = coalesce(seen.merged_into_id, seen.id)
      or member.merged_into_id = coalesce(seen.merged_into_id, seen.id)
    cross join ${conversations} as part on part.contact_id = member.id
    ${placeJoins}
    where ${sql.join(conditions, sql` and `)}
    order by ${conversations.lastArrivedAt} desc, ${conversations.id} desc limit ${limit + 1}`;
}

type Names = Pick<FoundContact, 'phone' | 'bsuid' | 'username'>;
const nameless = { phone: null, bsuid: null, username: null };

/** What WhatsApp calls these people now, by surviving contact; of several of a kind, what was seen last. */
function namesOf(objects: ReadOnly['objects'], rows: readonly Row[]): Map<number, Partial<Names>> {
  const names = new Map<number, Partial<Names>>();
  const ids = [...new Set(rows.map((row) => row.contactId))];
  const known =
    ids.length === 0
      ? []
      : objects<{ contactId: number; kind: string; asReceived: string }>(sql`
          select coalesce(${contacts.mergedIntoId}, ${contacts.id}) as contactId, ${identities.kind} as kind,
            ${identities.asReceived} as asReceived
          from ${contacts} join ${identities} on ${identities.contactId} = ${contacts.id}
          where (${contacts.id} in ${ids} or ${contacts.mergedIntoId} in ${ids}) and ${identities.retiredAt} is null
          order by ${identities.seenAt}`);
  for (const { contactId, kind, asReceived } of known) {
    const known = names.get(contactId) ?? {};
    names.set(contactId, known);
    if (kind === 'phone') {
      known.phone = asReceived.startsWith('+') ? asReceived : `+${asReceived}`;
    } else if (kind === 'bsuid' || kind === 'username') {
      known[kind] = asReceived;
    }
  }
  return names;
}
