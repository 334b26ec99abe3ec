/** @jsxImportSource preact */
import { expect, test } from 'bun:test';
import { renderToString } from 'preact-render-to-string';
import { everyKind, hour, inbox, now, rudo, tendai } from '../testing/examples.ts';
import { words } from '../words/words.ts';
import { InboxPage, type InboxProps } from './inbox-page.tsx';

const html = (props: Partial<InboxProps> = {}) => renderToString(<InboxPage {...inbox} {...props} />);
const opened = (summary: Partial<typeof tendai>) => ({
  ...(inbox.open as NonNullable<InboxProps['open']>),
  summary: { ...tendai, ...summary },
});

test('the composer is the first textarea and Send its first submit button', () => {
  const page = html();
  expect(page.match(/<textarea[^>]*/)?.[0]).toContain('name="text"');
  const form = page.match(/<form class="composer".*?<\/form>/s)?.[0] ?? '';
  expect(form).toContain('action="/conversations/7/messages"');
  expect(form.match(/<button[^>]*type="submit"[^>]*>([^<]*)/)?.[0]).toContain('Send');
});

test('a closed window says when it closed and what opens it, and there is no box', () => {
  const page = html({ open: opened({ windowExpiresAt: now - hour }) });
  expect(page).not.toContain('<textarea');
  expect(page).toContain('Tendai’s window closed');
  expect(page).toContain('today 13:00');
  expect(page).toContain('only approved templates until Tendai writes again');
});

test('of two restrictions the one is told that concerns what can be written now', () => {
  const number = { ...tendai.number, answersForbiddenUntil: now + hour, startsForbiddenUntil: now + hour };
  const { answers, starts } = words.numbers.restricted.what;
  const shown = (summary: Partial<typeof tendai>) => {
    const page = html({ open: opened(summary) });
    return [answers, starts].filter((what) => page.includes(what));
  };
  expect(shown({ number })).toEqual([answers]);
  expect(shown({ number, windowExpiresAt: now - hour })).toEqual([starts]);
  const { startsForbiddenUntil: _, ...answersOnly } = number;
  expect(shown({ number: answersOnly, windowExpiresAt: now - hour })).toEqual([answers]);
});

test('what could not be sent because the window closed is kept in sight', () => {
  const form = { values: { text: 'Good afternoon' }, errors: {} };
  expect(html({ open: opened({ windowExpiresAt: now - hour }), form })).toContain('Good afternoon');
});

test('a refused message keeps its text and says why', () => {
  const page = html({ form: { values: { text: 'Hello' }, errors: { text: 'Too long.' } } });
  expect(page).toMatch(/<textarea[^>]*aria-invalid="true"[^>]*>Hello</);
  expect(page).toContain('Too long.');
});

test('somebody who may only read gets no form of the frame but reading, searching and signing out', () => {
  const page = html({ viewer: { ...rudo, permissions: new Set(['conversations.read']) } });
  const actions = [...page.matchAll(/<form[^>]*action="([^"]*)"/g)].map((match) => match[1]);
  expect(
    actions.filter(
      (action) => !/^\/(logout$|search$|messages\/|conversations\/7\/reading$)/.test(action ?? ''),
    ),
  ).toEqual([]);
  expect(page).toContain('data-may="conversations.read"');
});

test('the settings are linked only for those who may open one of them, and the templates for who may only read those', () => {
  expect(html()).toContain('/settings"');
  expect(html()).not.toContain('href="/templates"');
  const reading = html({ viewer: { ...rudo, permissions: new Set(['conversations.read']) } });
  expect(reading).not.toContain('/settings');
  expect(reading.match(/<a [^>]*href="\/templates"/g)).toHaveLength(2);
  expect(html({ viewer: { ...rudo, permissions: new Set() } })).not.toContain('href="/templates"');
});

test('nothing on the page needs what the content policy forbids', () => {
  const thread = { messages: everyKind('x'), events: [], before: '1', hasLater: false };
  const page = html({ open: { ...opened({}), thread } });
  expect(page).not.toMatch(/\s(style|on\w+|hx-on[^=]*)=/);
  expect(page).not.toMatch(/<script(?![^>]* src=)/);
  expect(page).not.toContain('<style');
});

test('every form leads somewhere without script, and all but searching posts', () => {
  for (const form of html().match(/<form[^>]*>/g) ?? []) {
    expect(form).toMatch(/method="post"|method="get" action="\/search"/);
    expect(form).toMatch(/action="\/[a-z]/);
  }
});

test('who waits comes first, and views without them say what that means', () => {
  const answered = { ...tendai, id: 8, waitingSince: null };
  const page = html({ list: { rows: [answered, tendai], next: null } });
  expect(page.indexOf('id="row-7"')).toBeLessThan(page.indexOf('id="row-8"'));
  expect(html({ view: 'closing', open: null, list: { rows: [], next: null } })).toContain(
    'No window closes soon',
  );
});

test('a name cannot break the title or turn it around', () => {
  const contact = { ...tendai.contact, name: '</title><script>\u202Ex' };
  const page = html({ open: opened({ contact }) });
  expect(page).not.toContain('<script>');
  expect(page.match(/<title>[^<]*/)?.[0]).not.toContain('\u202E');
});

test('the line "New" stands before the first unread message', () => {
  const open = { ...opened({}), firstUnreadId: 43 };
  const page = html({ open });
  expect(page.indexOf('id="message-42"')).toBeLessThan(page.indexOf('id="new"'));
  expect(page.indexOf('id="new"')).toBeLessThan(page.indexOf('id="message-43"'));
});

test('a fresh install says how to connect a number, to those who may', () => {
  const fresh = { open: null, list: { rows: [], next: null }, numberless: { accountId: 4711 } };
  expect(html(fresh)).toContain('oonobox number add --account 4711');
  const agent = html({ ...fresh, viewer: { ...rudo, permissions: new Set(['conversations.read']) } });
  expect(agent).toContain('No WhatsApp number yet');
  expect(agent).not.toContain('number add');
  expect(html()).not.toContain('No WhatsApp number yet');
});

test('a demonstration links to the phone of its customers', () => {
  expect(html({ banner: 'demo', phoneUrl: 'http://127.0.0.1:9/phone' })).toContain(
    'href="http://127.0.0.1:9/phone"',
  );
  expect(html({ banner: 'demo' })).not.toContain('/phone"');
});

test('a case that a customer opened by writing needs no line, one that was reopened has one', () => {
  const event = {
    id: 5,
    at: now,
    kind: 'case.opened',
    actor: { kind: 'customer', name: null },
    subject: null,
  } as const;
  const events = [event, { ...event, id: 6, kind: 'case.reopened' } as const];
  const open = opened({});
  const page = html({ open: { ...open, thread: { ...open.thread, events } } });
  expect(page).not.toContain('id="event-5"');
  expect(page).toContain('id="event-6"');
});

test('a long WhatsApp ID is folded for the eye and whole in the page', () => {
  const contact = { ...tendai.contact, bsuid: 'ZA.49011758024375741446' };
  const text = html({ open: opened({ contact }) }).replace(/<[^>]*>/g, '');
  expect(text).toContain('ZA.49011758024375741446');
});

test('the chosen colours and spacing are on the page, and nothing when the device decides', () => {
  const chosen = { ...rudo, display: { theme: 'dark', density: 'compact' } as const };
  expect(html({ viewer: chosen })).toMatch(/<html[^>]*data-theme="dark" data-density="compact"/);
  const device = { ...rudo, display: { theme: 'system', density: 'auto' } as const };
  expect(html({ viewer: device })).not.toMatch(/<html[^>]*data-/);
});
