import { and, desc, eq, inArray, isNotNull, isNull, ne, sql } from 'drizzle-orm';
import type { Inbox } from '#src/db/inbox.ts';
import { cases, messages } from '#src/db/schema/inbox/index.ts';
import { NOTICES } from '#src/messages/receive.ts';
import { snippetOf } from '#src/messages/receive-snippet.ts';
import type { Conversation } from './conversation.ts';
import { firstUnanswered } from './waiting.ts';
import { WINDOW_MS } from './window.ts';

/** The newest messages of a customer may all be of a group: further back than this the window has closed anyway. */
const LOOKED_AT = 200;

/** Lists have what came as history where it was said. */
const LISTED_AT = sql<number | null>`max(
  case ${messages.origin} when 'history' then ${messages.orderedAt} else ${messages.arrivedAt} end)`;

/**
 * How a conversation stands by what is in its parts alone, which may have changed with an undone merge. Who has it,
 * and that it is closed, stays as it is; it is open only while a case of it is.
 */
export async function standing(
  inbox: Inbox,
  conversation: Conversation,
  parts: readonly number[],
): Promise<Partial<Conversation>> {
  const isOfParts = inArray(messages.conversationId, [...parts]);
  const [last] = await inbox.sql
    .select({ id: messages.id, text: messages.text })
    .from(messages)
    .where(isOfParts)
    .orderBy(desc(messages.orderedAt), desc(messages.id))
    .limit(1);
  const [arrived] = await inbox.sql.select({ at: LISTED_AT }).from(messages).where(isOfParts);
  const inbound = await readInbound(inbox, parts);
  const opened = inbound.find(({ opensWindow }) => opensWindow)?.orderedAt ?? null;
  const openCase = await findOpenCase(inbox, conversation.id, parts);
  const state = openCase === null ? 'closed' : conversation.state === 'closed' ? 'open' : conversation.state;
  return {
    state,
    caseId: openCase ?? conversation.caseId,
    snoozedUntil: state === 'snoozed' ? conversation.snoozedUntil : null,
    lastArrivedAt: arrived?.at ?? conversation.lastArrivedAt,
    lastMessageId: last?.id ?? null,
    snippet: snippetOf(last?.text ?? ''),
    lastInboundAt: opened,
    lastInboundId: inbound.reduce<number | null>((most, { id }) => Math.max(most ?? 0, id), null),
    windowExpiresAt: opened === null ? null : opened + WINDOW_MS,
    waitingSince: state === 'closed' ? null : waitingSince(inbox, parts),
  };
}

/** What came in since the number was connected: what was said before opens no window, and is new to nobody. */
async function readInbound({ sql: db }: Inbox, parts: readonly number[]) {
  const rows = await db
    .select({ id: messages.id, orderedAt: messages.orderedAt, content: messages.content })
    .from(messages)
    .where(
      and(
        inArray(messages.conversationId, [...parts]),
        eq(messages.direction, 'in'),
        ne(messages.origin, 'history'),
        isNotNull(messages.wamid),
      ),
    )
    .orderBy(desc(messages.orderedAt), desc(messages.id))
    .limit(LOOKED_AT);
  return rows.map(({ id, orderedAt, content }) => ({ id, orderedAt, opensWindow: opensWindow(content) }));
}

/** What is written into a group, and notices that are shown as messages, open none. */
function opensWindow(content: string): boolean {
  const { groupId = null, kind, metaType } = JSON.parse(content);
  return groupId === null && !(kind === 'unsupported' && NOTICES.includes(metaType));
}

async function findOpenCase(
  { sql: db }: Inbox,
  id: number,
  parts: readonly number[],
): Promise<number | null> {
  const open = await db
    .select({ id: cases.id, conversationId: cases.conversationId })
    .from(cases)
    .where(and(inArray(cases.conversationId, [...parts]), isNull(cases.closedAt)));
  return (open.find(({ conversationId }) => conversationId === id) ?? open[0])?.id ?? null;
}

function waitingSince({ objects }: Inbox, parts: readonly number[]): number | null {
  const [row] = objects<{ since: number | null }>(
    sql`select ${firstUnanswered(sql`${[...parts]}`)} as since`,
  );
  return row?.since ?? null;
}
