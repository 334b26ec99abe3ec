import type { Permission } from '#src/people/viewer.ts';

/** What the table speaks of: ids in Ada's account, and an address of a file that exists. */
export type Landmarks = {
  conversation: number;
  /** Whom the conversation is with, and a merge of theirs. */
  contact: number;
  merge: number;
  messageIn: number;
  messageOut: number;
  /** Of the customer's message: a picture with a small one of itself. */
  file: number;
  journal: number;
  apiKey: number;
  role: number;
  team: number;
  asset: string;
  webhookKey: string;
  /** The user id of an agent. */
  agent: number;
};

export type Access = {
  /** What one has to be permitted; without it 403. */
  needs?: Permission;
  /** It is about one conversation: for who does not see that, it does not exist. */
  isOfConversation?: true;
  /** What somebody gets who is permitted it, where that is not what an agent gets. */
  permitted?: number;
  /** The address to try; the route's own path unless it has parameters. */
  at?: (marks: Landmarks) => string;
  fields?: (marks: Landmarks) => Record<string, string>;
  /** The statuses that somebody not signed in, an agent, and the owner of another account get. */
  anonymous: number;
  agent: number;
  stranger: number;
};

/** A template that can be sent in the conversation, with nothing to fill in. */
export const TEMPLATE_ID = '1394800000000000';

const open = { anonymous: 200, agent: 200, stranger: 200 };
/** Whoever is not signed in is shown the door; for others it does not exist. */
const conversation = { anonymous: 303, agent: 200, stranger: 404, isOfConversation: true } as const;
const change = { anonymous: 303, agent: 303, stranger: 404, isOfConversation: true } as const;
const work = { ...change, needs: 'conversations.write' } as const;
/** Merging is for who may; the merge of the table stays as it is. */
const merging = { ...change, needs: 'contacts.merge', agent: 403 } as const;
const answer = { ...change, needs: 'messages.send' } as const;
/** A session opens nothing here: only an API key or a signature does. */
const byKey = { anonymous: 401, agent: 401, stranger: 401 };

/** Only for those who look after the account; the stranger looks after theirs. */
const managed = (at: string, permitted = 200, needs: Permission = 'people.manage'): Access => ({
  anonymous: 303,
  agent: 403,
  stranger: permitted,
  permitted,
  needs,
  at: () => at,
});

/** The same for one thing of the account: for another one's owner it is not there. */
const ofAccount = (permitted: number): Access => ({ ...managed('/', permitted), stranger: 404 });
const nowhere = { anonymous: 404, agent: 404, stranger: 404 };
/** Of somebody's own: there for whoever is signed in, and never anybody else's. */
const ownPage = { anonymous: 303, agent: 200, stranger: 200 };
const ownChange = { anonymous: 303, agent: 303, stranger: 303 };
const ownRefusal = { anonymous: 303, agent: 422, stranger: 422 };
const notOwn = { anonymous: 303, agent: 404, stranger: 404 };

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
  // Nobody is half-way through a sign-in, and there are no passkeys at an address of numbers.
  'GET /login/second-factor': { anonymous: 303, agent: 303, stranger: 303 },
  'POST /login/second-factor': {
    anonymous: 303,
    agent: 303,
    stranger: 303,
    fields: () => ({ code: '000000' }),
  },
  'POST /login/second-factor/passkey/options': nowhere,
  'POST /login/second-factor/passkey': { ...nowhere, fields: () => ({ credential: '{}' }) },
  'POST /login/passkey/options': nowhere,
  'POST /login/passkey': { ...nowhere, fields: () => ({ credential: '{}' }) },

  'GET /forgot': open,
  'POST /forgot': open,
  'GET /reset': open,
  'GET /reset/:token': { ...nowhere, at: () => '/reset/guessed' },
  'POST /reset/:token': {
    ...nowhere,
    at: () => '/reset/guessed',
    fields: () => ({ password: 'quiet rivers run 42' }),
  },
  'GET /invite/:token': { ...nowhere, at: () => '/invite/guessed' },
  'POST /invite/:token': {
    ...nowhere,
    at: () => '/invite/guessed',
    fields: () => ({ name: 'Eve', password: 'quiet rivers run 42' }),
  },
  'GET /email/:token': { ...nowhere, at: () => '/email/guessed' },
  'POST /email/:token': { ...nowhere, at: () => '/email/guessed' },
  // Nobody may sign up unless the install is open to it, and can send mail.
  'GET /signup': nowhere,
  'POST /signup': nowhere,
  'GET /signup/:token': { ...nowhere, at: () => '/signup/guessed' },
  'POST /signup/:token': { ...nowhere, at: () => '/signup/guessed', fields: () => setupForm },
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
    ...work,
    at: (marks) => `/conversations/${marks.conversation}/assignment`,
    fields: () => ({ assignee: '', back: 'all' }),
  },
  'GET /contacts/:id/merge': {
    ...merging,
    permitted: 200,
    at: ({ contact }) => `/contacts/${contact}/merge`,
  },
  'POST /contacts/:id/merge': {
    ...merging,
    permitted: 422,
    at: ({ contact }) => `/contacts/${contact}/merge`,
    fields: ({ contact }) => ({ other: String(contact) }),
  },
  'POST /merges/:id/undoing': {
    ...merging,
    permitted: 303,
    at: ({ merge }) => `/merges/${merge}/undoing`,
  },
  'POST /conversations/:id/closure': {
    ...work,
    at: (marks) => `/conversations/${marks.conversation}/closure`,
    fields: () => ({ back: 'all' }),
  },
  'POST /conversations/:id/reopening': {
    ...work,
    at: (marks) => `/conversations/${marks.conversation}/reopening`,
    fields: () => ({ back: 'all' }),
  },
  'POST /conversations/:id/waiver': {
    ...work,
    at: (marks) => `/conversations/${marks.conversation}/waiver`,
    fields: () => ({ back: 'all' }),
  },
  'GET /conversations/:id/templates': {
    ...conversation,
    needs: 'messages.send',
    at: (marks) => `/conversations/${marks.conversation}/templates`,
  },
  'GET /conversations/:id/templates/:template': {
    ...conversation,
    needs: 'messages.send',
    at: (marks) => `/conversations/${marks.conversation}/templates/${TEMPLATE_ID}`,
  },
  'POST /conversations/:id/templates/:template/preview': {
    ...conversation,
    needs: 'messages.send',
    at: (marks) => `/conversations/${marks.conversation}/templates/${TEMPLATE_ID}/preview`,
    fields: () => ({ back: 'all' }),
  },
  'POST /conversations/:id/templates/:template/messages': {
    ...answer,
    at: (marks) => `/conversations/${marks.conversation}/templates/${TEMPLATE_ID}/messages`,
    fields: () => ({ key: 'sweep-template', back: 'all' }),
  },
  'GET /templates': { ...ownPage, needs: 'conversations.read' },
  'POST /templates/sync': managed('/templates/sync', 303, 'settings.manage'),
  'POST /conversations/:id/messages': {
    ...answer,
    at: (marks) => `/conversations/${marks.conversation}/messages`,
    fields: () => ({ text: 'Hello', key: 'sweep', quoted: '', back: 'all' }),
  },
  'POST /contacts/:id/blocking': {
    ...change,
    needs: 'contacts.block',
    at: ({ contact }) => `/contacts/${contact}/blocking`,
    fields: () => ({ back: 'all' }),
  },
  // Last said of the two, so that the rest of the table finds nobody blocked.
  'POST /contacts/:id/unblocking': {
    ...change,
    needs: 'contacts.block',
    at: ({ contact }) => `/contacts/${contact}/unblocking`,
    fields: () => ({ back: 'all' }),
  },
  'GET /conversations/:id/messages/:kind': {
    ...conversation,
    needs: 'messages.send',
    at: (marks) => `/conversations/${marks.conversation}/messages/location`,
  },
  'POST /conversations/:id/messages/:kind': {
    ...answer,
    at: (marks) => `/conversations/${marks.conversation}/messages/location`,
    fields: () => ({ latitude: '1', longitude: '2', key: 'sweep-place', back: 'all' }),
  },
  'GET /conversations/:id/draft': {
    ...conversation,
    at: (marks) => `/conversations/${marks.conversation}/draft`,
  },
  'POST /conversations/:id/draft': {
    ...answer,
    at: (marks) => `/conversations/${marks.conversation}/draft`,
    fields: () => ({ text: 'Half', key: 'sweep-draft', revision: '0', back: 'all' }),
  },
  'POST /conversations/:id/reading': {
    ...change,
    at: (marks) => `/conversations/${marks.conversation}/reading`,
    fields: ({ messageIn }) => ({ message: String(messageIn), back: 'all' }),
  },
  'POST /messages/:id/reaction': {
    ...answer,
    at: ({ messageIn }) => `/messages/${messageIn}/reaction`,
    fields: () => ({ emoji: '👍', back: 'all' }),
  },
  'POST /messages/:id/resolution': {
    ...answer,
    at: ({ messageOut }) => `/messages/${messageOut}/resolution`,
    fields: () => ({ choice: 'leave', back: 'all' }),
  },
  'POST /messages/:id/repetition': {
    ...answer,
    at: ({ messageOut }) => `/messages/${messageOut}/repetition`,
  },
  'POST /messages/:id/cancellation': {
    ...answer,
    at: ({ messageOut }) => `/messages/${messageOut}/cancellation`,
    fields: () => ({ back: 'all' }),
  },

  'POST /conversations/:id/files': {
    ...answer,
    agent: 201,
    at: (marks) => `/conversations/${marks.conversation}/files`,
    fields: () => ({ of: 'a file' }),
  },
  // It is the customer's: nobody has put it there to be sent.
  'POST /files/:id/removal': { ...notOwn, at: ({ file }) => `/files/${file}/removal` },
  // The message of the sweep was never changed, and carries no card.
  'GET /messages/:id/versions': {
    ...conversation,
    agent: 404,
    at: ({ messageIn }) => `/messages/${messageIn}/versions`,
  },
  'POST /messages/:id/contacts': {
    ...change,
    agent: 404,
    at: ({ messageIn }) => `/messages/${messageIn}/contacts`,
    fields: () => ({ card: '0' }),
  },

  'GET /files/:id': { ...conversation, at: ({ file }) => `/files/${file}` },
  'POST /files/:id/fetching': { ...answer, at: ({ file }) => `/files/${file}/fetching` },
  'GET /files/:id/thumbnail': { ...conversation, at: ({ file }) => `/files/${file}/thumbnail` },

  'GET /search': { anonymous: 303, agent: 200, stranger: 200, at: () => '/search?q=cement' },
  'GET /settings': { anonymous: 303, agent: 403, stranger: 200, permitted: 200, needs: 'people.manage' },
  'GET /numbers': managed('/numbers', 200, 'settings.manage'),
  'GET /numbers/:id': managed('/numbers/1', 404, 'settings.manage'),
  'GET /numbers/rates': managed('/numbers/rates', 200, 'settings.manage'),
  'POST /numbers/rates': {
    ...managed('/numbers/rates', 422, 'settings.manage'),
    fields: () => ({ calling_code: '', category: 'service', price: 'free', currency: 'USD' }),
  },
  'POST /numbers/rates/removal': {
    ...managed('/numbers/rates/removal', 303, 'settings.manage'),
    fields: () => ({ calling_code: '999', category: 'service', since: '202611' }),
  },
  'GET /numbers/:id/sending': managed('/numbers/1/sending', 404, 'settings.manage'),
  'POST /numbers/:id/sending': {
    ...managed('/numbers/1/sending', 404, 'settings.manage'),
    fields: () => ({ receipts: 'opened' }),
  },
  'POST /numbers/:id/resumption': managed('/numbers/1/resumption', 404, 'settings.manage'),
  'POST /notices/:id/dismissal': managed('/notices/1/dismissal', 404, 'settings.manage'),
  'GET /settings/roles': managed('/settings/roles'),
  'GET /settings/roles/new': managed('/settings/roles/new'),
  'POST /settings/roles': { ...managed('/settings/roles', 422), fields: () => ({ name: '' }) },
  'GET /settings/roles/:id': { ...ofAccount(200), at: ({ role }) => `/settings/roles/${role}` },
  'POST /settings/roles/:id': {
    ...ofAccount(303),
    at: ({ role }) => `/settings/roles/${role}`,
    fields: () => ({ name: 'Mine', reach: 'all', seesUnassigned: 'yes', seesPhones: 'yes' }),
  },
  // Every account has it, so it stays.
  'POST /settings/roles/:id/removal': {
    ...ofAccount(422),
    at: ({ role }) => `/settings/roles/${role}/removal`,
  },
  'GET /settings/teams': managed('/settings/teams'),
  'GET /settings/teams/new': managed('/settings/teams/new'),
  'POST /settings/teams': { ...managed('/settings/teams', 422), fields: () => ({ name: '' }) },
  'GET /settings/teams/:id': { ...ofAccount(200), at: ({ team }) => `/settings/teams/${team}` },
  'POST /settings/teams/:id': {
    ...ofAccount(422),
    at: ({ team }) => `/settings/teams/${team}`,
    fields: () => ({ name: '' }),
  },
  'POST /settings/teams/:id/removal': {
    ...managed('/settings/teams/1/removal', 404),
  },
  'GET /settings/people': managed('/settings/people'),
  'GET /settings/people/invitations/new': managed('/settings/people/invitations/new'),
  'POST /settings/people/invitations': {
    ...managed('/settings/people/invitations', 422),
    fields: () => ({ email: 'eve@elsewhere.example', name: 'Eve', role: '1' }),
  },
  'POST /settings/people/invitations/:id/renewal': managed('/settings/people/invitations/1/renewal', 404),
  'POST /settings/people/invitations/:id/withdrawal': managed(
    '/settings/people/invitations/1/withdrawal',
    404,
  ),
  'GET /settings/people/links/:key': managed('/settings/people/links/guessed'),
  'GET /settings/people/:id': { ...ofAccount(200), at: ({ agent }) => `/settings/people/${agent}` },
  'POST /settings/people/:id/place': {
    ...ofAccount(422),
    at: ({ agent }) => `/settings/people/${agent}/place`,
    fields: () => ({ role: '1' }),
  },
  // They have not left.
  'POST /settings/people/:id/return': {
    ...ofAccount(404),
    at: ({ agent }) => `/settings/people/${agent}/return`,
    fields: ({ role }) => ({ role: String(role) }),
  },
  'POST /settings/people/:id/email': {
    ...ofAccount(303),
    at: ({ agent }) => `/settings/people/${agent}/email`,
    fields: () => ({ email: 'chipo.new@mbare.example' }),
  },
  'POST /settings/people/:id/reset-link': {
    ...ofAccount(303),
    at: ({ agent }) => `/settings/people/${agent}/reset-link`,
  },
  'GET /settings/people/:id/deactivation': {
    ...ofAccount(200),
    at: ({ agent }) => `/settings/people/${agent}/deactivation`,
  },
  // Of nobody, so that the next one finds everybody here.
  'POST /settings/people/:id/deactivation': managed('/settings/people/1/deactivation', 404),
  'GET /settings/people/:id/left': managed('/settings/people/1/left', 404),
  'GET /settings/people/:id/ownership': managed('/settings/people/1/ownership', 404),
  'POST /settings/people/:id/ownership': {
    ...managed('/settings/people/1/ownership', 404),
    fields: () => ({ becomes: 'admin' }),
  },
  'GET /settings/journal': {
    anonymous: 303,
    agent: 403,
    stranger: 200,
    permitted: 200,
    needs: 'settings.manage',
  },
  'POST /journal/:id/replays': {
    anonymous: 303,
    agent: 403,
    stranger: 404,
    // It was understood: there is nothing to replay.
    permitted: 404,
    needs: 'settings.manage',
    at: ({ journal }) => `/journal/${journal}/replays`,
  },
  'GET /settings/api': managed('/settings/api', 200, 'keys.manage'),
  'GET /settings/api/new': managed('/settings/api/new', 200, 'keys.manage'),
  'POST /settings/api': {
    ...managed('/settings/api', 200, 'keys.manage'),
    fields: () => ({ name: 'Sweep', 'conversations.read': '1', expiry: 'never' }),
  },
  'GET /settings/api/:id/revocation': {
    ...managed('/', 200, 'keys.manage'),
    stranger: 404,
    at: ({ apiKey }) => `/settings/api/${apiKey}/revocation`,
  },
  'POST /settings/api/:id/revocation': {
    ...managed('/', 303, 'keys.manage'),
    stranger: 404,
    at: ({ apiKey }) => `/settings/api/${apiKey}/revocation`,
  },
  'GET /settings/audit': managed('/settings/audit', 200, 'audit.read'),
  'GET /settings/audit.csv': managed('/settings/audit.csv', 200, 'audit.read'),
  'GET /settings/audit.json': managed('/settings/audit.json', 200, 'audit.read'),
  // For the operator alone, who is neither of these.
  'GET /operator': { anonymous: 303, agent: 404, stranger: 404 },
  'GET /operator/figures': { anonymous: 303, agent: 404, stranger: 404 },
  'GET /settings/mail': { anonymous: 303, agent: 404, stranger: 404 },
  'POST /settings/mail/tests': { anonymous: 303, agent: 404, stranger: 404 },
  'POST /settings/mail/:id/tries': {
    anonymous: 303,
    agent: 404,
    stranger: 404,
    at: () => '/settings/mail/1/tries',
  },
  'GET /me': { anonymous: 303, agent: 200, stranger: 200 },
  'POST /me/display': {
    anonymous: 303,
    agent: 303,
    stranger: 303,
    fields: () => ({ theme: 'dark', density: 'auto' }),
  },
  'POST /me/profile': { ...ownChange, fields: () => ({ name: 'Somebody', time_zone: '' }) },
  'POST /me/picture': { ...ownRefusal, fields: () => ({ picture: '' }) },
  'POST /me/picture/removal': ownChange,
  // Without mail an admin changes it.
  'POST /me/email': {
    anonymous: 303,
    agent: 403,
    stranger: 403,
    fields: () => ({ email: 'eve@elsewhere.example' }),
  },
  'GET /people/:id/picture': {
    ...notOwn,
    at: ({ agent }) => `/people/${agent}/picture`,
  },
  'GET /me/proof': ownPage,
  'POST /me/proof': { ...ownRefusal, fields: () => ({ password: 'a guess' }) },
  'POST /me/proof/passkey/options': notOwn,
  'POST /me/proof/passkey': { ...ownRefusal, fields: () => ({ credential: '{}' }) },
  'GET /me/sessions': ownPage,
  'POST /me/sessions/others/ending': ownChange,
  'POST /me/sessions/:id/ending': { ...notOwn, at: () => '/me/sessions/guessed/ending' },
  'GET /me/password': ownPage,
  'POST /me/password': {
    ...ownRefusal,
    fields: () => ({ old_password: 'a guess', new_password: 'paper lanterns in june' }),
  },
  'GET /me/second-factor': ownPage,
  // Nothing is begun, and there is none yet.
  'GET /me/second-factor/secret': ownChange,
  'POST /me/second-factor': { ...ownChange, fields: () => ({ code: '000000' }) },
  'POST /me/second-factor/secret': ownChange,
  'POST /me/second-factor/removal': ownChange,
  'POST /me/second-factor/recovery-codes': ownRefusal,
  'POST /me/passkeys/options': notOwn,
  'POST /me/passkeys': { ...notOwn, fields: () => ({ credential: '{}' }) },
  'POST /me/passkeys/:id/name': {
    ...notOwn,
    at: () => '/me/passkeys/7/name',
    fields: () => ({ 'name-7': 'Mine now' }),
  },
  'POST /me/passkeys/:id/removal': { ...notOwn, at: () => '/me/passkeys/7/removal' },
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
  'POST /api/v1/media': byKey,
  'GET /api/v1/media/:id': { ...byKey, at: () => '/api/v1/media/1' },

  // Last: it ends the session that the sweep uses.
  'POST /logout': { anonymous: 303, agent: 303, stranger: 303 },
};
