import { readMessage } from '../message.ts';
import { areOne, identify, isNobody, readContacts } from '../sender.ts';
import { asFields, asList, asMoment, asWords, type Fields } from '../shape.ts';
import type { Update } from '../update.ts';
import { accountEvent, type FieldReader } from './account-event.ts';
import { recipientIds } from './message-echoes.ts';

/** Reads the items of a change of the field `messages`. */
type ItemReader = (value: Fields, otherwiseAt: number) => Update[];

/**
 * `standby`: what went on while another program (Meta's own assistant, say) answers a conversation. Customers' messages
 * and reports are as ever, only that somebody else sees to them; `message_echoes` are what that program sent.
 */
export const readStandby =
  (readItems: ItemReader): FieldReader =>
  (value, about) => {
    const inner = asFields(value.standby) ?? value;
    const metadata = value.metadata ?? inner.metadata;
    const theirs = { ...inner, metadata, messages: inner.messages, statuses: inner.statuses };
    const items = asList(inner.messages).length + asList(inner.statuses).length;
    const updates = items === 0 ? [] : readItems(theirs, about.at).map(elsewhere);
    const echoes = readEchoes({ ...inner, metadata }, about.at, items);
    const all = [...updates, ...echoes];
    return all.length > 0 ? all : [accountEvent(value, about, { about: 'other', event: '' })];
  };

const elsewhere = (update: Update): Update =>
  update.kind === 'message' ? { ...update, isElsewhere: true } : update;

function readEchoes(value: Fields, otherwiseAt: number, from: number): Update[] {
  const phoneNumberId = asWords(asFields(value.metadata)?.phone_number_id);
  const contacts = readContacts(value.contacts);
  const echoes = asList(value.message_echoes).map((echo) => flattened(asFields(echo) ?? {}));
  const isAlone = areOne(echoes.map(recipientIds));
  return echoes.map((item, index): Update => {
    const position = from + index;
    const wamid = asWords(item.id);
    const sender = identify(recipientIds(item), contacts, isAlone);
    if (phoneNumberId === null || wamid === null || isNobody(sender)) {
      return { kind: 'malformed', position, error: 'The message has no id or does not say whom it is with.' };
    }
    const at = asMoment(item.timestamp) ?? otherwiseAt;
    const message = readMessage(item, { wamid, at, valueErrors: undefined, isSent: true });
    return { kind: 'echo', position, phoneNumberId, sender, message, by: 'other_system' };
  });
}

/**
 * What was sent stands in `message`, in the shape it is sent in: a BSUID it went to is its `recipient`, and what it
 * answers is the `message_id` of its context. A template's definition may stand beside it.
 */
function flattened(echo: Fields): Fields {
  const sent = asFields(echo.message) ?? {};
  const to = { to: sent.to ?? echo.to ?? sent.recipient, to_user_id: echo.to_user_id };
  const { id, timestamp, template: definition } = echo;
  const answers = asFields(sent.context);
  const context = answers && { ...answers, id: answers.message_id ?? answers.id };
  const type = sent.type ?? echo.type ?? 'text';
  return { ...sent, ...to, context, definition, id, timestamp, type };
}
