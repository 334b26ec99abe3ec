import { expect, test } from 'bun:test';
import { contactMatch, messageMatch } from './match.ts';
import { parseQuery } from './parse-query.ts';

const matchOf = (text: string) => {
  const query = parseQuery(text);
  return query.kind === 'terms' ? messageMatch(query) : query.kind;
};
const contactOf = (text: string) => {
  const query = parseQuery(text);
  return query.kind === 'terms' ? contactMatch(query) : query.kind;
};

test('every word has to be there, and the last one may go on', () => {
  expect(matchOf('cement today')).toBe('"cement" "today"*');
  expect(matchOf('  cement \n is ')).toBe('"cement" "is"');
  expect(matchOf('is')).toBe('"is"');
});

test('words between quotation marks belong together and are whole', () => {
  expect(matchOf('"roof sheets" blue')).toBe('"roof sheets" "blue"*');
  expect(matchOf('“roof sheets”')).toBe('"roof sheets"');
  expect(matchOf('6" pipe')).toBe('"6" "pipe"*');
  expect(matchOf('"roof sheets')).toBe('"roof" "sheets"*');
});

test('what FTS5 takes for syntax is not sent as such', () => {
  expect(matchOf('NEAR(cement sand) OR text:x ^y -z *')).toBe(
    '"NEAR(cement" "sand)" "OR" "text:x" "^y" "-z"',
  );
  expect(matchOf('don’t')).toBe('"don’t"');
});

test('a number typed in groups is also looked for as one', () => {
  expect(matchOf('077 123 4567')).toBe('("077" "123" "4567"*) OR "0771234567"*');
  expect(matchOf('0771234567')).toBe('"0771234567"*');
});

test('a contact is found by the beginning of every word', () => {
  expect(contactOf('te Moyó')).toBe('"te"* "moyo"*');
  expect(contactOf('t moyo')).toBe('"t" "moyo"*');
  expect(contactOf('@tendai.moyo')).toBe('"@tendai.moyo"*');
});

test('a contact is found by any part of the number, however it is typed', () => {
  expect(contactOf('+263 77-123')).toBe('("26377123"*)');
  expect(contactOf('077 123')).toBe('("077123"* OR "77123"*)');
  expect(contactOf('tendai 0771')).toBe('"tendai"* ("0771"* OR "771"*)');
  expect(contactOf('551187654321')).toBe('("551187654321"* OR "5511987654321"*)');
  expect(contactOf('26')).toBe('"26"');
});

test('nothing to search for is told from too little of it', () => {
  expect(parseQuery(' \n ')).toEqual({ kind: 'empty' });
  expect(parseQuery('a')).toEqual({ kind: 'short', text: 'a' });
  expect(parseQuery('👍 !!')).toEqual({ kind: 'short', text: '👍 !!' });
  expect(parseQuery('no').kind).toBe('terms');
});

test('64 characters are used, and no half of one', () => {
  const { text } = { text: '', ...parseQuery(`${'é'.repeat(62)} 😀😀`) };
  expect([...text]).toHaveLength(64);
  expect(text.isWellFormed()).toBe(true);
});
