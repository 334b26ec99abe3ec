import { expect, test } from 'bun:test';
import { Invalid } from '#src/errors.ts';
import { type NewNumber, readNewNumber } from './new-number.ts';

const good: NewNumber = {
  phone_number_id: '10987654321098765',
  waba_id: '20987654321098765',
  display_phone_number: '+263 77 123 4567',
  access_token: 'EAAGtoken123',
  app_secret: '0123456789abcdef0123456789abcdef',
  verify_token: 'kudu morning 7',
};

function wrongFields(changes: Partial<NewNumber>): string[] {
  try {
    readNewNumber({ ...good, ...changes });
    return [];
  } catch (error) {
    return error instanceof Invalid ? Object.keys(error.fields) : [String(error)];
  }
}

test('spaces around are taken off, and the number stays as Meta shows it', () => {
  expect(
    readNewNumber({ ...good, access_token: ' EAAGtoken123\n', display_phone_number: ' Test Number (demo) ' }),
  ).toEqual({
    ...good,
    display_phone_number: 'Test Number (demo)',
  });
});

test.each([
  [{ app_secret: '0123456789abcde' }, 'app_secret'],
  [{ app_secret: '' }, 'app_secret'],
  [{ app_secret: '0123456789 abcdef' }, 'app_secret'],
  [{ access_token: '' }, 'access_token'],
  [{ access_token: 'EAAG\r\nX-Evil: 1' }, 'access_token'],
  [{ phone_number_id: '+263771234567' }, 'phone_number_id'],
  [{ phone_number_id: '../me' }, 'phone_number_id'],
  [{ waba_id: 'x' }, 'waba_id'],
  [{ display_phone_number: '' }, 'display_phone_number'],
  [{ verify_token: ' ' }, 'verify_token'],
])('%j is refused by name', (changes, field) => {
  expect(wrongFields(changes)).toEqual([field]);
});

test('sixteen characters are enough for a secret', () => {
  expect(wrongFields({ app_secret: '0123456789abcdef' })).toEqual([]);
});

test('everything that is wrong is named at once', () => {
  expect(wrongFields({ app_secret: 'x', access_token: '', verify_token: '' })).toEqual([
    'access_token',
    'app_secret',
    'verify_token',
  ]);
});
