import { findAccount } from '#src/accounts/find-account.ts';
import { findPerson } from '#src/contacts/contact.ts';
import { findConversation, parseId } from '#src/conversations/conversation.ts';
import { seesPhones } from '#src/conversations/masking.ts';
import { loadSummaries } from '#src/conversations/summaries.ts';
import { viewOf } from '#src/conversations/views.ts';
import type { Inbox } from '#src/db/inbox.ts';
import { NotFound } from '#src/errors.ts';
import type { PersonViewer } from '#src/live/topics.ts';
import { demand } from '#src/people/permission.ts';
import { BLANK } from '#src/search/asked.ts';
import type { SearchLimits } from '#src/search/limits.ts';
import { loadSearch, type SearchPageServices } from '#src/search/load-search.ts';
import type { SendingProps } from '#views/sending/sending-page.tsx';
import { readDraft } from './draft.ts';
import { loadMessages } from './load.ts';
import { maskedMessage } from './masked-message.ts';
import type { SendingKind, SendingValues } from './sending-form.ts';
import type { SendingPreview } from './sending-preview.ts';

/** A form that came back: refused, or with how it would look. */
export type Filling = {
  values: SendingValues;
  errors: Record<string, string>;
  collision: number | undefined;
  /** Its key was used for another message: under it nothing else can be sent. */
  needsKey: boolean;
  shown: SendingPreview | null;
};

type Wanted = {
  conversationId: number;
  kind: SendingKind;
  back?: string | undefined;
  /** The message that is answered; without it, the one that the viewer's draft answers. */
  quote?: string | undefined;
  /** Whom a contact is looked for by, and who was chosen. */
  q?: string | undefined;
  contact?: string | undefined;
  filled?: Filling;
};

/** The form of one kind, for one customer. Throws `NotFound` and `Forbidden`. */
export async function loadSendingPage(
  services: SearchPageServices,
  limits: SearchLimits,
  viewer: PersonViewer,
  wanted: Wanted,
): Promise<SendingProps> {
  const { kind, q = '', filled } = wanted;
  const account = await findAccount(services.control, viewer.accountId, viewer);
  const loaded = await services.accounts.use(viewer.accountId, async (inbox) => {
    const { id } = await findConversation(inbox, wanted.conversationId, viewer);
    demand(viewer, 'messages.send');
    const [row] = await loadSummaries(inbox, [id], viewer);
    if (!row) {
      throw new NotFound(`conversation ${id}`);
    }
    return {
      row,
      quoting: await loadQuoted(inbox, id, viewer, wanted.quote),
      values: filled?.values ?? (await readChosen(inbox, viewer, wanted)),
    };
  });
  // A masked number is none that could be passed on.
  const maySearch = kind === 'contacts' && seesPhones(viewer);
  const search = maySearch
    ? (await loadSearch(services, limits, viewer, { ...BLANK, only: 'contacts', q }, 'box')).state
    : null;
  return {
    ...loaded,
    viewer,
    account: account.name,
    kind,
    view: viewOf(wanted.back) ?? 'all',
    q,
    search,
    errors: filled?.errors ?? {},
    shown: filled?.shown ?? null,
    seenId: Math.max(filled?.collision ?? 0, Number(filled?.values.seen ?? loaded.row.lastMessage?.id ?? 0)),
    key: filled && !filled.needsKey ? (filled.values.key ?? '') : crypto.randomUUID(),
    now: services.now(),
  };
}

async function loadQuoted(inbox: Inbox, conversationId: number, viewer: PersonViewer, quote?: string) {
  const asked =
    quote === undefined ? (await readDraft(inbox, conversationId, viewer.userId)).quotedId : parseId(quote);
  const [found] = asked === null ? [] : await loadMessages(inbox, [asked]);
  if (found?.conversationId !== conversationId) {
    return null;
  }
  const { id, author, text } = seesPhones(viewer) ? found : maskedMessage(found);
  return { id, author: author.name, excerpt: text.slice(0, 120), type: found.type };
}

/** The card of a contact of this inbox that the viewer may see. */
async function readChosen(
  inbox: Inbox,
  viewer: PersonViewer,
  { kind, contact }: Wanted,
): Promise<SendingValues> {
  const contactId = parseId(contact ?? '');
  if (kind !== 'contacts' || contactId === null || !seesPhones(viewer)) {
    return {};
  }
  const person = await findPerson(inbox, contactId, viewer);
  const phone = person.conversations.find((one) => one.contact.phone !== null)?.contact.phone ?? null;
  return {
    contactName: person.name,
    ...(phone === null ? {} : { contactPhone: phone, contactWaId: '1' }),
  };
}
