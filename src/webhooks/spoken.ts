import { namesOf } from '#src/contacts/identities.ts';
import { readCallback } from '#src/messages/receive-callback.ts';
import type { Sender } from '#src/whatsapp/updates.ts';
import type { Origin } from './run.ts';
import type { Identity, KnownNumber } from './stored.ts';
import type { Item } from './understand.ts';

/** What the items of a run speak of: all that has to be looked up before they can be understood. */
export type Spoken = {
  numberIds: Set<number>;
  /** Of messages: their own, what they quote, react to or report on. */
  wamids: Set<string>;
  /** Messages and reactions of ours, by the value we sent along. */
  subjectIds: Set<number>;
  /** Kinds, scopes and values of identities. */
  kinds: Set<Identity['kind']>;
  scopes: Set<string>;
  values: Set<string>;
};

export function spokenOf(
  items: readonly Item[],
  numbers: ReadonlyMap<string, KnownNumber>,
  origin: Origin,
): Spoken {
  const spoken: Spoken = {
    numberIds: new Set(),
    wamids: new Set(),
    subjectIds: new Set(),
    kinds: new Set(),
    scopes: new Set(),
    values: new Set(),
  };
  for (const { update } of items) {
    const number = 'phoneNumberId' in update ? numbers.get(update.phoneNumberId) : undefined;
    if (number) {
      spoken.numberIds.add(number.id);
      speakOf(spoken, update, number, origin);
    }
  }
  return spoken;
}

function speakOf(spoken: Spoken, update: Item['update'], number: KnownNumber, origin: Origin): void {
  switch (update.kind) {
    case 'message':
      addPerson(spoken, update.sender, number);
      spoken.wamids.add(update.message.wamid);
      if (update.message.quotedWamid !== null) {
        spoken.wamids.add(update.message.quotedWamid);
      }
      break;
    case 'reaction':
      addPerson(spoken, update.sender, number);
      spoken.wamids.add(update.targetWamid);
      break;
    case 'status':
      spoken.wamids.add(update.wamid);
      addSubject(spoken, readCallback(update.callback, origin)?.subjectId);
      if (update.recipient) {
        addPerson(spoken, update.recipient, number);
      }
  }
}

function addSubject({ subjectIds }: Spoken, id: number | undefined): void {
  if (id !== undefined) {
    subjectIds.add(id);
  }
}

function addPerson({ kinds, scopes, values }: Spoken, person: Sender, number: KnownNumber): void {
  for (const name of Object.values(namesOf(person, number))) {
    if (name !== null) {
      kinds.add(name.kind);
      scopes.add(name.scope);
      values.add(name.value);
    }
  }
}
