import { findAccount } from '#src/accounts/find-account.ts';
import { writeCursor } from '#src/conversations/cursor.ts';
import { loadNumbers } from '#src/numbers/load-numbers.ts';
import { listMembers } from '#src/people/members.ts';
import type { Viewer } from '#src/people/viewer.ts';
import type { Services } from '#src/services.ts';
import type { SearchProps, SearchState } from '#views/search/search-page.tsx';
import { ask } from './ask.ts';
import { type Asked, isOfMessages, readAfter, readNarrowing, readOrder } from './asked.ts';
import type { Wanted } from './found.ts';
import type { SearchLimits } from './limits.ts';
import { parseQuery } from './parse-query.ts';

export type SearchPageServices = Pick<Services, 'control' | 'accounts' | 'reader' | 'now'>;
type Person = Extract<Viewer, { kind: 'person' }>;

/** How many contacts and messages are shown: on the page, in the box of the inbox, and where contacts stand alone. */
const shown = {
  page: { contacts: 5, messages: 25 },
  box: { contacts: 4, messages: 6 },
  contacts: { contacts: 100, messages: 0 },
};
/** Two or three lines, in which the first hit can be seen. */
const extents = { page: { length: 200, before: 50 }, box: { length: 100, before: 18 } };

/** What somebody is shown for a search: all of the page, or only what was found. */
export async function loadSearch(
  services: SearchPageServices,
  limits: SearchLimits,
  viewer: Person,
  asked: Asked,
  place: 'page' | 'box',
): Promise<SearchProps> {
  const { name, timeZone } = await findAccount(services.control, viewer.accountId, viewer);
  const query = parseQuery(asked.q);
  const state: SearchState =
    query.kind === 'terms'
      ? await run(services, limits, viewer, wantedOf({ asked, query, viewer, place, timeZone }))
      : query;
  const chosen = { numbers: [], members: [] };
  return {
    viewer,
    account: { name, timeZone },
    asked,
    used: query.kind === 'empty' ? '' : query.text,
    state,
    now: services.now(),
    ...(place === 'page' ? await loadChoices(services, viewer.accountId) : chosen),
  };
}

type Parts = {
  asked: Asked;
  query: Wanted['query'];
  viewer: Person;
  place: 'page' | 'box';
  timeZone: string;
};

function wantedOf({ asked, query, viewer, place, timeZone }: Parts): Wanted {
  const narrowing = readNarrowing(asked, timeZone);
  const after = readAfter(asked);
  const limit = asked.only === 'contacts' ? shown.contacts : shown[place];
  const hasContacts = after === null && !isOfMessages(narrowing);
  const { kind, accountId, userId, name, permissions, sight } = viewer;
  return {
    query,
    narrowing,
    order: readOrder(asked),
    contacts: hasContacts ? limit.contacts : 0,
    messages: limit.messages,
    after,
    extent: extents[place],
    viewer: { kind, accountId, userId, name, permissions, sight },
  };
}

async function run(
  { reader }: SearchPageServices,
  limits: SearchLimits,
  { accountId, userId }: Person,
  wanted: Wanted,
): Promise<SearchState> {
  const answer = await limits.run(`person:${userId}`, () => ask(reader, accountId, wanted));
  if (answer === 'late' || answer === 'busy') {
    return { kind: answer };
  } else if ('waitMs' in answer) {
    return { kind: 'often', waitSeconds: Math.ceil(answer.waitMs / 1000) };
  }
  const next = answer.next === null ? null : writeCursor([answer.next]);
  return { kind: 'found', found: answer, next };
}

function loadChoices({ accounts }: SearchPageServices, accountId: number) {
  return accounts.use(accountId, async (inbox) => {
    const numbers = await loadNumbers(inbox);
    return { numbers: numbers.map(({ id, name }) => ({ id, name })), members: await listMembers(inbox) };
  });
}
