import {
  type Access,
  answer,
  byKey,
  change,
  conversation,
  merging,
  nowhere,
  open,
  ownPage,
  setupForm,
  TEMPLATE_ID,
  work,
} from './access-kinds.ts';

/** What everybody meets, and the work on conversations. */
export const accessToWork: Record<string, Access> = {
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
};
