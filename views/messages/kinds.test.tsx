/** @jsxImportSource preact */
import { expect, test } from 'bun:test';
import { renderToString } from 'preact-render-to-string';
import type { MessageContent, OrderItem, ThreadMessage } from '#src/messages/thread-message.ts';
import { unsupported } from '#src/messages/thread-message.ts';
import { ConversationRow } from '../inbox/conversation-row.tsx';
import { now, question, tendai } from '../testing/examples.ts';
import { words } from '../words/words.ts';
import { Message } from './message.tsx';
import { inCurrency, totalsOf } from './money.ts';

const html = (content: MessageContent, more: Partial<ThreadMessage> = {}) =>
  renderToString(<Message message={{ ...question, text: '', content, ...more }} timeZone="Africa/Harare" />);
const text = (content: MessageContent, more: Partial<ThreadMessage> = {}) =>
  html(content, more)
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ');

const item = (more: Partial<OrderItem> = {}): OrderItem => ({
  product: 'IBR-3.6',
  quantity: 2,
  price: 14.5,
  currency: 'USD',
  ...more,
});

test('an order has a row for each product and a total for each currency', () => {
  const items = [item(), item({ quantity: 3, price: 10 }), item({ currency: 'ZWG', price: 175 })];
  const shown = text({ kind: 'order', items }, { text: 'Before noon' });
  expect(html({ kind: 'order', items }).match(/<tr>/g)).toHaveLength(4);
  for (const part of ['Order of 3 products', 'IBR-3.6', 'US$59.00', 'ZWG', '350.00', 'Before noon']) {
    expect(shown).toContain(part);
  }
});

test('a total that cannot be known is not invented', () => {
  expect(totalsOf([item(), item({ price: null })])).toEqual([]);
  expect(totalsOf([item({ quantity: 1e300, price: 1e300 })])).toEqual([]);
  expect(totalsOf([item({ price: 0.1, quantity: 3 })])[0]?.total).toBeCloseTo(0.3);
});

test('an amount whose currency is none stands beside what was sent', () => {
  expect(inCurrency(12, 'BEADS')).toBe('12 BEADS');
  expect(inCurrency(12, null)).toBe('12');
  expect(inCurrency(1200, 'JPY')).toBe('JP¥1,200');
});

test('a long order is folded, and all of it is there', () => {
  const items = Array.from({ length: 500 }, (_, index) => item({ product: `SKU-${index}.` }));
  const shown = html({ kind: 'order', items });
  expect(shown).toContain('470 more products');
  expect(shown.match(/SKU-\d+\./g)).toHaveLength(500);
});

test('a form is a table of questions and answers, and text where it came as nothing else', () => {
  const shown = html({ kind: 'form', answers: [{ label: 'Roof type', value: 'Tiles, Sheets' }] });
  expect(shown).toContain('Roof type</th>');
  expect(shown).toContain('Tiles, Sheets</td>');
  expect(text({ kind: 'form', answers: [] }, { text: '{half' })).toContain('{half');
});

test('an address is shown line by line', () => {
  expect(
    html({ kind: 'address', lines: ['Meera', '8 Cello Triumph'] }).match(/<p dir="auto">/g),
  ).toHaveLength(2);
});

test('whether somebody may be called, and until when, is said', () => {
  const granted = { kind: 'call_permission', isGranted: true } as const;
  expect(text({ ...granted, until: now })).toContain('May be called until 24 Nov 2026');
  expect(text({ ...granted, until: now, isPermanent: true })).not.toContain('until');
  expect(text({ kind: 'call_permission', isGranted: false })).toContain('Does not want to be called');
});

test('a call is a line between the messages, with how it ended', () => {
  const missed = html({ kind: 'call', outcome: 'missed' });
  expect(missed).toContain('class="event call call--missed"');
  expect(missed).toContain('Missed call');
  expect(missed).not.toContain('bubble');
  expect(text({ kind: 'call', outcome: 'answered', seconds: 195 })).toContain('Called · 3 min 15 s');
  expect(text({ kind: 'call', outcome: 'missed' }, { direction: 'out' })).toContain('Did not take the call');
});

test('every reason has its words', () => {
  for (const why of unsupported) {
    expect(text({ kind: 'unsupported', why, metaType: 'hologram' }).length).toBeGreaterThan(60);
  }
  expect(text({ kind: 'unsupported', why: 'unknown_kind', metaType: 'hologram' })).toContain('hologram');
});

test('an advertisement is a card whose page is opened by a click alone, without saying from where', () => {
  const referral = {
    source: 'ad',
    headline: 'A new roof',
    body: 'Free measuring',
    url: 'https://fb.me/x',
  } as const;
  const shown = html({ kind: 'text' }, { referral });
  expect(shown).toContain('Came through an advertisement');
  expect(shown).toMatch(/<a href="https:\/\/fb.me\/x" target="_blank" rel="noopener noreferrer nofollow"/);
  expect(shown).not.toContain('<img');
  const hostile = html({ kind: 'text' }, { referral: { ...referral, url: 'javascript:alert(1)' } });
  expect(hostile).not.toContain('href="javascript');
});

test('what was said in a group, passed on, or about a product is marked', () => {
  const shown = text(
    { kind: 'text' },
    { isOfGroup: true, forwarded: 'often', product: { product: 'RIDGE-CAP' } },
  );
  for (const part of ['Said in a group', 'Forwarded many times', 'About the product RIDGE-CAP']) {
    expect(shown).toContain(part);
  }
});

test('what was said in a group takes an answer, but no reaction', () => {
  expect(html({ kind: 'text' }, { wamid: 'wamid.1' })).toContain('action="/messages/42/reaction"');
  const inGroup = html({ kind: 'text' }, { wamid: 'wamid.1', isOfGroup: true });
  expect(inGroup).toContain('href="?quote=42"');
  expect(inGroup).not.toContain('/reaction"');
});

test('of a deleted message it stays to be seen how it came', () => {
  const deleted = text({ kind: 'revoked' }, { revokedAt: now, isOfGroup: true, forwarded: 'once' });
  for (const part of ['Said in a group', 'Forwarded', words.message.revoked]) {
    expect(deleted).toContain(part);
  }
});

test('a quoted message that is not here, or was deleted, says so', () => {
  const unknown = { id: null, author: '', excerpt: '' };
  expect(text({ kind: 'text' }, { quoted: unknown })).toContain(words.message.notHere);
  const deleted = { id: 1, author: 'Ada', excerpt: '', isRevoked: true };
  expect(text({ kind: 'text' }, { quoted: deleted })).toContain(words.message.revoked);
});

test('a quoted message without words says what it is', () => {
  const quoted = { id: 1, author: 'Ada', excerpt: '', type: 'image' };
  expect(text({ kind: 'text' }, { quoted })).toContain('Photo');
  expect(text({ kind: 'text' }, { quoted: { ...quoted, type: 'constructor' } })).toContain('another kind');
});

test('a list says that the last message was deleted, was spoken, or how a call ended', () => {
  const row = (more: object) =>
    renderToString(
      <ConversationRow
        row={{
          ...tendai,
          snippet: '',
          lastMessage: { id: 1, direction: 'in', type: 'text', status: 'received', ...more },
        }}
        now={now}
      />,
    );
  expect(row({ isRevoked: true })).toContain(words.message.revoked);
  expect(row({ type: 'call', call: 'missed' })).toContain('Missed call');
  expect(row({ type: 'audio', isVoice: true })).toContain(words.media.voice);
  expect(row({ type: 'audio' })).toContain(words.media.audio);
});

test('a changed message leads to what it said before; a deleted one says only that', () => {
  expect(html({ kind: 'text' }, { editedAt: now })).toContain('href="/messages/42/versions"');
  const deleted = html({ kind: 'revoked' }, { editedAt: now, revokedAt: now });
  expect(deleted).toContain(words.message.revoked);
  expect(deleted).not.toMatch(/<a |<form/);
});

test('a shared card can become a contact, unless it has no number or is the answer to our question', () => {
  const card = { name: 'Tatenda', phones: [{ phone: '+263 77 555 0177' }], emails: [] };
  expect(html({ kind: 'contacts', contacts: [card] })).toContain('action="/messages/42/contacts"');
  expect(html({ kind: 'contacts', contacts: [{ ...card, phones: [] }] })).not.toContain(
    '<form method="post" action="/messages/42/contacts"',
  );
  expect(html({ kind: 'contacts', contacts: [{ ...card, isRequested: true }] })).not.toContain('/contacts"');
});
