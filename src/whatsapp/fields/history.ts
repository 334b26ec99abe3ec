import { readMessage } from '../message.ts';
import { readMetaErrors } from '../meta-error.ts';
import { type Ids, identify, isNobody, readContacts, readIds, type Sender } from '../sender.ts';
import { asFields, asList, asMoment, asNumber, asWords, type Fields } from '../shape.ts';
import type { Update } from '../update.ts';
import { type About, accountEvent, type FieldReader, remarkOf, wordOf } from './account-event.ts';
import { recipientIds } from './message-echoes.ts';

/** A piece of the history of a phone, as far as it says how much of it there is. */
export type HistoryChunk = {
  /** 0: the last day, 1: 90 days, 2: the rest. */
  phase: number;
  chunkOrder: number;
  /** Of the phase, 0 to 100. */
  progress: number;
  messages: number;
};

/** How far a message of ours had got, by Meta's word. */
const STATUSES = new Map([
  ['DELIVERED', 'delivered'],
  ['ERROR', 'failed'],
  ['PENDING', 'accepted'],
  ['PLAYED', 'played'],
  ['READ', 'read'],
  ['SENT', 'sent'],
] as const);
export type PastStatus = 'delivered' | 'failed' | 'accepted' | 'played' | 'read' | 'sent';

type Line = { phoneNumberId: string | null; digits: string; about: About; next(): number };

/**
 * `history`: what was written before the number was connected, in pieces; later its files, as messages of their own;
 * or that the business did not want to share it.
 */
export const readHistory: FieldReader = (value, about) => {
  const metadata = asFields(value.metadata);
  let position = 0;
  const line: Line = {
    phoneNumberId: asWords(metadata?.phone_number_id),
    digits: asWords(metadata?.display_phone_number)?.replace(/\D/g, '') ?? '',
    about,
    next: () => position++,
  };
  const updates = [
    ...asList(value.history).flatMap((piece) => readPiece(value, asFields(piece) ?? {}, line)),
    ...readFiles(value, line),
  ];
  return updates.length > 0 ? updates : [accountEvent(value, about, { about: 'other', event: '' })];
};

function readPiece(value: Fields, piece: Fields, line: Line): Update[] {
  const refusals = readMetaErrors(piece.errors).map((error) =>
    accountEvent(
      value,
      line.about,
      { about: 'history', event: String(error.code), severity: 'warning' },
      { remark: remarkOf(error.title), detail: remarkOf(error.detail) },
      line.next(),
    ),
  );
  const messages = asList(piece.threads).flatMap((thread) => readThread(asFields(thread) ?? {}, line));
  return [...refusals, ...messages, ...readChunk(piece, messages.length, line)];
}

function readChunk(piece: Fields, messages: number, { phoneNumberId, about, next }: Line): Update[] {
  const metadata = asFields(piece.metadata);
  if (metadata === null || phoneNumberId === null) {
    return [];
  }
  const chunk = {
    phase: wholeOf(metadata.phase),
    chunkOrder: wholeOf(metadata.chunk_order),
    progress: Math.min(100, wholeOf(metadata.progress)),
    messages,
  };
  return [{ kind: 'history-chunk', position: next(), phoneNumberId, at: about.at, ...chunk }];
}

const wholeOf = (value: unknown) => Math.min(1e6, Math.max(0, Math.trunc(asNumber(value) ?? 0)));

function readThread(thread: Fields, line: Line): Update[] {
  const context = asFields(thread.context);
  const ids = readIds(context?.wa_id ?? thread.id, context?.user_id, context?.parent_user_id);
  const person = { ...ids, username: asWords(context?.username), name: null };
  return asList(thread.messages).map((message) => readPast(asFields(message) ?? {}, person, line));
}

/** Written by the business if it says so: by whom it is from, or by having somebody it went to. */
function readPast(item: Fields, person: Sender, line: Line): Update {
  const isOut = item.to !== undefined || (line.digits !== '' && digitsOf(item.from) === line.digits);
  const status = STATUSES.get(wordOf(asFields(item.history_context)?.status) as 'SENT');
  const other = isOut ? recipientIds(item) : readIds(item.from, item.from_user_id, item.from_parent_user_id);
  return past(item, isNobody(person) ? withIds(other) : person, { isOut, status, line });
}

/** Files of messages that came without them: `messages` by customers, `message_echoes` by the business. */
function readFiles(value: Fields, line: Line): Update[] {
  const contacts = readContacts(value.contacts);
  const whole = (list: unknown, isOut: boolean) =>
    asList(list).map((message) => {
      const item = asFields(message) ?? {};
      const isByBusiness = isOut || (line.digits !== '' && digitsOf(item.from) === line.digits);
      const ids = isByBusiness
        ? recipientIds(item)
        : readIds(item.from, item.from_user_id, item.from_parent_user_id);
      return past(item, identify(ids, contacts, false), { isOut: isByBusiness, status: undefined, line });
    });
  return [...whole(value.messages, false), ...whole(value.message_echoes, true)];
}

type Past = { isOut: boolean; status: PastStatus | undefined; line: Line };

function past(item: Fields, sender: Sender, { isOut, status, line }: Past): Update {
  const { phoneNumberId, about } = line;
  const position = line.next();
  const wamid = asWords(item.id);
  const at = asMoment(item.timestamp);
  if (phoneNumberId === null || wamid === null || at === null) {
    return { kind: 'malformed', position, error: 'The message has no id or time, or names no number.' };
  } else if (isNobody(sender)) {
    return { kind: 'malformed', position, error: 'The message does not say whom it is with.' };
  }
  const message = readMessage(item, { wamid, at: Math.min(at, about.at), valueErrors: undefined });
  const direction = isOut ? 'out' : 'in';
  return { kind: 'past', position, phoneNumberId, sender, message, direction, status: status ?? 'sent' };
}

const withIds = (ids: Ids): Sender => ({ ...ids, username: null, name: null });

const digitsOf = (value: unknown) => asWords(value)?.replace(/\D/g, '') ?? '';
