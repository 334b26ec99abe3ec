import { readUpdates, type Update } from './updates.ts';

// What the tests of this folder share.

export const NUMBER = '106540352242922';
export const metadata = { display_phone_number: '15550783881', phone_number_id: NUMBER };
export const sheena = {
  profile: { name: 'Sheena', username: 'sheena.n' },
  wa_id: '16505551234',
  user_id: 'US.1349',
};
export const hello = {
  from: '16505551234',
  id: 'wamid.1',
  timestamp: '1749416383',
  type: 'text',
  text: { body: 'Hello' },
};

/** Reads the value of a `messages` change for one number. */
export function read(value: object, receivedAt?: number): Update[] {
  return readUpdates(
    'messages',
    JSON.stringify({ field: 'messages', value: { metadata, ...value } }),
    receivedAt,
  );
}

/** Reads one message of Sheena's. */
export function readOne(message: object, value: object = {}) {
  const [update] = read({ messages: [{ ...hello, ...message }], contacts: [sheena], ...value });
  if (update?.kind !== 'message') {
    throw new Error(`not a message but ${JSON.stringify(update)}`);
  }
  return update;
}
