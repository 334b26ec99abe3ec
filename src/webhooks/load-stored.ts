import type { Inbox } from '#src/db/inbox.ts';
import { selection } from '#src/db/lookup.ts';
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
  const named = loadNamedPeople(inbox, spoken);
  const contactIds = new Set(named.contacts.map((contact) => contact.id));
  const threads = loadThreads(inbox, contactIds, new Set(messages.map((one) => one.conversationId)));
  const others = threads.conversations.map((thread) => thread.contactId).filter((id) => !contactIds.has(id));
  const unnamed = loadPeople(inbox, new Set(others));
  return {
    numbers: known,
    messages,
    calls: loadCalls(inbox, spoken),
    reactions: loadReactions(inbox, spoken),
    sends: loadSends(inbox, spoken),
    parked: loadParked(inbox, spoken),
    ...threads,
    contacts: [...named.contacts, ...unnamed.contacts],
    identities: [...named.identities, ...unnamed.identities],
  };
}

const number = selection({
  id: numbers.id,
  phoneNumberId: numbers.phoneNumberId,
  portfolioId: numbers.portfolioId,
  heardAt: numbers.heardAt,
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
