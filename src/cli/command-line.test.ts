import { expect, test } from 'bun:test';
import type { Invocation } from './command.ts';
import { readCommandLine } from './command-line.ts';
import { UsageError } from './usage-error.ts';

const known: Invocation[] = [
  { words: 'serve', summary: '', options: {} },
  {
    words: 'number add',
    summary: '',
    options: {
      account: { value: 'ID', summary: '', required: true },
      trust: { summary: '' },
      json: { summary: '' },
    },
  },
];

test('two words call a command, and its options may stand in either form', () => {
  const { called, options } = readCommandLine(['number', 'add', '--account=12', '--json'], known);
  expect(called.words).toBe('number add');
  expect(options).toEqual({ account: '12', json: true });
  expect(readCommandLine(['number', 'add', '--account', '12'], known).options).toEqual({ account: '12' });
});

test.each([
  ['no command at all', []],
  ['a word too few', ['number', '--account', '12']],
  ['a word too many', ['number', 'add', 'now', '--account', '12']],
  ['a stray word behind the options', ['number', 'add', '--account', '12', 'now']],
  ['an option of another command', ['serve', '--account', '12']],
  ['an option without its value', ['number', 'add', '--account']],
  ['a switch with a value', ['number', 'add', '--account', '12', '--trust=yes']],
  ['a needed option left out', ['number', 'add', '--json']],
])('%s is a usage error', (_, argv) => {
  expect(() => readCommandLine(argv, known)).toThrow(UsageError);
});

test('the sentence names what is missing', () => {
  expect(() => readCommandLine(['number', 'add'], known)).toThrow('number add needs --account ID');
});
