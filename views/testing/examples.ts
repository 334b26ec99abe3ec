import type { ThreadFile } from '#src/attachments/thread-file.ts';
import type { IdentifiedSummary } from '#src/conversations/summary.ts';
import type { MessageContent, ThreadMessage } from '#src/messages/thread-message.ts';
import type { InboxProps } from '../inbox/inbox-page.tsx';
import type { Person } from '../layouts/person.ts';

// A small shop for view tests: Rudo answers Tendai, whose window is open for three hours more.

export const now = Date.parse('2026-11-24T12:00:00Z');
export const hour = 3_600_000;

export const rudo: Person = {
  userId: 1,
  name: 'Rudo',
  permissions: new Set(['conversations.read', 'conversations.write', 'messages.send', 'settings.manage']),
};

export const tendai: IdentifiedSummary = {
  id: 7,
  number: { id: 1, name: 'Sales', displayPhone: '+263 77 555 0100' },
  contact: { id: 9, name: 'Tendai', phone: '+263775550142', bsuid: null, username: null, createdAt: now },
  state: 'open',
  assignee: { id: 1, name: 'Rudo' },
  teamId: null,
  lastMessage: { id: 42, direction: 'in', type: 'text', status: 'received' },
  snippet: 'Are 28 sheets enough?',
  lastArrivedAt: now - hour,
  lastInboundAt: now - hour,
  lastInboundId: 42,
  windowExpiresAt: now + 3 * hour,
  waitingSince: now - hour,
  readMessageId: null,
};

export const question: ThreadMessage = {
  id: 42,
  conversationId: 7,
  direction: 'in',
  author: { kind: 'customer', id: 9, name: 'Tendai' },
  type: 'text',
  text: 'Are 28 sheets enough?',
  content: { kind: 'text' },
  quoted: null,
  forwarded: 'none',
  referral: null,
  product: null,
  isOfGroup: false,
  isElsewhere: false,
  editedAt: null,
  revokedAt: null,
  wamid: 'wamid.42',
  status: 'received',
  asks: false,
  error: null,
  orderedAt: now - hour,
  arrivedAt: now - hour,
  late: false,
  reactions: [],
  files: [],
};

export const answer: ThreadMessage = {
  ...question,
  id: 43,
  direction: 'out',
  author: { kind: 'person', id: 1, name: 'Rudo' },
  text: 'Three ridge caps more.',
  wamid: 'wamid.43',
  status: 'delivered',
  orderedAt: now,
};

/** One message of every kind, with `text` in each place that outsiders fill. */
export function everyKind(text: string): ThreadMessage[] {
  const contents: MessageContent[] = [
    { kind: 'text' },
    { kind: 'media', media: 'document', mime: text, filename: text },
    { kind: 'media', media: 'audio', mime: 'audio/ogg', voice: true },
    { kind: 'location', latitude: -17.8, longitude: 30.9, name: text, address: text },
    {
      kind: 'contacts',
      contacts: [
        {
          name: text,
          organisation: text,
          department: text,
          position: text,
          birthday: text,
          addresses: [{ street: text, city: text, country: text }],
          urls: [{ url: text }],
          phones: [{ phone: text }],
          emails: [{ email: text }],
        },
      ],
    },
    { kind: 'button', title: text },
    { kind: 'list', title: text, description: text },
    {
      kind: 'order',
      catalogId: text,
      items: [
        { product: text, quantity: 28, price: 14.5, currency: 'USD' },
        { product: text, quantity: null, price: 2, currency: text },
      ],
    },
    { kind: 'form', answers: [{ label: text, value: text }] },
    { kind: 'form', answers: [] },
    { kind: 'address', lines: [text, text] },
    { kind: 'call_permission', isGranted: true, until: now, isAutomatic: true },
    { kind: 'call', outcome: 'answered', seconds: 195 },
    { kind: 'revoked' },
    { kind: 'unsupported', metaType: text },
    { kind: 'unsupported', why: 'poll', metaType: text },
  ];
  const outside = {
    author: { kind: 'customer', id: 9, name: text },
    text,
    quoted: { id: 1, author: text, excerpt: text },
    referral: { source: 'ad', headline: text, body: text, url: text, welcome: text },
    product: { product: text, catalogId: text },
    isOfGroup: true,
    editedAt: now,
    reactions: [{ side: 'in', emoji: text, name: text, by: 9, status: 'received', at: now }],
    error: { code: 1, title: text, detail: text },
  } satisfies Partial<ThreadMessage>;
  return contents.flatMap((content, index) =>
    (['received', 'failed'] as const).map((status) => ({
      ...question,
      ...outside,
      id: 100 + index * 2 + (status === 'failed' ? 1 : 0),
      direction: status === 'failed' ? 'out' : 'in',
      content,
      status,
    })),
  );
}

/** A message for every kind and state of a file, with `text` in each place that outsiders fill. */
export function everyFile(text: string): ThreadMessage[] {
  const file: ThreadFile = {
    id: 5,
    state: 'stored',
    name: text,
    mime: text,
    kind: 'file',
    bytes: 68_000,
    hasThumbnail: false,
    size: null,
    duration: null,
    error: null,
  };
  const stored = (['image', 'video', 'audio', 'file'] as const).flatMap((kind) => [
    { ...file, kind },
    { ...file, kind, hasThumbnail: true, size: { width: 1600, height: 1200 }, duration: 34_000 },
  ]);
  const absent = (['waiting', 'fetching', 'failed', 'refused', 'erased'] as const).flatMap((state) => [
    { ...file, state },
    { ...file, state, error: { title: text, detail: text } },
  ]);
  const media = ['image', 'audio', 'document', 'sticker'] as const;
  return [...stored, ...absent].flatMap((one, index) =>
    media.map((kind) => ({
      ...question,
      id: 200 + index,
      text,
      author: { kind: 'customer' as const, id: 9, name: text },
      content: { kind: 'media' as const, media: kind, mime: text, filename: text },
      quoted: { id: 1, author: text, excerpt: text, media: { media: kind }, pictured: 5 },
      files: [one],
    })),
  );
}

export const inbox: InboxProps = {
  viewer: rudo,
  account: { name: 'Mbare Hardware', timeZone: 'Africa/Harare' },
  view: 'mine',
  counts: { mine: 1, unassigned: 0, all: 1 },
  list: { rows: [tendai], next: null },
  open: {
    summary: tendai,
    thread: { messages: [question, answer], events: [], before: null, hasLater: false },
    firstUnreadId: null,
    earlierCases: [],
    marketing: null,
  },
  pane: 'thread',
  members: [
    { id: 1, name: 'Rudo' },
    { id: 2, name: 'Farai' },
  ],
  now,
  livePosition: 'boot-1',
  composerKey: 'key-1',
};
