import { expect, test } from 'bun:test';
import { Invalid, NotFound, Problem, StorageFull } from '#src/errors.ts';
import { expectErrorInLog, loggedLines, openTestLog } from '#src/testing/log.ts';
import { explainFailure } from './failure.ts';

test('what was wrong with the input is said field by field', () => {
  const error = new Invalid({ name: 'Give one.', email: 'Give an address.' });
  expect(explainFailure(error, openTestLog())).toBe('name: Give one.\nemail: Give an address.');
});

test('refusals and a full disk are explained', () => {
  const log = openTestLog();
  expect(explainFailure(new Problem(409, 'taken', 'It is taken', 'Choose another.'), log)).toBe(
    'It is taken. Choose another.',
  );
  expect(explainFailure(new NotFound('There is no account 7.'), log)).toBe('There is no account 7.');
  expect(explainFailure(new StorageFull(''), log)).toContain('The disk is full');
  expect(loggedLines()).toEqual([]);
});

test('anything unexpected goes to the log, and its words to nobody else', () => {
  expectErrorInLog(/a command failed/);
  const said = explainFailure(new Error('token EAAG123456789 is odd'), openTestLog());
  expect(said).not.toContain('EAAG');
  expect(loggedLines()).toHaveLength(1);
});
