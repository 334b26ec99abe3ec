/** @jsxImportSource preact */
import { expect, test } from 'bun:test';
import { renderToString } from 'preact-render-to-string';
import type { Found, FoundContact, FoundMessage, Place } from '#src/search/found.ts';
import { now, rudo } from '../testing/examples.ts';
import { SearchBoxFound } from './search-box.tsx';
import { SearchPage, type SearchProps, type SearchState } from './search-page.tsx';

const DAY = 86_400_000;

const place: Place = {
  id: 7,
  state: 'open',
  assigneeId: 1,
  windowExpiresAt: null,
  number: { id: 1, name: 'Sales' },
  contact: { id: 9, name: 'Tendai', isBlocked: false },
};
const message: FoundMessage = {
  id: 42,
  conversation: place,
  direction: 'in',
  author: { kind: 'customer', name: 'Tendai' },
  type: 'text',
  text: 'Are 28 sheets enough?',
  excerpt: [
    { text: 'Are 28 ', isHit: false },
    { text: 'sheets', isHit: true },
  ],
  file: null,
  at: now - DAY,
};
const contact: FoundContact = {
  conversation: place,
  phone: '+263775550142',
  bsuid: null,
  username: null,
  lastArrivedAt: now,
};
const found: Found = {
  contacts: [contact],
  areAllContacts: true,
  messages: [message],
  next: null,
  isComplete: true,
  preparingBefore: null,
};
const asked = {
  q: 'sheets',
  number: '',
  assignee: '',
  by: '',
  since: '',
  until: '',
  order: '',
  only: '',
  cursor: '',
};

const props = (state: SearchState, more: Partial<SearchProps> = {}): SearchProps => ({
  viewer: rudo,
  account: { name: 'Mbare Hardware', timeZone: 'Africa/Harare' },
  asked,
  used: 'sheets',
  state,
  numbers: [{ id: 1, name: 'Sales' }],
  members: [{ id: 1, name: 'Rudo' }],
  now,
  ...more,
});
const page = (state: SearchState, more: Partial<SearchProps> = {}) =>
  renderToString(<SearchPage {...props(state, more)} />);
const box = (state: SearchState) => renderToString(<SearchBoxFound {...props(state)} />);
const foundState = (changes: Partial<Found> = {}, next: string | null = null): SearchState => ({
  kind: 'found',
  found: { ...found, ...changes },
  next,
});

test('a result leads to the view its reader would look in, and to its place there', () => {
  const at = (changes: Partial<Place>) =>
    page(foundState({ contacts: [], messages: [{ ...message, conversation: { ...place, ...changes } }] }));
  expect(at({})).toContain('href="/inbox/mine/7?message=42#message-42"');
  expect(at({ assigneeId: 2 })).toContain('/inbox/all/7?');
  expect(at({ assigneeId: null })).toContain('/inbox/unassigned/7?');
  expect(at({ state: 'closed' })).toContain('/inbox/closed/7?');
});

test('names, words and pieces of strangers are text, whatever is in them', () => {
  const evil = '"><script>alert(1)</script><mark>';
  const html = page(
    foundState({
      contacts: [{ ...contact, phone: null, username: evil }],
      messages: [
        {
          ...message,
          conversation: {
            ...place,
            contact: { ...place.contact, name: evil },
            number: { id: 2, name: evil },
          },
          excerpt: [{ text: evil, isHit: true }],
          file: [{ text: evil, isHit: false }],
        },
      ],
    }),
    { asked: { ...asked, q: evil, since: evil }, used: evil },
  );
  expect(html).not.toContain('<script>alert');
  expect(html.match(/<mark>/g)).toHaveLength(1);
  expect(html).not.toMatch(/\s(style|on\w+)=/);
});

test('a page that is not all says why, and where it goes on', () => {
  const cut = page(foundState({ isComplete: false }, 'abc'));
  expect(cut).toContain('Only the newest messages with these words were looked through');
  expect(cut).toMatch(/href="\/search\?q=sheets&amp;cursor=abc">Search further back</);
  expect(page(foundState({}, 'abc'))).toContain('>More messages<');
  const best = page(foundState({ isComplete: false }), { asked: { ...asked, order: 'best' } });
  expect(best).toContain('Only the newest 5,000 messages');
  expect(page(foundState({ areAllContacts: false }))).toContain('only=contacts');
  const nothingYet = page(foundState({ contacts: [], messages: [], isComplete: false }, 'abc'));
  expect(nothingYet).toContain('Nothing found for “sheets” so far');
  expect(nothingYet).toContain('Search further back');
});

test('what is still being made searchable after an update is told', () => {
  const html = page(foundState({ preparingBefore: Date.UTC(2026, 2, 5, 12) }));
  expect(html.replace(/<[^>]*>/g, '')).toContain('Missing yet is what was said before 5 Mar 2026.');
});

test('an old result tells its year, a blocked contact that it is, and two numbers which of them', () => {
  const html = page(
    foundState({
      contacts: [
        { ...contact, conversation: { ...place, contact: { ...place.contact, isBlocked: true } } },
        { ...contact, conversation: { ...place, id: 8, number: { id: 2, name: 'Yard' } } },
      ],
      messages: [{ ...message, at: Date.UTC(2025, 2, 5, 12) }],
    }),
  );
  expect(html).toContain('5 Mar 2025');
  expect(html).toContain('Blocked');
  expect(html).toContain('Yard');
  expect(page(foundState())).not.toContain('tag--number');
});

test('what could not be searched can be tried again, on the page and in the box', () => {
  for (const state of [{ kind: 'late' }, { kind: 'busy' }, { kind: 'often', waitSeconds: 2 }] as const) {
    expect(page(state)).toContain('href="/search?q=sheets">Try again');
    expect(box(state)).toContain('Try again');
  }
  expect(box({ kind: 'often', waitSeconds: 2 })).toContain('data-say="One search after the other, please"');
});

test('the box says aloud how much was found', () => {
  expect(box(foundState())).toContain('data-say="one contact and one message"');
  expect(box(foundState({ contacts: [], messages: [] }))).toContain('data-say="Nothing found for “sheets”"');
});
