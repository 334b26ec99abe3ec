import type { ReadOnly } from '#src/db/reader/open-for-reading.ts';
import { findContacts } from './find-contacts.ts';
import { findMessages } from './find-messages.ts';
import type { Found, Wanted } from './found.ts';
import { preparingBefore } from './preparing.ts';
import { rankMessages } from './rank-messages.ts';

/** Looks for contacts and messages of an account, as far as the viewer may see them. For the reading thread. */
export async function search(database: Pick<ReadOnly, 'objects'>, wanted: Wanted): Promise<Found> {
  const { contacts, areAllContacts } = await findContacts(database, wanted);
  const messages = await inOrder(database, wanted);
  return { contacts, areAllContacts, ...messages, preparingBefore: await preparingBefore(database) };
}

function inOrder(database: Pick<ReadOnly, 'objects'>, wanted: Wanted) {
  if (wanted.messages === 0) {
    return { messages: [], next: null, isComplete: true };
  }
  return wanted.order === 'best' ? rankMessages(database, wanted) : findMessages(database, wanted);
}
