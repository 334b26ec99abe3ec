import { isUtf8 } from 'node:buffer';
import type { Hostile } from './hostile-values.ts';

/** Where hostile input goes: the conversation and messages of an account that the sender may enter. */
export type Target = {
  url: string;
  /** `name=value` of a session. */
  cookie: string;
  apiKey: string;
  conversationId: number;
  messageId: number;
};

export type Input = {
  name: string;
  send(target: Target, hostile: Hostile): Promise<Response>;
  /** What a success must have stored as the text of a message. */
  wanted?(hostile: Hostile): string;
};

/** Everything that a signed-in person can put into a form. */
const forms: [path: (target: Target) => string, sound: Record<string, string>][] = [
  [
    ({ conversationId }) => `/conversations/${conversationId}/draft`,
    { text: 'a', key: 'b', revision: '0', quoted: '1', back: 'all' },
  ],
  [({ conversationId }) => `/conversations/${conversationId}/assignment`, { assignee: '', back: 'all' }],
  [({ conversationId }) => `/conversations/${conversationId}/closure`, { back: 'all' }],
  [({ conversationId }) => `/conversations/${conversationId}/reopening`, { back: 'all' }],
  [({ conversationId }) => `/conversations/${conversationId}/waiver`, { back: 'all' }],
  [({ conversationId }) => `/conversations/${conversationId}/reading`, { message: '1' }],
  [({ messageId }) => `/messages/${messageId}/reaction`, { emoji: '👍' }],
  [({ messageId }) => `/messages/${messageId}/resolution`, { choice: 'leave' }],
  [() => '/me/display', { theme: 'dark', density: 'compact' }],
  [
    () => '/setup/a-token-that-nobody-has',
    { account_name: 'a', name: 'b', email: 'c@d.example', password: 'e' },
  ],
];

const addresses: ((target: Target, text: string) => string)[] = [
  (_, text) => `/inbox/${text}`,
  (_, text) => `/inbox/all?cursor=${text}`,
  (_, text) => `/inbox/all/${text}`,
  ({ conversationId }, text) => `/inbox/all/${conversationId}?before=${text}&quote=${text}`,
  ({ conversationId }, text) => `/inbox/all/${conversationId}/contact?cursor=${text}`,
  (_, text) => `/c/${text}`,
  (_, text) => `/settings/journal?cursor=${text}`,
  (_, text) => `/setup/${text}`,
  (_, text) => `/assets/${text}/${text}`,
  (_, text) => `/webhooks/whatsapp/${text}?hub.mode=subscribe&hub.challenge=${text}&hub.verify_token=${text}`,
  (_, text) => `/live?conversation=${text}&seen=${text}`,
  (_, text) => `/${text}`,
];

const apiAddresses: ((target: Target, text: string) => string)[] = [
  (_, text) => `/conversations?state=${text}`,
  (_, text) => `/conversations?assignee=${text}&cursor=${text}`,
  (_, text) => `/conversations?limit=${text}`,
  ({ conversationId }, text) => `/conversations/${conversationId}/messages?before=${text}&limit=${text}`,
  (_, text) => `/conversations/${text}/messages`,
  (_, text) => `/media/${text}`,
  (_, text) => `/${text}`,
];

const headers = [
  'user-agent',
  'accept-language',
  'hx-current-url',
  'if-none-match',
  'x-forwarded-for',
  'x-request-id',
  'accept-encoding',
  'range',
];

export const inputs: readonly Input[] = [
  {
    name: 'the text of a message',
    wanted: ({ raw }) => asTyped(isUtf8(raw) ? raw.toString() : percent(raw)),
    send: (target, hostile) =>
      postForm(target, messagesOf(target), { text: hostile, key: crypto.randomUUID() }),
  },
  ...['key', 'quoted', 'seen', 'revision', 'back'].map((field) => ({
    name: `${field} of a message`,
    send: (target: Target, hostile: Hostile) =>
      postForm(target, messagesOf(target), { text: 'sound', key: crypto.randomUUID(), [field]: hostile }),
  })),
  ...forms.flatMap(([path, sound]) =>
    Object.keys(sound).map((field) => ({
      name: `${field} at ${path({ conversationId: 1, messageId: 1 } as Target)}`,
      send: (target: Target, hostile: Hostile) =>
        postForm(target, path(target), { ...sound, [field]: hostile }),
    })),
  ),
  ...addresses.map((address, place) => ({
    name: `address ${place}`,
    send: (target: Target, hostile: Hostile) => askPage(target, address(target, percent(hostile.raw))),
  })),
  ...headers.map((header) => ({
    name: `header ${header}`,
    send: (target: Target, hostile: Hostile) =>
      askPage(target, '/inbox/all', { [header]: printable(hostile) }),
  })),
  {
    name: 'cookie',
    send: (target, hostile) =>
      askPage(target, '/inbox/all', {
        cookie: `${target.cookie}; a=${printable(hostile)}; ${printable(hostile)}`,
      }),
  },
  {
    name: 'text by API',
    wanted: ({ text }) => asTyped(text ?? ''),
    send: (target, { json }) =>
      postJson(target, [Buffer.from('{"type":"text","text":{"body":'), json, Buffer.from('}}')]),
  },
  {
    name: 'type by API',
    send: (target, { json }) =>
      postJson(target, [Buffer.from('{"type":'), json, Buffer.from(',"text":{"body":"a"}}')]),
  },
  {
    name: 'the whole text object by API',
    send: (target, { json }) =>
      postJson(target, [Buffer.from('{"type":"text","text":'), json, Buffer.from('}')]),
  },
  { name: 'the whole body by API', send: (target, { json }) => postJson(target, [json]) },
  {
    name: 'idempotency key',
    send: (target, hostile) =>
      postJson(target, [Buffer.from('{"type":"text","text":{"body":"a"}}')], {
        'idempotency-key': printable(hostile),
      }),
  },
  ...apiAddresses.map((address, place) => ({
    name: `API address ${place}`,
    send: (target: Target, hostile: Hostile) => askApi(target, address(target, percent(hostile.raw))),
  })),
  {
    name: 'API key',
    send: (target, hostile) =>
      askApi(target, '/conversations', { authorization: `Bearer ${printable(hostile)}` }),
  },
];

/** What somebody who is not signed in can send; wrong passwords make the next ones wait. */
export const doorInputs: readonly Input[] = [
  {
    name: 'the address of the door',
    send: (target, { raw }) => askPage({ ...target, cookie: 'none=1' }, `/login?next=${percent(raw)}`),
  },
  ...['email', 'password', 'next'].map((field) => ({
    name: `${field} at the door`,
    send: (target: Target, hostile: Hostile) =>
      postForm({ ...target, cookie: 'none=1' }, '/login', {
        email: `${crypto.randomUUID()}@mbare.example`,
        password: 'a',
        next: '/',
        [field]: hostile,
      }),
  })),
];

const messagesOf = ({ conversationId }: Target) => `/conversations/${conversationId}/messages`;

function postForm(
  { url, cookie }: Target,
  path: string,
  fields: Record<string, string | Hostile>,
): Promise<Response> {
  const body = Object.entries(fields)
    .map(([name, given]) => `${name}=${percent(typeof given === 'string' ? Buffer.from(given) : given.raw)}`)
    .join('&');
  const type = 'application/x-www-form-urlencoded';
  return fetch(url + path, {
    method: 'POST',
    redirect: 'manual',
    headers: { cookie, origin: url, 'sec-fetch-site': 'same-origin', 'content-type': type },
    body,
  });
}

function askPage(
  { url, cookie }: Target,
  path: string,
  more: Record<string, string> = {},
): Promise<Response> {
  return fetch(url + path, {
    redirect: 'manual',
    headers: { cookie, 'sec-fetch-site': 'same-origin', ...more },
  });
}

function askApi({ url, apiKey }: Target, path: string, more: Record<string, string> = {}): Promise<Response> {
  return fetch(`${url}/api/v1${path}`, { headers: { authorization: `Bearer ${apiKey}`, ...more } });
}

function postJson(
  { url, apiKey, conversationId }: Target,
  body: Buffer[],
  more: Record<string, string> = {},
): Promise<Response> {
  return fetch(`${url}/api/v1/conversations/${conversationId}/messages`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${apiKey}`,
      'content-type': 'application/json',
      'idempotency-key': crypto.randomUUID(),
      ...more,
    },
    body: Buffer.concat(body),
  });
}

/** As the person who wrote it meant it: lines end as everywhere, and nothing stands around it. */
function asTyped(text: string): string {
  return text.replaceAll('\0', '').replaceAll('\r\n', '\n').trim();
}

/** Every byte for itself, so that what is no UTF-8 arrives as it is. */
function percent(raw: Buffer): string {
  return raw.toString('hex').replaceAll(/../g, '%$&');
}

/** What a header can hold of it at all: bytes that end no line. */
function printable({ raw }: Hostile): string {
  return (
    raw
      .toString('latin1')
      .replaceAll(/[^\t\x20-\x7e\x80-\xff]/g, ' ')
      .trim()
      .slice(0, 4_000) || '-'
  );
}
