import { describe, expect, test } from 'bun:test';
import { hello, read } from './testing.ts';
import { readUpdates, type Update } from './updates.ts';

describe('one bad item', () => {
  test('does not touch its neighbours', () => {
    const messages = [
      null,
      hello,
      'text',
      { ...hello, id: undefined },
      { ...hello, from: undefined },
      { ...hello, id: 'wamid.2' },
    ];
    const updates = read({ messages, statuses: [7, { id: 'wamid.9' }, { id: 'wamid.9', status: 'sent' }] });
    expect(updates.map(({ kind, position }) => [kind, position])).toEqual([
      ['malformed', 0],
      ['message', 1],
      ['malformed', 2],
      ['malformed', 3],
      ['malformed', 4],
      ['message', 5],
      ['malformed', 6],
      ['malformed', 7],
      ['status', 8],
    ]);
  });

  test('is listed when its change names no number', () => {
    expect(readUpdates('messages', JSON.stringify({ value: { messages: [hello] } }))).toMatchObject([
      { kind: 'malformed' },
    ]);
  });
});

describe('other changes', () => {
  test('are listed for the account', () => {
    const raw = JSON.stringify({ value: { event: 'SOMETHING_NEW' } });
    expect(readUpdates('a_field_of_the_future', raw)).toMatchObject([
      { kind: 'account', about: 'other', field: 'a_field_of_the_future', event: 'SOMETHING_NEW' },
    ]);
    expect(read({ errors: [{ code: 131000, title: 'Oops' }] })).toMatchObject([
      { kind: 'account', about: 'error', event: '131000', facts: { remark: 'Oops' } },
    ]);
    expect(read({})).toMatchObject([{ kind: 'other' }]);
  });

  test('of no known shape are listed', () => {
    expect(readUpdates('unknown', '{"hello":1}')).toMatchObject([{ kind: 'malformed' }]);
    expect(['', 'x', '7', 'null', '[]'].flatMap((raw) => readUpdates('messages', raw))).toSatisfy((updates) =>
      updates.every((update: Update) => update.kind === 'malformed'),
    );
  });
});
