/** What the table speaks of: ids in Ada's account, and an address of a file that exists. */
export type Landmarks = {
  conversation: number;
  messageIn: number;
  messageOut: number;
  journal: number;
  apiKey: number;
  asset: string;
  webhookKey: string;
};

export type Access = {
  /** The address to try; the route's own path unless it has parameters. */
  at?: (marks: Landmarks) => string;
  fields?: (marks: Landmarks) => Record<string, string>;
  /** The statuses that somebody not signed in, an agent, and the owner of another account get. */
  anonymous: number;
  agent: number;
  stranger: number;
};

const open = { anonymous: 200, agent: 200, stranger: 200 };
/** Whoever is not signed in is shown the door; for others it does not exist. */
const conversation = { anonymous: 303, agent: 200, stranger: 404 };
const change = { anonymous: 303, agent: 303, stranger: 404 };
/** A session opens nothing here: only an API key or a signature does. */
const byKey = { anonymous: 401, agent: 401, stranger: 401 };

const setupForm = {
  account_name: 'Mine now',
  business_name: 'Mine now',
  name: 'Eve',
  email: 'eve@elsewhere.example',
  password: 'quiet rivers run 42',
  time_zone: 'UTC',
};

/** Every route of the product, and who gets what there. */
export const accessTable: Record<string, Access> = {
  'GET /up': open,
  'GET /readyz': open,
  // For nobody unless a token is configured, and then for its bearer only.
  'GET /metrics': { anonymous: 404, agent: 404, stranger: 404 },
  'GET /assets/:hash/:name': { ...open, at: ({ asset }) => asset },
  'GET /favicon.ico': open,

  'GET /webhooks/whatsapp': { anonymous: 403, agent: 403, stranger: 403 },
  'GET /webhooks/whatsapp/:key': {
    anonymous: 403,
    agent: 403,
    stranger: 403,
    at: ({ webhookKey }) => webhookKey,
  },
  'POST /webhooks/whatsapp': byKey,
  'POST /webhooks/whatsapp/:key': { ...byKey, at: ({ webhookKey }) => webhookKey },

  'GET /setup/:token': { anonymous: 404, agent: 404, stranger: 404, at: () => '/setup/guessed' },
  'POST /setup/:token': {
    anonymous: 404,
    agent: 404,
    stranger: 404,
    at: () => '/setup/guessed',
    fields: () => setupForm,
  },
  'GET /login': { anonymous: 200, agent: 303, stranger: 303 },
  'POST /login': { anonymous: 422, agent: 422, stranger: 422 },

  'GET /': { anonymous: 303, agent: 303, stranger: 303 },
  'GET /inbox': { anonymous: 303, agent: 303, stranger: 303 },
  'GET /inbox/:view': { anonymous: 303, agent: 200, stranger: 200, at: () => '/inbox/all' },
  'GET /inbox/:view/:id': { ...conversation, at: (marks) => `/inbox/all/${marks.conversation}` },
  'GET /inbox/:view/:id/contact': {
    ...conversation,
    at: (marks) => `/inbox/all/${marks.conversation}/contact`,
  },
  'GET /c/:id': { ...change, at: (marks) => `/c/${marks.conversation}` },

  'POST /conversations/:id/assignment': {
    ...change,
    at: (marks) => `/conversations/${marks.conversation}/assignment`,
    fields: () => ({ assignee: '', back: 'all' }),
  },
  'POST /conversations/:id/closure': {
    ...change,
    at: (marks) => `/conversations/${marks.conversation}/closure`,
    fields: () => ({ back: 'all' }),
  },
  'POST /conversations/:id/reopening': {
    ...change,
    at: (marks) => `/conversations/${marks.conversation}/reopening`,
    fields: () => ({ back: 'all' }),
  },
  'POST /conversations/:id/waiver': {
    ...change,
    at: (marks) => `/conversations/${marks.conversation}/waiver`,
    fields: () => ({ back: 'all' }),
  },
  'POST /conversations/:id/messages': {
    ...change,
    at: (marks) => `/conversations/${marks.conversation}/messages`,
    fields: () => ({ text: 'Hello', key: 'sweep', quoted: '', back: 'all' }),
  },
  'GET /conversations/:id/draft': {
    ...conversation,
    at: (marks) => `/conversations/${marks.conversation}/draft`,
  },
  'POST /conversations/:id/draft': {
    ...change,
    at: (marks) => `/conversations/${marks.conversation}/draft`,
    fields: () => ({ text: 'Half', key: 'sweep-draft', revision: '0', back: 'all' }),
  },
  'POST /conversations/:id/reading': {
    ...change,
    at: (marks) => `/conversations/${marks.conversation}/reading`,
    fields: ({ messageIn }) => ({ message: String(messageIn), back: 'all' }),
  },
  'POST /messages/:id/reaction': {
    ...change,
    at: ({ messageIn }) => `/messages/${messageIn}/reaction`,
    fields: () => ({ emoji: '👍', back: 'all' }),
  },
  'POST /messages/:id/resolution': {
    ...change,
    at: ({ messageOut }) => `/messages/${messageOut}/resolution`,
    fields: () => ({ choice: 'leave', back: 'all' }),
  },
  'POST /messages/:id/cancellation': {
    ...change,
    at: ({ messageOut }) => `/messages/${messageOut}/cancellation`,
    fields: () => ({ back: 'all' }),
  },

  'GET /search': { anonymous: 303, agent: 200, stranger: 200, at: () => '/search?q=cement' },
  'GET /settings': { anonymous: 303, agent: 403, stranger: 200 },
  'GET /settings/journal': { anonymous: 303, agent: 403, stranger: 200 },
  'POST /journal/:id/replays': {
    anonymous: 303,
    agent: 403,
    stranger: 404,
    at: ({ journal }) => `/journal/${journal}/replays`,
  },
  'GET /settings/api': { anonymous: 303, agent: 403, stranger: 200 },
  'GET /settings/api/new': { anonymous: 303, agent: 403, stranger: 200 },
  'POST /settings/api': {
    anonymous: 303,
    agent: 403,
    stranger: 200,
    fields: () => ({ name: 'Sweep', 'conversations.read': '1', expiry: 'never' }),
  },
  'GET /settings/api/:id/revocation': {
    anonymous: 303,
    agent: 403,
    stranger: 404,
    at: ({ apiKey }) => `/settings/api/${apiKey}/revocation`,
  },
  'POST /settings/api/:id/revocation': {
    anonymous: 303,
    agent: 403,
    stranger: 404,
    at: ({ apiKey }) => `/settings/api/${apiKey}/revocation`,
  },
  'GET /settings/audit': { anonymous: 303, agent: 403, stranger: 200 },
  'GET /settings/audit.csv': { anonymous: 303, agent: 403, stranger: 200 },
  'GET /settings/audit.json': { anonymous: 303, agent: 403, stranger: 200 },
  // For the operator alone, who is neither of these.
  'GET /operator': { anonymous: 303, agent: 404, stranger: 404 },
  'GET /operator/figures': { anonymous: 303, agent: 404, stranger: 404 },
  'GET /me': { anonymous: 303, agent: 200, stranger: 200 },
  'POST /me/display': {
    anonymous: 303,
    agent: 303,
    stranger: 303,
    fields: () => ({ theme: 'dark', density: 'auto' }),
  },
  'GET /live/position': { anonymous: 303, agent: 204, stranger: 204 },
  'WS /live': { anonymous: 303, agent: 101, stranger: 101 },

  'GET /api/v1/conversations': byKey,
  'GET /api/v1/conversations/:id/messages': {
    ...byKey,
    at: (marks) => `/api/v1/conversations/${marks.conversation}/messages`,
  },
  'POST /api/v1/conversations/:id/messages': {
    ...byKey,
    at: (marks) => `/api/v1/conversations/${marks.conversation}/messages`,
  },
  'GET /api/v1/search': { ...byKey, at: () => '/api/v1/search?q=cement' },
  'GET /api/v1/media/:id': { ...byKey, at: () => '/api/v1/media/1' },

  // Last: it ends the session that the sweep uses.
  'POST /logout': { anonymous: 303, agent: 303, stranger: 303 },
};
