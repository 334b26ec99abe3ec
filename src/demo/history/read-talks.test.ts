import { expect, test } from 'bun:test';
import { readTalks } from './read-talks.ts';

test('a talk is read with its lines', () => {
  const talks = readTalks(`
chipo sales 24 09:05 rudo
< Hi
> Hello Chipo
# Call her

joao deliveries 3 14:55 amina open
< Olá
`);
  expect(talks).toEqual([
    {
      who: 'chipo',
      on: 'sales',
      daysAgo: 24,
      minute: 545,
      by: 'rudo',
      isOpen: false,
      lines: [
        { from: 'customer', text: 'Hi' },
        { from: 'agent', text: 'Hello Chipo' },
        { from: 'note', text: 'Call her' },
      ],
    },
    {
      who: 'joao',
      on: 'deliveries',
      daysAgo: 3,
      minute: 895,
      by: 'amina',
      isOpen: true,
      lines: [{ from: 'customer', text: 'Olá' }],
    },
  ]);
});

test.each([
  'chipo sales 24 09:05 nobody\n< Hi',
  'chipo bakery 24 09:05 rudo\n< Hi',
  'chipo sales 09:05 rudo\n< Hi',
  'chipo sales 24 09:05 rudo\nHi',
  'chipo sales 24 09:05 rudo\n<',
])('what is written otherwise is refused: %j', (written) => {
  expect(() => readTalks(written)).toThrow('this is not');
});
