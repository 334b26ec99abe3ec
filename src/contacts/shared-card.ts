import { and, eq, inArray, isNull, or } from 'drizzle-orm';
import { auditRow } from '#src/audit/audit-row.ts';
import { findConversation } from '#src/conversations/conversation.ts';
import { maySee } from '#src/conversations/visible.ts';
import type { Statement } from '#src/db/database.ts';
import type { Inbox } from '#src/db/inbox.ts';
import {
  contacts,
  conversations,
  events,
  identities,
  messages,
  teamNumbers,
} from '#src/db/schema/inbox/index.ts';
import { NotFound, Problem } from '#src/errors.ts';
import { readContent } from '#src/messages/stored-content.ts';
import type { SharedContact } from '#src/messages/thread-message.ts';
import { demand } from '#src/people/permission.ts';
import type { Viewer } from '#src/people/viewer.ts';
import { contactWords } from '#src/search/contact-words.ts';
import { indexContacts } from '#src/search/index-rows.ts';
import { askedAtNeed } from '#src/webhooks/load-stored.ts';
import { mergedInto } from './members.ts';
import { canonicalPhone } from './phone.ts';

export type CardPlace = {
  messageId: number;
  /** Which of the message's cards, from 0. */
  card: number;
};

/**
 * Opens the contact on a card that somebody shared, making it if nobody has one of its numbers, and gives the
 * conversation with it on the same WhatsApp number, which is empty and closed until somebody writes. Throws `NotFound`
 * for no such card or one that is not the viewer's to see, `Forbidden`, and `Problem` 422 for a card without a number.
 */
export function openSharedContact(
  inbox: Inbox,
  place: CardPlace,
  viewer: Viewer,
  now: number,
): Promise<number> {
  return inbox.turn(async (commit) => {
    const { card, numberId } = await findCard(inbox, place, viewer);
    demand(viewer, 'conversations.write');
    const phones = phonesOf(card);
    if (phones.length === 0) {
      throw new Problem(
        422,
        'no-number',
        'This card has no phone number with its country code.',
        'Ask for one: without it WhatsApp cannot find the person.',
      );
    }
    const knownId = await holderOf(inbox, phones);
    const contactId = knownId ?? inbox.nextId();
    const thread = knownId === null ? null : await threadWith(inbox, numberId, knownId);
    const conversationId = thread ?? inbox.nextId();
    await commit('full', [
      ...(knownId === null ? contactStatements(inbox, { contactId, card, phones, viewer, now }) : []),
      ...(thread === null
        ? await conversationStatements(inbox, { conversationId, numberId, contactId, viewer, now })
        : []),
    ]);
    return (await findConversation(inbox, conversationId, viewer)).id;
  });
}

async function findCard(inbox: Inbox, { messageId, card: index }: CardPlace, viewer: Viewer) {
  const [message] = await inbox.sql.select().from(messages).where(eq(messages.id, messageId)).limit(1);
  if (!message) {
    throw new NotFound(`message ${messageId}`);
  }
  await findConversation(inbox, message.conversationId, viewer);
  const { content } = readContent(message.content, message.type);
  const card = content.kind === 'contacts' ? content.contacts[index] : undefined;
  if (!card) {
    throw new NotFound(`card ${index} of message ${messageId}`);
  }
  return { card, numberId: message.numberId };
}

type Phone = { value: string; asReceived: string };

/** Those that WhatsApp knows; on a card that names none, those that are written with their country. */
function phonesOf({ phones }: SharedContact): Phone[] {
  const known = phones.flatMap(({ waId }) => waId ?? []);
  const written = phones.map(({ phone }) => phone.trim()).filter((phone) => phone.startsWith('+'));
  const digits = (known.length > 0 ? known : written).map((phone) => phone.replace(/\D/g, ''));
  const whole = digits.filter((one) => /^\d{7,15}$/.test(one));
  const byValue = new Map(whole.map((asReceived) => [canonicalPhone(asReceived), asReceived]));
  return [...byValue].map(([value, asReceived]) => ({ value, asReceived }));
}

/** The contact that has one of these numbers now; of several the one with the first. */
async function holderOf({ sql: db }: Inbox, phones: readonly Phone[]): Promise<number | null> {
  const values = phones.map(({ value }) => value);
  const holders = await db
    .select({ value: identities.value, id: contacts.id, mergedIntoId: contacts.mergedIntoId })
    .from(identities)
    .innerJoin(contacts, eq(contacts.id, identities.contactId))
    .where(
      and(eq(identities.kind, 'phone'), inArray(identities.value, values), isNull(identities.retiredAt)),
    );
  const first = values.flatMap((value) => holders.find((holder) => holder.value === value) ?? [])[0];
  return first === undefined ? null : (first.mergedIntoId ?? first.id);
}

/** The conversation with this contact, or with one that was merged into it. */
async function threadWith({ sql: db }: Inbox, numberId: number, contactId: number): Promise<number | null> {
  const [thread] = await db
    .select({ id: conversations.id })
    .from(conversations)
    .innerJoin(contacts, eq(contacts.id, conversations.contactId))
    .where(
      and(
        eq(conversations.numberId, numberId),
        or(eq(contacts.id, contactId), eq(contacts.mergedIntoId, contactId)),
      ),
    )
    .orderBy(conversations.id)
    .limit(1);
  return thread?.id ?? null;
}

type Making = { contactId: number; card: SharedContact; phones: Phone[]; viewer: Viewer; now: number };

const LONGEST_NAME = 200;

function contactStatements(inbox: Inbox, { contactId, card, phones, viewer, now }: Making): Statement[] {
  const name = card.name.slice(0, LONGEST_NAME).toWellFormed();
  // The first of a card is the one a person goes by.
  const rows = phones.map((phone, index) => ({
    id: inbox.nextId(),
    contactId,
    kind: 'phone' as const,
    scope: '',
    ...phone,
    seenAt: now - index,
    retiredAt: null,
  }));
  const search = contactWords(name, rows);
  // Who is on a card without a name is called what they call themselves.
  const nameSource = name === '' ? 'none' : 'person';
  const contact = { id: contactId, name, nameSource, createdAt: now, updatedAt: now } as const;
  return [
    inbox.sql.insert(contacts).values({ ...contact, search }),
    // Another number of the card may be somebody else's: it stays there.
    inbox.sql.insert(identities).values(rows).onConflictDoNothing(),
    ...indexContacts([{ id: contactId, search }]),
    auditRow(inbox, { at: now, actor: viewer, action: 'card.saved', object: `contact:${contactId}` }),
  ];
}

type Beginning = {
  conversationId: number;
  numberId: number;
  contactId: number;
  viewer: Viewer;
  now: number;
};

/** As one that a customer begins, but of whoever made it, where they would not see it otherwise. */
async function conversationStatements(inbox: Inbox, beginning: Beginning): Promise<Statement[]> {
  const { conversationId: id, numberId, contactId, viewer, now } = beginning;
  const served = await inbox.sql
    .select({ teamId: teamNumbers.teamId })
    .from(teamNumbers)
    .where(eq(teamNumbers.numberId, numberId));
  const teamId = served.length === 1 ? (served[0]?.teamId ?? null) : null;
  const isSeen = viewer.kind === 'key' || maySee(viewer, { assigneeId: null, teamId });
  const assigneeId = isSeen ? null : viewer.userId;
  const row = { id, numberId, contactId, teamId, assigneeId, lastArrivedAt: now };
  const members = [contactId, ...mergedInto(inbox, [contactId]).map((member) => member.id)];
  return [
    inbox.sql.insert(conversations).values({ ...row, state: 'closed' }),
    ...askedAtNeed(inbox)
      .choicesOf(members)
      .map(({ state, at }) =>
        inbox.sql.insert(events).values({
          id: inbox.nextId(),
          conversationId: id,
          caseId: null,
          at,
          actorKind: 'customer',
          kind: state === 'given' ? 'consent.given' : 'consent.withdrawn',
        }),
      ),
  ];
}
