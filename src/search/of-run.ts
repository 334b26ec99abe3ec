import type { Run } from '#src/webhooks/run.ts';
import type { Contact } from '#src/webhooks/stored.ts';
import { contactWords } from './contact-words.ts';
import type { Indexed, Named } from './index-rows.ts';

/** The new contacts of a run, with what they are found by. */
export function withWords(run: Run): Contact[] {
  return run.contacts.added().map((contact) => ({ ...contact, search: wordsOf(run, contact.id) }));
}

/** The known contacts of a run that are called otherwise now, with what they are found by. */
export function renamedContacts(run: Run): Named[] {
  const isNew = new Set(run.contacts.added().map(({ id }) => id));
  const renamed = new Set([
    ...run.contacts.changed().flatMap(({ row, names }) => (names.includes('name') ? [row.id] : [])),
    ...run.identities.added().map(({ contactId }) => contactId),
    ...run.identities
      .changed()
      .flatMap(({ row, names }) => (names.some(isNaming) ? holderOf(run, row.id) : [])),
  ]);
  return [...renamed].filter((id) => !isNew.has(id)).map((id) => ({ id, search: wordsOf(run, id) }));
}

/** The new messages of a run, with the names of their files. */
export function writtenMessages({ messages, made }: Run): Indexed[] {
  const nameOf = new Map(made.files.map(({ id, name }) => [id, name]));
  const fileOf = new Map(made.attachments.map(({ messageId, fileId }) => [messageId, nameOf.get(fileId)]));
  return messages.added().map(({ id, text }) => ({ id, text, file: fileOf.get(id) }));
}

/** Being seen again changes no name. */
const isNaming = (column: string) => column !== 'seenAt';

const holderOf = (run: Run, identityId: number) => run.identities.get(identityId)?.contactId ?? [];

function wordsOf(run: Run, contactId: number): string {
  return contactWords(run.contacts.get(contactId)?.name ?? '', run.identities.group(contactId));
}
