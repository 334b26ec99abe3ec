import { expect, test } from 'bun:test';
import { readContent } from './stored-content.ts';

test('a card that was kept with an address of one line and a bare link is read as one of today', () => {
  const card = { name: 'Ada', phones: [], emails: [], position: 'Yard, Head' };
  const kept = { ...card, addresses: ['1 Main, Gweru'], urls: ['https://ada.example'] };
  const { content } = readContent(JSON.stringify({ kind: 'contacts', contacts: [kept] }), 'contacts');
  expect(content).toEqual({
    kind: 'contacts',
    contacts: [{ ...card, addresses: [{ street: '1 Main, Gweru' }], urls: [{ url: 'https://ada.example' }] }],
  });
});
