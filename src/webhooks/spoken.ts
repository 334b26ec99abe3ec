import { namesOf } from '#src/contacts/identities.ts';
import { readCallback } from '#src/messages/receive-callback.ts';
import type { Origin } from './run.ts';
import type { Identity, KnownNumber } from './stored.ts';
import type { Item } from './understand.ts';

/** What the items of a run speak of: all that has to be looked up before they can be understood. */
export type Spoken = {
  /** Of messages, by number: their own, what they quote, react to or report on. */
  wamids: Map<number, Set<string>>;
  /** Of messages that their senders delete, by number. */
  deleted: Map<number, Set<string>>;
  /** Meta's ids of calls, by number. */
  calls: Map<number, Set<string>>;
  /** Messages and reactions of ours, by the value we sent along. */
  subjectIds: Set<number>;
  /** Of people, by kind and scope. */
  names: Map<string, { kind: Identity['kind']; scope: string; values: Set<string> }>;
};

export function spokenOf(
  items: readonly Item[],
  numbers: ReadonlyMap<string, KnownNumber>,
  origin: Origin,
): Spoken {
  const spoken: Spoken = {
    wamids: new Map(),
    deleted: new Map(),
    calls: new Map(),
    subjectIds: new Set(),
    names: new Map(),
  };
  for (const { update } of items) {
    const number = 'phoneNumberId' in update ? numbers.get(update.phoneNumberId) : undefined;
    if (number) {
      speakOf(spoken, update, number, origin);
    }
  }
  return spoken;
}

function speakOf(spoken: Spoken, update: Item['update'], number: KnownNumber, origin: Origin): void {
  switch (update.kind) {
    case 'message':
    case 'echo':
    case 'past':
      addPerson(spoken, update.sender, number);
      addMessage(spoken, number, update.message.wamid);
      if (update.message.quotedWamid !== null) {
        addMessage(spoken, number, update.message.quotedWamid);
      }
      break;
    case 'own-reaction':
      addMessage(spoken, number, update.targetWamid);
      break;
    case 'preference':
    case 'phone-contact':
    case 'handover':
      addPerson(spoken, update.sender, number);
      break;
    case 'reaction':
      addPerson(spoken, update.sender, number);
      addMessage(spoken, number, update.targetWamid);
      break;
    case 'edit':
    case 'revoke':
      addMessage(spoken, number, update.targetWamid);
      if (update.kind === 'revoke') {
        addTo(spoken.deleted, number, update.targetWamid);
      }
      if (update.sender) {
        addPerson(spoken, update.sender, number);
      }
      break;
    case 'call':
      addMessage(spoken, number, update.callId);
      addTo(spoken.calls, number, update.callId);
      if (update.sender) {
        addPerson(spoken, update.sender, number);
      }
      break;
    case 'status':
      addMessage(spoken, number, update.wamid);
      addSubject(spoken, readCallback(update.callback, origin)?.subjectId);
      if (update.recipient) {
        addPerson(spoken, update.recipient, number);
      }
      break;
    case 'identity':
      addPerson(spoken, update.before, number);
      addPerson(spoken, update.after, number);
  }
}

function addMessage({ wamids }: Spoken, number: KnownNumber, wamid: string): void {
  addTo(wamids, number, wamid);
}

function addTo(named: Map<number, Set<string>>, { id }: KnownNumber, name: string): void {
  named.set(id, (named.get(id) ?? new Set()).add(name));
}

function addSubject({ subjectIds }: Spoken, id: number | undefined): void {
  if (id !== undefined) {
    subjectIds.add(id);
  }
}

function addPerson({ names }: Spoken, person: Parameters<typeof namesOf>[0], number: KnownNumber): void {
  for (const name of Object.values(namesOf(person, number))) {
    if (name !== null) {
      const { kind, scope, value } = name;
      const key = `${kind} ${scope}`;
      const group = names.get(key) ?? { kind, scope, values: new Set() };
      names.set(key, group);
      group.values.add(value);
    }
  }
}
