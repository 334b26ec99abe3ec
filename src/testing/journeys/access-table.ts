/** What the table speaks of: ids in Ada's account, and an address of a file that exists. */
export type Landmarks = {
  conversation: number;
  messageIn: number;
  messageOut: number;
  journal: number;
  asset: string;
  webhookKey: string;
  /** The user id of an agent. */
  agent: number;
  /** An open invitation. */
  invitation: number;
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
/** A link that nobody made. */
const unknownLink = { anonymous: 404, agent: 404, stranger: 404 };
/** For those who look after people: an agent may not, and another account's owner finds nobody there. */
const ofPeople = { anonymous: 303, agent: 403, stranger: 404 };
/** Somebody sets it for themselves. */
const own = { anonymous: 303, agent: 303, stranger: 303 };
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

  'GET /forgot': open,
  'POST /forgot': open,
  'GET /reset': open,
  'GET /reset/:token': { ...unknownLink, at: () => '/reset/guessed' },
  'POST /reset/:token': {
    ...unknownLink,
    at: () => '/reset/guessed',
    fields: () => ({ password: 'quiet rivers run 42' }),
  },
  'GET /invite/:token': { ...unknownLink, at: () => '/invite/guessed' },
  'POST /invite/:token': {
    ...unknownLink,
    at: () => '/invite/guessed',
    fields: () => ({ name: 'Eve', password: 'quiet rivers run 42' }),
  },
  'GET /email/:token': { ...unknownLink, at: () => '/email/guessed' },
  'POST /email/:token': { ...unknownLink, at: () => '/email/guessed' },
  // Nobody may sign up unless the install is open to it, and can send mail.
  'GET /signup': unknownLink,
  'POST /signup': unknownLink,
  'GET /signup/:token': { ...unknownLink, at: () => '/signup/guessed' },
  'POST /signup/:token': { ...unknownLink, at: () => '/signup/guessed', fields: () => setupForm },
  'POST /account': {
    anonymous: 303,
    agent: 404,
    stranger: 404,
    fields: ({ conversation: id }) => ({ account: String(id) }),
  },

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
  'GET /settings/people': { anonymous: 303, agent: 403, stranger: 200 },
  'GET /settings/people/invitations/new': { anonymous: 303, agent: 403, stranger: 200 },
  // A stranger's own form, without a role that exists in their account.
  'POST /settings/people/invitations': {
    anonymous: 303,
    agent: 403,
    stranger: 422,
    fields: ({ agent }) => ({ email: 'eve@elsewhere.example', name: 'Eve', role: String(agent) }),
  },
  'POST /settings/people/invitations/:id/renewal': {
    ...ofPeople,
    at: ({ invitation }) => `/settings/people/invitations/${invitation}/renewal`,
  },
  'POST /settings/people/invitations/:id/withdrawal': {
    ...ofPeople,
    at: ({ invitation }) => `/settings/people/invitations/${invitation}/withdrawal`,
  },
  'GET /settings/people/links/:key': {
    anonymous: 303,
    agent: 403,
    stranger: 200,
    at: () => '/settings/people/links/guessed',
  },
  'GET /settings/people/:id': { ...ofPeople, at: ({ agent }) => `/settings/people/${agent}` },
  'POST /settings/people/:id/place': {
    ...ofPeople,
    at: ({ agent }) => `/settings/people/${agent}/place`,
    fields: ({ agent }) => ({ role: String(agent) }),
  },
  'POST /settings/people/:id/return': {
    ...ofPeople,
    at: ({ agent }) => `/settings/people/${agent}/return`,
    fields: ({ agent }) => ({ role: String(agent) }),
  },
  'POST /settings/people/:id/email': {
    ...ofPeople,
    at: ({ agent }) => `/settings/people/${agent}/email`,
    fields: () => ({ email: 'eve@elsewhere.example' }),
  },
  'POST /settings/people/:id/reset-link': {
    ...ofPeople,
    at: ({ agent }) => `/settings/people/${agent}/reset-link`,
  },
  'GET /settings/people/:id/deactivation': {
    ...ofPeople,
    at: ({ agent }) => `/settings/people/${agent}/deactivation`,
  },
  'POST /settings/people/:id/deactivation': {
    ...ofPeople,
    at: ({ agent }) => `/settings/people/${agent}/deactivation`,
  },
  'GET /settings/people/:id/left': { ...ofPeople, at: ({ agent }) => `/settings/people/${agent}/left` },
  'GET /settings/people/:id/ownership': {
    ...ofPeople,
    at: ({ agent }) => `/settings/people/${agent}/ownership`,
  },
  'POST /settings/people/:id/ownership': {
    ...ofPeople,
    at: ({ agent }) => `/settings/people/${agent}/ownership`,
    fields: () => ({ becomes: 'admin' }),
  },
  'GET /settings/journal': { anonymous: 303, agent: 403, stranger: 200 },
  'POST /journal/:id/replays': {
    anonymous: 303,
    agent: 403,
    stranger: 404,
    at: ({ journal }) => `/journal/${journal}/replays`,
  },
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
  'POST /me/profile': { ...own, fields: () => ({ name: 'Bo Sithole', time_zone: '' }) },
  'POST /me/picture': { anonymous: 303, agent: 422, stranger: 422, fields: () => ({ picture: '' }) },
  'POST /me/picture/removal': own,
  // Without mail an admin changes it.
  'POST /me/email': {
    anonymous: 303,
    agent: 403,
    stranger: 403,
    fields: () => ({ email: 'eve@elsewhere.example' }),
  },
  'GET /people/:id/picture': {
    anonymous: 303,
    agent: 404,
    stranger: 404,
    at: ({ agent }) => `/people/${agent}/picture`,
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
