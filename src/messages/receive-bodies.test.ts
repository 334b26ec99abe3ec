import { afterAll, beforeAll, expect, test } from 'bun:test';
import type { Inbox } from '#src/db/inbox.ts';
import { journal, messages, parkedStatuses, reactions } from '#src/db/schema/inbox/index.ts';
import { bakery, openWebhookBench, type WebhookBench, webhookBody } from '#src/webhooks/testing.ts';
import { readBodies } from '#src/whatsapp/bodies/bodies.ts';
import { loadMessages } from './load.ts';
import type { ThreadMessage } from './thread-message.ts';

let bench: WebhookBench;
let inbox: Inbox;
let shown: Map<string, ThreadMessage>;

/** The bodies that this program has to know, whoever else adds some: each as what it must become. */
const kinds: Record<string, string> = {
  text: 'text text',
  'text-quoting': 'text text edited',
  'text-quoting-unknown': 'text text',
  'text-forwarded': 'text revoked',
  'text-forwarded-often': 'text text',
  'text-product-inquiry': 'text text',
  'text-from-ad': 'text text',
  'text-without-phone': 'text text',
  'text-without-contacts': 'text text',
  'text-in-group': 'text text',
  'image-from-post': 'image image',
  image: 'image image edited',
  video: 'video video',
  audio: 'audio audio',
  'voice-note': 'audio voice',
  'voice-legacy': 'audio voice',
  document: 'document document',
  sticker: 'sticker sticker',
  location: 'location location',
  contacts: 'contacts contacts',
  'contacts-requested': 'contacts contacts',
  'button-reply': 'interactive button',
  'list-reply': 'interactive list',
  'flow-reply': 'interactive form',
  'flow-reply-invalid': 'interactive form',
  'address-reply': 'interactive address',
  'call-permission-granted': 'interactive call_permission',
  'call-permission-refused': 'interactive call_permission',
  button: 'button button',
  order: 'order order',
  'interactive-without-body': 'unsupported not_passed_on',
  unsupported: 'unsupported not_passed_on',
  'unsupported-poll': 'unsupported poll',
  'unsupported-view-once': 'unsupported view_once',
  'unsupported-edit': 'unsupported edit_withheld',
  'unsupported-too-big': 'unsupported too_big',
  unknown: 'unsupported unknown_kind',
};
/** What is done to other messages, and what speaks of none. */
const others = [
  'edit',
  'edit-caption',
  'errors-alone',
  'reaction',
  'reaction-emptied',
  'reaction-removed',
  'revoke',
];

const bodies = readBodies('messages').filter(({ name }) => name in kinds || others.includes(name));

beforeAll(async () => {
  bench = await openWebhookBench([bakery]);
  inbox = await bench.inbox(bakery);
  for (const { value } of bodies) {
    expect((await bench.post(webhookBody(bakery, value))).status).toBe(200);
  }
  await bench.settled();
  const ids = (await inbox.sql.select({ id: messages.id }).from(messages)).map(({ id }) => id);
  shown = new Map((await loadMessages(inbox, ids)).map((message) => [message.wamid ?? '', message]));
});
afterAll(() => bench.close());

const wamidOf = ({ value }: (typeof bodies)[number]) =>
  (value.messages as { id: string }[] | undefined)?.[0]?.id ?? '';

const messageOf = (name: string) => {
  const body = bodies.find((one) => one.name === name);
  const message = body && shown.get(wamidOf(body));
  if (!message) {
    throw new Error(`${name} is not among the messages`);
  }
  return message;
};

function kindOf({ type, content, editedAt }: ThreadMessage): string {
  const edited = editedAt === null ? '' : ' edited';
  if (content.kind === 'media') {
    return `${type} ${content.voice ? 'voice' : content.media}${edited}`;
  }
  return `${type} ${content.kind === 'unsupported' ? content.why : content.kind}${edited}`;
}

test('there is a body for each kind, and each becomes its own', () => {
  expect(bodies.map(({ name }) => name)).toEqual([...Object.keys(kinds), ...others].sort());
  const became = Object.keys(kinds).map((name) => [name, kindOf(messageOf(name))]);
  expect(Object.fromEntries(became)).toEqual(kinds);
});

test('there are as many of each kind as there are bodies of it, and nothing else', async () => {
  const counted = Map.groupBy(shown.values(), ({ content }) => content.kind);
  expect(Object.fromEntries([...counted].map(([kind, of]) => [kind, of.length]))).toEqual({
    text: 9,
    revoked: 1,
    media: 8,
    location: 1,
    contacts: 2,
    button: 2,
    list: 1,
    form: 2,
    address: 1,
    call_permission: 2,
    order: 1,
    unsupported: 7,
  });
  expect(await inbox.sql.select().from(reactions)).toHaveLength(3);
  expect((await inbox.sql.select().from(journal)).every(({ state }) => state === 'done')).toBe(true);
  const waiting = (await inbox.sql.select().from(parkedStatuses)).map(({ status }) => status.split(':')[0]);
  expect(new Set(waiting)).toEqual(new Set(['quote']));
});

test('what goes with a message stands with it', () => {
  expect(messageOf('text-quoting').quoted).toMatchObject({ author: 'Chipo Moyo', isRevoked: false });
  expect(messageOf('text-quoting').text).toBe('These ones, I mean, in green');
  expect(messageOf('text-quoting-unknown').quoted).toMatchObject({ id: null });
  expect(messageOf('text-forwarded-often').forwarded).toBe('often');
  expect(messageOf('text-product-inquiry').product).toEqual({
    product: 'RIDGE-CAP-3M',
    catalogId: '194836987003835',
  });
  expect(messageOf('text-from-ad').referral).toEqual({
    source: 'ad',
    headline: 'A new roof before the rains',
    body: 'Free measuring in Harare and Chitungwiza until Saturday.',
    url: 'https://fb.me/4kQ2roofs',
    sourceId: '120215552345678901',
    media: 'image',
    clickId: 'ARAkLkA8rmlFeiCktEJQ-QTwRiyYHAFDLMNDBH0CD3qpjd0HR4irJ6LE',
    welcome: 'Hello, which roof shall we measure?',
  });
  expect(messageOf('image-from-post').referral).toMatchObject({ source: 'post', body: 'Ask us anything' });
  expect(messageOf('text-in-group').isOfGroup).toBe(true);
  expect(messageOf('text-without-phone').author.name).toBe('Farai');
  expect(messageOf('text').reactions).toMatchObject([{ emoji: '👍', name: 'Chipo Moyo' }]);
  expect(messageOf('video').reactions).toEqual([]);
  expect(messageOf('text-forwarded')).toMatchObject({ text: '', content: { kind: 'revoked' } });
});

test('orders and cards are read to their last line, and a form that is none is kept as text', () => {
  expect(messageOf('flow-reply-invalid').text).toBe('{"screen_0_Your_name_0": "Chipo');
  expect(messageOf('order')).toMatchObject({
    text: 'Please deliver before noon',
    content: { items: { length: 3, 2: { product: 'SCREWS-100', quantity: 2, price: 175, currency: 'ZWG' } } },
  });
  expect(messageOf('contacts').content).toMatchObject({
    contacts: [
      { name: 'Tatenda Phiri', department: 'Estimates', position: 'Foreman', birthday: '1988-03-09' },
    ],
  });
  expect(messageOf('contacts-requested').content).toMatchObject({ contacts: [{ isRequested: true }] });
});
