import { and, asc, eq, inArray, isNull, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/sqlite-core';
import type { FileRow } from '#src/attachments/load-files.ts';
import { isAtMeta } from '#src/attachments/upload-id.ts';
import { MARKETING_PURPOSE } from '#src/contacts/consent.ts';
import { type Member, mergedInto } from '#src/contacts/members.ts';
import type { Inbox } from '#src/db/inbox.ts';
import {
  contacts,
  conversations,
  identities,
  messages,
  numbers,
  reactions,
} from '#src/db/schema/inbox/index.ts';
import type { Outgoing } from '#src/whatsapp/client.ts';
import { findOptedOut, SERVICE_PURPOSE } from './compose-consent.ts';
import type { OutboxRow } from './outbox.ts';
import { namedFiles, readAllFiles } from './outbox-files.ts';
import { interactiveMessage } from './outbox-interactive.ts';
import type { Manner } from './outbox-obstacle.ts';
import { templateMessage } from './outbox-template.ts';
import type { SentFile } from './outcome.ts';
import { isBeyondReach } from './reaction-target.ts';
import { statusRank } from './status.ts';
import { readContent } from './stored-content.ts';

type MessageRow = typeof messages.$inferSelect;

/** What a row of the outbox is about, as it stands now. */
export type Subject = {
  /** Null when it cannot be said without a file that Meta does not have, or no longer: that is uploaded first. */
  body: Outgoing['body'] | null;
  /** The file that is uploaded first; null when all are there, or it is gone. */
  missingId: number | null;
  /** The files that go with it, as they are named to Meta. */
  files: readonly SentFile[];
  /** A status came already, it was called off, or what it reacts to is gone: nothing is left to send. */
  settled: boolean;
  /** The message that changes on screens: itself, or the one reacted to. */
  shownId: number;
  /** What has to hold for it to be sent. */
  manner: Manner;
};

/** What it says, and what has to hold for it. */
export type Saying = Pick<Subject, 'body' | 'missingId' | 'files' | 'manner'>;

/** Who gets it, as they stand now. */
export type Recipient = {
  to: Outgoing['to'] | null;
  blocked: boolean;
  optedOut: boolean;
  /** They want answers, and nothing else. */
  marketingStopped: boolean;
  windowExpiresAt: number | null;
};

/** By the row's id; a reaction that was replaced meanwhile is missing. */
export async function loadSubjects(
  inbox: Inbox,
  rows: readonly OutboxRow[],
  now: number,
): Promise<Map<number, Subject>> {
  const subjects = new Map<number, Subject>();
  const written = await readMessages(inbox, rows);
  const files = await readFiles(inbox, written);
  for (const message of written) {
    const { id, status, statusRank: rank } = message;
    const settled = rank >= statusRank('accepted') || status === 'cancelled';
    subjects.set(id, { ...sayingOf(message, files.get(id) ?? [], now), settled, shownId: id });
  }
  for (const { id, emoji, messageId, wamid, ...target } of await readReactions(inbox, rows)) {
    subjects.set(id, {
      body: { type: 'reaction', wamid: wamid ?? '', emoji },
      missingId: null,
      files: [],
      settled: wamid === null || isBeyondReach(target),
      shownId: messageId,
      manner: 'free',
    });
  }
  return subjects;
}

function readMessages({ sql: db }: Inbox, rows: readonly OutboxRow[]) {
  const ids = rows.flatMap(({ messageId }) => messageId ?? []);
  return ids.length === 0 ? [] : db.select().from(messages).where(inArray(messages.id, ids));
}

async function readFiles(inbox: Inbox, written: readonly MessageRow[]): Promise<Map<number, FileRow[]>> {
  const ids = written.filter(({ type }) => type !== 'text').map(({ id }) => id);
  return ids.length === 0 ? new Map() : readAllFiles(inbox, ids);
}

function sayingOf(message: MessageRow, files: readonly FileRow[], now: number): Saying {
  const [file = null] = files;
  if (message.type === 'template') {
    return templateMessage(message, files, now);
  }
  const body = writtenBody(message, file, now) ?? mediaBody(message, file, now);
  const missingId = body === null ? (file?.id ?? null) : null;
  return { body, missingId, files: namedFiles(files), manner: 'free' };
}

/** What needs no file, or only one for its heading. */
function writtenBody(
  { type, text, quotedWamid, content: stored }: MessageRow,
  file: FileRow | null,
  now: number,
): Outgoing['body'] | null {
  const { content } = readContent(stored, type);
  const quoted = quotedBy(quotedWamid);
  switch (content.kind) {
    case 'text':
      return { type: 'text', text, hasPreview: content.hasPreview === true, ...quoted };
    case 'location': {
      const { kind, ...place } = content;
      return { type: kind, ...place, ...quoted };
    }
    case 'contacts':
      return { type: 'contacts', contacts: content.contacts, ...quoted };
    case 'interactive': {
      const asked = interactiveMessage(content, text, file, now);
      return asked && { ...asked, ...quoted };
    }
    default:
      return null;
  }
}

function mediaBody(message: MessageRow, file: FileRow | null, now: number): Outgoing['body'] | null {
  const { content } = readContent(message.content, message.type);
  if (content.kind !== 'media' || file === null || !isAtMeta(file, now)) {
    return null;
  }
  const { media, filename, voice } = content;
  return {
    type: media,
    mediaId: file.mediaId ?? '',
    caption: message.text,
    ...(filename === undefined ? {} : { filename }),
    ...(voice === undefined ? {} : { voice }),
    ...quotedBy(message.quotedWamid),
  };
}

function quotedBy(quotedWamid: string | null): { quotedWamid?: string } {
  return quotedWamid === null ? {} : { quotedWamid };
}

function readReactions({ sql: db }: Inbox, rows: readonly OutboxRow[]) {
  const ids = rows.flatMap(({ reactionId }) => reactionId ?? []);
  return ids.length === 0
    ? []
    : db
        .select({
          id: reactions.id,
          emoji: reactions.emoji,
          messageId: reactions.messageId,
          wamid: messages.wamid,
          type: messages.type,
          content: messages.content,
          revokedAt: messages.revokedAt,
        })
        .from(reactions)
        .innerJoin(messages, eq(messages.id, reactions.messageId))
        .where(inArray(reactions.id, ids));
}

/** By the conversation's id. A contact that was merged is reached as the whole person, in the surviving conversation. */
export async function loadRecipients(
  inbox: Inbox,
  conversationIds: readonly number[],
): Promise<Map<number, Recipient>> {
  if (conversationIds.length === 0) {
    return new Map();
  }
  const people = await readPeople(inbox, conversationIds);
  const members = membersOf(inbox, people);
  const known = await readIdentities(inbox, members);
  const optedOut = await findOptedOut(inbox, members, SERVICE_PURPOSE);
  const marketingStopped = await findOptedOut(inbox, members, MARKETING_PURPOSE);
  const blocked = new Set(members.filter(({ blockedAt }) => blockedAt !== null).map(survivorOf));
  return new Map(
    people.map(({ conversationId, contactId, portfolioId, windowExpiresAt }) => [
      conversationId,
      {
        to: addressOf(known.get(contactId) ?? [], portfolioId),
        blocked: blocked.has(contactId),
        optedOut: optedOut.has(contactId),
        marketingStopped: marketingStopped.has(contactId),
        windowExpiresAt,
      },
    ]),
  );
}

const survivorOf = ({ survivorId }: Member) => survivorId;

type Person = { contactId: number; blockedAt: number | null };

function membersOf(inbox: Inbox, people: readonly Person[]): Member[] {
  const survivors = new Map(people.map(({ contactId, blockedAt }) => [contactId, blockedAt]));
  return [
    ...[...survivors].map(([id, blockedAt]) => ({ id, survivorId: id, blockedAt })),
    ...mergedInto(inbox, survivors.keys()),
  ];
}

async function readPeople({ sql: db }: Inbox, conversationIds: readonly number[]) {
  const first = alias(contacts, 'first');
  const asked = alias(conversations, 'asked');
  return db
    .select({
      conversationId: asked.id,
      contactId: contacts.id,
      blockedAt: contacts.blockedAt,
      portfolioId: numbers.portfolioId,
      windowExpiresAt: conversations.windowExpiresAt,
    })
    .from(asked)
    .innerJoin(conversations, sql`${conversations.id} = coalesce(${asked.mergedIntoId}, ${asked.id})`)
    .innerJoin(numbers, eq(numbers.id, conversations.numberId))
    .innerJoin(first, eq(first.id, asked.contactId))
    .innerJoin(contacts, sql`${contacts.id} = coalesce(${first.mergedIntoId}, ${first.id})`)
    .where(inArray(asked.id, [...conversationIds]));
}

type Identified = typeof identities.$inferSelect;

/** By surviving contact, in the order in which they were last seen. */
async function readIdentities(
  { sql: db }: Inbox,
  members: readonly Member[],
): Promise<Map<number, Identified[]>> {
  const survivors = new Map(members.map(({ id, survivorId }) => [id, survivorId]));
  const rows = await db
    .select()
    .from(identities)
    .where(
      and(
        inArray(identities.contactId, [...survivors.keys()]),
        inArray(identities.kind, ['phone', 'bsuid', 'parent_bsuid']),
        isNull(identities.retiredAt),
      ),
    )
    .orderBy(asc(identities.seenAt), asc(identities.id));
  return Map.groupBy(rows, ({ contactId }) => survivors.get(contactId) ?? contactId);
}

/**
 * The phone number before the BSUID: while it is used, Meta keeps telling it in webhooks. Of BSUIDs the one in the
 * portfolio of the number, since another one names nobody there; any, while that is not known. The parent BSUID only
 * where there is nothing else.
 */
function addressOf(found: readonly Identified[], portfolioId: string | null): Outgoing['to'] | null {
  const last = (kind: Identified['kind'], scope?: string) =>
    found.findLast((one) => one.kind === kind && (scope === undefined || one.scope === scope));
  const phone = last('phone');
  if (phone) {
    return { phone: withPlus(phone.asReceived) };
  }
  const bsuid = portfolioId === null ? last('bsuid') : (last('bsuid', portfolioId) ?? last('bsuid', ''));
  const named = bsuid ?? last('parent_bsuid');
  return named ? { bsuid: named.value } : null;
}

/** Without the plus, Meta puts the business number's own country code in front. */
function withPlus(phone: string): string {
  return `+${phone.replace(/\D/g, '')}`;
}
