import { MARKETING_PURPOSE } from '#src/contacts/consent.ts';
import type { Choice } from '#src/contacts/consent-told.ts';
import type { Inbox } from '#src/db/inbox.ts';
import { rowsIn, selection } from '#src/db/lookup.ts';
import { numbers } from '#src/db/schema/inbox/index.ts';
import { loadNamedPeople, loadPeople } from './load-people.ts';
import { loadCalls, loadMessages, loadParked, loadReactions, loadSends } from './load-subjects.ts';
import { loadThreads } from './load-threads.ts';
import type { Origin } from './run.ts';
import { spokenOf } from './spoken.ts';
import type { KnownNumber, Stored } from './stored.ts';
import type { Item } from './understand.ts';

/** Reads everything these items speak of: a dozen statements at most, however many items there are. */
export function loadStored(inbox: Inbox, origin: Origin, items: readonly Item[]): Stored {
  const known = loadNumbers(inbox);
  const spoken = spokenOf(items, new Map(known.map((one) => [one.phoneNumberId, one])), origin);
  const messages = loadMessages(inbox, spoken);
  const reactions = loadReactions(inbox, spoken);
  const named = loadNamedPeople(inbox, spoken);
  const contactIds = new Set(named.contacts.map((contact) => contact.id));
  const conversationIds = new Set([...messages, ...reactions].map((one) => one.conversationId));
  const threads = loadThreads(inbox, contactIds, conversationIds);
  const others = threads.conversations.map((thread) => thread.contactId).filter((id) => !contactIds.has(id));
  const unnamed = loadPeople(inbox, new Set(others));
  const areMerged = threads.conversations.some(({ mergedIntoId }) => mergedIntoId !== null);
  const mayMove = spoken.names.size > 0 || areMerged;
  const unnamedIds = new Set(mayMove ? unnamed.contacts.map(({ id }) => id) : []);
  const more = loadThreads(inbox, unnamedIds, new Set(), threads);
  return {
    numbers: known,
    messages,
    calls: loadCalls(inbox, spoken),
    reactions,
    sends: loadSends(inbox, spoken),
    parked: loadParked(inbox, spoken),
    ...more,
    contacts: [...named.contacts, ...unnamed.contacts],
    identities: [...named.identities, ...unnamed.identities],
    ...askedAtNeed(inbox),
  };
}

/** Everything about some people, and nothing else: for what is done to them without a webhook. */
export function loadStoredPeople(inbox: Inbox, contactIds: readonly number[]): Stored {
  const people = loadPeople(inbox, new Set(contactIds));
  const ids = new Set(people.contacts.map((contact) => contact.id));
  const nothing = { messages: [], calls: [], reactions: [], sends: [], parked: [] };
  return {
    numbers: loadNumbers(inbox),
    ...nothing,
    ...loadThreads(inbox, ids, new Set()),
    ...people,
    ...askedAtNeed(inbox),
  };
}

/** What is asked for only when a conversation begins or somebody's identity changes: other items need no statement for it. */
export function askedAtNeed(inbox: Inbox): Pick<Stored, 'isNoted' | 'choicesOf' | 'isParted'> {
  return {
    choicesOf: (contactIds) =>
      rowsIn(inbox, CHOICES, contactIds, [MARKETING_PURPOSE])
        .map(([state, at]): Choice => ({ state: state === 'given' ? 'given' : 'withdrawn', at: Number(at) }))
        .sort((one, other) => one.at - other.at),
    isNoted: (conversationId, kind, at) =>
      inbox.rows('select 1 from events where conversation_id = ? and at = ? and kind = ? limit 1', [
        conversationId,
        at,
        kind,
      ]).length > 0,
    isParted: (some, others) => {
      const undone = 'select into_contact from merges where undone_at is not null and from_contact';
      const partners = (ids: readonly number[]) => rowsIn(inbox, undone, ids).map(([id]) => Number(id));
      return (
        partners(some).some((id) => others.includes(id)) || partners(others).some((id) => some.includes(id))
      );
    },
  };
}

const CHOICES = `select state, at from consents
  where purpose = ? and source in ('whatsapp', 'whatsapp_refusal') and contact_id`;

const number = selection({
  id: numbers.id,
  phoneNumberId: numbers.phoneNumberId,
  wabaId: numbers.wabaId,
  displayPhone: numbers.displayPhone,
  portfolioId: numbers.portfolioId,
  startsForbiddenUntil: numbers.startsForbiddenUntil,
  heardAt: numbers.heardAt,
  phoneAppAt: numbers.phoneAppAt,
});

function loadNumbers(inbox: Inbox): KnownNumber[] {
  const served = inbox.rows(
    'select number_id, max(team_id) from team_numbers group by number_id having count(*) = 1',
  );
  const teams = new Map(served.map(([numberId, teamId]) => [Number(numberId), Number(teamId)]));
  return inbox
    .rows(`select ${number.list} from numbers`)
    .map((row) => number.read(row))
    .map((one) => ({ ...one, teamId: teams.get(one.id) ?? null }));
}
