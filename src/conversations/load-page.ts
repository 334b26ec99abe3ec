import { and, desc, isNotNull, sql } from 'drizzle-orm';
import { findAccount } from '#src/accounts/find-account.ts';
import { DEFAULT_GRAPH_URL } from '#src/config.ts';
import { MARKETING_PURPOSE, newestConsent } from '#src/contacts/consent.ts';
import { mergedInto } from '#src/contacts/members.ts';
import { built } from '#src/db/built.ts';
import type { Inbox } from '#src/db/inbox.ts';
import { cases } from '#src/db/schema/inbox/index.ts';
import { NotFound } from '#src/errors.ts';
import { readDraft } from '#src/messages/draft.ts';
import { fileInQuote, loadMessages } from '#src/messages/load.ts';
import { maskedEvent, maskedMessage } from '#src/messages/masked-message.ts';
import type { ThreadMessage, ThreadPage } from '#src/messages/thread-message.ts';
import { threadPage } from '#src/messages/thread-page.ts';
import { isUnread } from '#src/messages/unread.ts';
import { loadNotice } from '#src/numbers/notice.ts';
import { listMembers } from '#src/people/members.ts';
import type { Viewer } from '#src/people/viewer.ts';
import type { Services } from '#src/services.ts';
import type { InboxProps, OpenConversation } from '#views/inbox/inbox-page.tsx';
import { findConversation, idFrom, parseId } from './conversation.ts';
import { countWaiting } from './counts.ts';
import { listConversations } from './list.ts';
import { seesPhones } from './masking.ts';
import { partsOf } from './parts.ts';
import { loadSummaries, withIdentities } from './summaries.ts';
import type { ConversationSummary } from './summary.ts';
import type { ViewName } from './views.ts';

export type PageServices = Pick<Services, 'config' | 'control' | 'accounts' | 'live' | 'now'>;

export type PersonViewer = Extract<Viewer, { kind: 'person' }>;

export type Wanted = {
  view: ViewName;
  /** The id of the open conversation, as it stands in the address. */
  id?: string;
  pane: InboxProps['pane'];
  /** Cursor of the list. */
  cursor?: string | undefined;
  /** Cursor of the thread. */
  before?: string | undefined;
  /** The message that the thread is shown around. */
  message?: string | undefined;
  /** The message being answered. */
  quote?: string | undefined;
  /** What a refused form held, and why. */
  form?: InboxProps['form'];
  /** The page is there and has its list: only what is new on it is wanted. */
  isPart?: boolean;
};

/** Everything the inbox page shows to this viewer. Throws `NotFound` for a conversation they may not see. */
export async function loadPage(
  services: PageServices,
  viewer: PersonViewer,
  wanted: Wanted,
): Promise<InboxProps> {
  const { view, id, pane, cursor, form } = wanted;
  const now = services.now();
  // Before anything is read: what changes from here on is replayed to the page's socket.
  const livePosition = services.live.position(viewer.accountId);
  const account = await findAccount(services.control, viewer.accountId, viewer);
  return services.accounts.use(viewer.accountId, async (inbox) => {
    const open = id === undefined ? null : await loadOpen(inbox, idFrom(id), viewer, wanted);
    const draft = open && (await readDraft(inbox, open.summary.id, viewer.userId));
    const quote = wanted.quote ?? String(draft?.quotedId ?? '');
    return {
      viewer,
      account,
      view,
      pane,
      counts: countWaiting(inbox, viewer),
      list:
        open && wanted.isPart
          ? { rows: [], next: null }
          : await listConversations(inbox, view, viewer, { cursor, now }),
      open,
      quoting: await loadQuoted(inbox, open?.summary.id, quote, viewer),
      members: await listMembers(inbox),
      ...(hasNumber(inbox) ? {} : { numberless: { accountId: viewer.accountId } }),
      banner: bannerOf(services.config),
      notice: loadNotice(inbox, viewer),
      ...(services.config.isDemo ? { phoneUrl: '/demo/phone' } : {}),
      now,
      livePosition,
      // A draft goes out under its own key from any tab; what was refused may have used it up.
      composerKey: (!form && draft?.key) || crypto.randomUUID(),
      ...(draft ? { draft } : {}),
      ...(form ? { form } : {}),
    };
  });
}

function bannerOf({ isDemo, graphUrl }: PageServices['config']): 'demo' | 'graph' | null {
  if (isDemo) {
    return 'demo';
  } else {
    return graphUrl === DEFAULT_GRAPH_URL ? null : 'graph';
  }
}

async function loadOpen(
  inbox: Inbox,
  asked: number,
  viewer: Viewer,
  { before, message }: Wanted,
): Promise<OpenConversation> {
  const { id } = await findConversation(inbox, asked, viewer);
  const [summary] = withIdentities(inbox, await loadSummaries(inbox, [id], viewer), viewer);
  if (!summary) {
    throw new NotFound(`conversation ${id}`);
  }
  const around = parseId(message ?? '') ?? undefined;
  const whole = await threadPage(inbox, id, { before, around });
  const thread = seesPhones(viewer)
    ? whole
    : { ...whole, messages: whole.messages.map(maskedMessage), events: whole.events.map(maskedEvent) };
  const others = mergedInto(inbox, [summary.contact.id]).map((member) => member.id);
  return {
    summary,
    thread,
    firstUnreadId: firstUnread(summary, thread),
    earlierCases: await loadEarlierCases(inbox, id),
    marketing: await newestConsent(inbox, [summary.contact.id, ...others], MARKETING_PURPOSE),
  };
}

/** A fresh account has none, and its page says how to connect one. */
function hasNumber({ rows }: Inbox): boolean {
  return rows('select 1 from numbers limit 1').length > 0;
}

/** Where "New" stands: at the first message of the customer that this viewer has not read. */
function firstUnread({ readMessageId }: ConversationSummary, { messages }: ThreadPage): number | null {
  return messages.find((message) => isUnread(message, readMessageId))?.id ?? null;
}

const EARLIER_CASES = 20;

async function loadEarlierCases(inbox: Inbox, id: number): Promise<OpenConversation['earlierCases']> {
  const statement = built(inbox, 'earlier cases', () => {
    const { openedAt, closedAt } = cases;
    return inbox.sql
      .select({ openedAt, closedAt })
      .from(cases)
      .where(and(sql`${cases.conversationId} in ${partsOf(sql.placeholder('id'))}`, isNotNull(closedAt)))
      .orderBy(desc(closedAt))
      .limit(EARLIER_CASES)
      .prepare();
  });
  const rows = await statement.all({ id });
  return rows.map((row) => ({ openedAt: row.openedAt, closedAt: row.closedAt ?? row.openedAt }));
}

/** A quote of another conversation's message is none. */
async function loadQuoted(
  inbox: Inbox,
  conversationId: number | undefined,
  quote: string | undefined,
  viewer: Viewer,
): Promise<ThreadMessage['quoted']> {
  const messageId = parseId(quote ?? '');
  const [found] = messageId === null ? [] : await loadMessages(inbox, [messageId]);
  const message = found && !seesPhones(viewer) ? maskedMessage(found) : found;
  return message && message.conversationId === conversationId
    ? {
        id: message.id,
        author: message.author.name,
        excerpt: message.text.slice(0, 120),
        ...fileInQuote(message.content, message.files),
      }
    : null;
}
