import type { Inbox } from '#src/db/inbox.ts';
import { numbers } from '#src/db/schema/inbox/index.ts';
import { loadNamedPeople, loadPeople } from './load-people.ts';
import { loadMessages, loadParked, loadReactions, loadSends } from './load-subjects.ts';
import { loadThreads } from './load-threads.ts';
import type { Origin } from './run.ts';
import { spokenOf } from './spoken.ts';
import type { Stored } from './stored.ts';
import type { Item } from './understand.ts';

/** Reads everything these items speak of: a dozen statements at most, however many items there are. */
export async function loadStored(inbox: Inbox, origin: Origin, items: readonly Item[]): Promise<Stored> {
  const known = await inbox.sql
    .select({
      id: numbers.id,
      phoneNumberId: numbers.phoneNumberId,
      portfolioId: numbers.portfolioId,
      heardAt: numbers.heardAt,
    })
    .from(numbers);
  const spoken = spokenOf(items, new Map(known.map((number) => [number.phoneNumberId, number])), origin);
  const messages = await loadMessages(inbox, spoken);
  const named = await loadNamedPeople(inbox, spoken);
  const contactIds = new Set(named.contacts.map((contact) => contact.id));
  const threads = await loadThreads(inbox, contactIds, new Set(messages.map((one) => one.conversationId)));
  const others = threads.conversations.map((thread) => thread.contactId).filter((id) => !contactIds.has(id));
  const unnamed = await loadPeople(inbox, new Set(others));
  return {
    numbers: known,
    messages,
    reactions: await loadReactions(inbox, spoken),
    sends: await loadSends(inbox, spoken),
    parked: await loadParked(inbox, spoken),
    ...threads,
    contacts: [...named.contacts, ...unnamed.contacts],
    identities: [...named.identities, ...unnamed.identities],
  };
}
