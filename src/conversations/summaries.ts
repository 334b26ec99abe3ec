import { and, eq, inArray, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/sqlite-core';
import { shownName } from '#src/contacts/shown-name.ts';
import { built, places } from '#src/db/built.ts';
import type { Inbox } from '#src/db/inbox.ts';
import { filledUp, rowsIn, selection } from '#src/db/lookup.ts';
import {
  contacts,
  conversations,
  drafts,
  identities,
  members,
  messages,
  numbers,
  reads,
} from '#src/db/schema/inbox/index.ts';
import { shaped } from '#src/db/shaped.ts';
import { readContent } from '#src/messages/stored-content.ts';
import { readNumberSettings } from '#src/numbers/number-settings.ts';
import type { Viewer } from '#src/people/viewer.ts';
import { maskedPhone, maskedSummary, seesPhones } from './masking.ts';
import type { ConversationSummary, IdentifiedSummary } from './summary.ts';
import { viewerKey, visible } from './visible.ts';

const DRAFT_EXCERPT = 120;

/** Whom a merged contact now is. */
const person = alias(contacts, 'person');

/** One block of a person is enough, whichever of their contacts it stands with. */
const isBlocked = sql<number>`(${person.blockedAt} is not null or ${contacts.blockedAt} is not null or exists (
  select 1 from contacts as merged
  where merged.merged_into_id = coalesce(${person.id}, ${contacts.id}) and merged.blocked_at is not null
))`;

/** Everything a summary shows. */
export const summaryFields = {
  conversation: conversations,
  numberName: numbers.name,
  displayPhone: numbers.displayPhone,
  numberSettings: numbers.settings,
  pausedFor: sql<
    string | null
  >`case when ${numbers.state} = 'paused' then coalesce(${numbers.pausedFor}, '') end`,
  startsForbiddenUntil: numbers.startsForbiddenUntil,
  answersForbiddenUntil: numbers.answersForbiddenUntil,
  contactId: sql<number>`coalesce(${person.id}, ${conversations.contactId})`,
  contactName: shownName(person, contacts),
  contactCreatedAt: sql<number>`coalesce(${person.createdAt}, ${contacts.createdAt}, 0)`,
  assigneeName: members.name,
  lastDirection: messages.direction,
  lastType: messages.type,
  lastStatus: messages.status,
  lastRevokedAt: messages.revokedAt,
  lastContent: sql<
    string | null
  >`case when ${messages.type} in ('call', 'audio') then ${messages.content} end`,
  isBlocked,
  readMessageId: reads.messageId,
  draft: sql<string | null>`substr(${drafts.text}, 1, ${DRAFT_EXCERPT})`,
};

/**
 * These fields, to be given `where`, `orderBy` and `limit`. Outer joins only, each on a whole key: they keep
 * `conversations` the outer loop, so the order of its index is the order of the rows.
 */
export function selectSummaries({ sql: database }: Inbox, viewer: Viewer | null) {
  const reader = viewer?.kind === 'person' ? viewer.userId : 0;
  return database
    .select(summaryFields)
    .from(conversations)
    .leftJoin(numbers, eq(numbers.id, conversations.numberId))
    .leftJoin(contacts, eq(contacts.id, conversations.contactId))
    .leftJoin(person, eq(person.id, contacts.mergedIntoId))
    .leftJoin(members, eq(members.userId, conversations.assigneeId))
    .leftJoin(messages, eq(messages.id, conversations.lastMessageId))
    .leftJoin(reads, and(eq(reads.userId, reader), eq(reads.conversationId, conversations.id)))
    .leftJoin(drafts, and(eq(drafts.conversationId, conversations.id), eq(drafts.userId, reader)))
    .$dynamic();
}

export type SummaryRow = Awaited<ReturnType<typeof selectSummaries>>[number];

/** The rows as summaries, in their order. */
export function toSummaries(rows: readonly SummaryRow[], viewer: Viewer | null): ConversationSummary[] {
  const summaries = rows.map(toSummary);
  return viewer && !seesPhones(viewer) ? summaries.map(maskedSummary) : summaries;
}

/** Summaries with all that their contacts are called, in their order; two statements, however many. */
export function withIdentities(
  inbox: Inbox,
  summaries: readonly ConversationSummary[],
  viewer: Viewer,
): IdentifiedSummary[] {
  const known = loadIdentities(inbox, new Set(summaries.map(({ contact }) => contact.id)));
  const shown = seesPhones(viewer) ? (phone: string) => phone : maskedPhone;
  return summaries.map((summary) => {
    const { phone, bsuid = null, username = null } = known.get(summary.contact.id) ?? {};
    const names = { phone: phone ? shown(e164(phone)) : null, bsuid, username };
    return { ...summary, contact: { ...summary.contact, ...names } };
  });
}

/**
 * The summaries of these conversations that the viewer may see, in no particular order.
 * Without a viewer (a live push, which is rendered once for many) all are loaded, none is marked as read, and phone
 * numbers are whole.
 */
export async function loadSummaries(
  inbox: Inbox,
  ids: readonly number[],
  viewer: Viewer | null,
): Promise<ConversationSummary[]> {
  if (ids.length === 0) {
    return [];
  }
  const list = filledUp([...ids]);
  const statement = built(inbox, `summaries ${list.length} ${viewer ? viewerKey(viewer) : 'pushed'}`, () => {
    const isAsked = and(inArray(conversations.id, places(list)), viewer ? visible(viewer) : undefined);
    return shaped(inbox, selectSummaries(inbox, viewer).where(isAsked), summaryFields);
  });
  return toSummaries(statement.all(Object.fromEntries(list.entries())), viewer);
}

type Known = Map<number, { phone?: string; bsuid?: string; username?: string }>;

const identity = selection({
  contactId: identities.contactId,
  kind: identities.kind,
  asReceived: identities.asReceived,
  seenAt: identities.seenAt,
});
const CURRENT = `select ${identity.list} from identities where retired_at is null and contact_id`;
const OF_MERGED = `select contacts.merged_into_id, ${identity.list}
  from contacts join identities on identities.contact_id = contacts.id and retired_at is null
  where contacts.merged_into_id is not null and contacts.merged_into_id`;

/** The newest current identity of each kind, by surviving contact: its own and those of whoever was merged into it. */
function loadIdentities(inbox: Inbox, ids: ReadonlySet<number>): Known {
  const known: Known = new Map();
  const found = [
    ...rowsIn(inbox, CURRENT, ids).map((row) => identity.read(row)),
    ...rowsIn(inbox, OF_MERGED, ids).map((row) => ({ ...identity.read(row, 1), contactId: Number(row[0]) })),
  ];
  for (const { contactId, kind, asReceived } of found.sort((a, b) => a.seenAt - b.seenAt)) {
    const names = known.get(contactId) ?? {};
    known.set(contactId, names);
    if (kind === 'phone') {
      names.phone = asReceived;
    } else if (kind === 'bsuid') {
      names.bsuid = asReceived;
    } else if (kind === 'username') {
      names.username = asReceived;
    }
  }
  return known;
}

function toSummary(row: SummaryRow): ConversationSummary {
  const { conversation } = row;
  return {
    id: conversation.id,
    ...(conversation.mergedIntoId === null ? {} : { mergedIntoId: conversation.mergedIntoId }),
    number: {
      id: conversation.numberId,
      name: row.numberName ?? '',
      displayPhone: row.displayPhone ?? '',
      ...(row.pausedFor === null ? {} : { pausedFor: row.pausedFor }),
      ...(row.startsForbiddenUntil === null ? {} : { startsForbiddenUntil: row.startsForbiddenUntil }),
      ...(row.answersForbiddenUntil === null ? {} : { answersForbiddenUntil: row.answersForbiddenUntil }),
      ...(hasPreviews(row.numberSettings) ? { hasPreviews: true } : {}),
    },
    contact: { id: row.contactId, name: row.contactName, createdAt: row.contactCreatedAt },
    state: conversation.state,
    assignee:
      conversation.assigneeId === null ? null : { id: conversation.assigneeId, name: row.assigneeName ?? '' },
    teamId: conversation.teamId,
    lastMessage: lastMessage(row),
    snippet: conversation.snippet,
    lastArrivedAt: conversation.lastArrivedAt,
    lastInboundAt: conversation.lastInboundAt,
    lastInboundId: conversation.lastInboundId,
    windowExpiresAt: conversation.windowExpiresAt,
    waitingSince: conversation.waitingSince,
    readMessageId: row.readMessageId,
    ...(row.isBlocked ? { isBlocked: true } : {}),
    ...(row.draft ? { draft: row.draft } : {}),
  };
}

function lastMessage(row: SummaryRow): ConversationSummary['lastMessage'] {
  const { conversation, lastDirection, lastType, lastStatus, lastRevokedAt, lastContent } = row;
  const { lastMessageId: id } = conversation;
  if (id === null || !lastDirection || !lastType || !lastStatus) {
    return null;
  }
  const content = lastContent === null ? null : readContent(lastContent, lastType).content;
  return {
    id,
    direction: lastDirection,
    type: lastType,
    status: lastStatus,
    ...(lastRevokedAt === null ? {} : { isRevoked: true }),
    ...(content?.kind === 'call' ? { call: content.outcome } : {}),
    ...(content?.kind === 'media' && content.voice === true ? { isVoice: true } : {}),
  };
}

/** Most numbers have chosen nothing. */
const hasPreviews = (settings: string | null) =>
  settings !== null && settings !== '{}' && readNumberSettings(settings).hasPreviews;

/** WhatsApp writes phone numbers as digits alone. */
function e164(phone: string): string {
  return phone.startsWith('+') ? phone : `+${phone}`;
}
