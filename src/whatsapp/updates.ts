import { clean } from '#src/db/clean.ts';
import { readErrors } from './fields/errors.ts';
import { aboutOf, readField } from './fields/fields.ts';
import { readStandby } from './fields/standby.ts';
import { readUserIdUpdate } from './identity-change.ts';
import { parseLossless } from './json.ts';
import { readCalls } from './kinds/calls.ts';
import { readMessageItem, senderIds } from './message-item.ts';
import { contentOf } from './payload.ts';
import { areOne, type Ids, readContacts } from './sender.ts';
import { asFields, asList, asMoment, asWords, type Fields } from './shape.ts';
import { readRecipient } from './status.ts';
import { readStatusItem } from './status-item.ts';
import type { Update } from './update.ts';

export type { AccountEvent, AccountEventKind, Severity } from './fields/account-event.ts';
export type { TemplateEvent } from './fields/template.ts';
export type { IdentityChange } from './identity-change.ts';
export type { CallReport } from './kinds/call.ts';
export type { InboundMedia } from './kinds/understood.ts';
export type { InboundMessage } from './message.ts';
export type { MetaError } from './meta-error.ts';
export { type Ownership, ownershipIn } from './ownership.ts';
export type { Sender } from './sender.ts';
export type { Pricing } from './status.ts';
export type { Rewriting, Update } from './update.ts';

/**
 * Reads what a change means, one update an item, so that a bad one never costs its neighbours. Never throws.
 * `receivedAt` (ms) stands in for a time that neither the item nor its entry gives.
 */
export function readUpdates(field: string, raw: string, receivedAt = 0): Update[] {
  const change = parse(raw);
  if (change === null) {
    return [{ kind: 'malformed', position: 0, error: 'The change is not a JSON object.' }];
  }
  const value = contentOf(change);
  if (field === 'messages') {
    const errors = isAboutNobody(value) ? readErrors(value, aboutOf(field, change, receivedAt)) : [];
    return errors.length > 0 ? errors : readItems(value, asMoment(change.time) ?? receivedAt);
  } else if (field === 'user_id_update') {
    return readUserIdUpdates(value, asMoment(change.time) ?? receivedAt);
  } else if (field === 'calls') {
    return readCalls(value, asMoment(change.time) ?? receivedAt);
  } else if (field === 'unknown') {
    return [{ kind: 'malformed', position: 0, error: 'The change does not say what it is about.' }];
  } else if (field === 'standby') {
    return readStandby(readItems)(value, aboutOf(field, change, receivedAt));
  } else {
    return readField(field, change, value, receivedAt);
  }
}

function parse(raw: string): Fields | null {
  try {
    return asFields(parseLossless(raw));
  } catch {
    return null;
  }
}

function readItems(value: Fields, otherwiseAt: number): Update[] {
  const messages = asList(value.messages);
  const statuses = asList(value.statuses);
  const phoneNumberId = asWords(asFields(value.metadata)?.phone_number_id);
  const common = { contacts: readContacts(value.contacts), valueErrors: value.errors, otherwiseAt };
  const aboutMessages = { ...common, isAlone: areAlone(messages, senderIds) };
  const aboutStatuses = { ...common, isAlone: areAlone(statuses, readRecipient) };

  const updates = [...messages, ...statuses].map((item, position): Update => {
    const fields = asFields(item);
    if (fields === null) {
      return { kind: 'malformed', position, error: 'The item is not an object.' };
    } else if (phoneNumberId === null) {
      return { kind: 'malformed', position, error: 'The change does not name the number it is about.' };
    } else if (position < messages.length) {
      return readMessageItem(fields, position, { ...aboutMessages, phoneNumberId });
    } else {
      return readStatusItem(fields, position, { ...aboutStatuses, phoneNumberId });
    }
  });
  return updates.length > 0 ? updates : [{ kind: 'other', position: 0, note: describe(value) }];
}

function readUserIdUpdates(value: Fields, otherwiseAt: number): Update[] {
  const phoneNumberId = asWords(asFields(value.metadata)?.phone_number_id);
  const updates = asList(value.user_id_update).map((item, position): Update => {
    const fields = asFields(item);
    const change = fields && readUserIdUpdate(fields);
    return fields === null || change === null || phoneNumberId === null
      ? { kind: 'malformed', position, error: 'The change does not say whose id it is about.' }
      : {
          kind: 'identity',
          position,
          phoneNumberId,
          at: asMoment(fields.timestamp) ?? otherwiseAt,
          ...change,
        };
  });
  return updates.length > 0 ? updates : [{ kind: 'other', position: 0, note: 'user_id_update' }];
}

function areAlone(items: readonly unknown[], idsOf: (item: Fields) => Ids): boolean {
  return areOne(items.map((item) => idsOf(asFields(item) ?? {})));
}

const isAboutNobody = (value: Fields) =>
  asList(value.messages).length === 0 && asList(value.statuses).length === 0;

function describe(value: Fields): string {
  return `messages with ${clean(Object.keys(value).slice(0, 8).join(', ')) || 'nothing'}`;
}
