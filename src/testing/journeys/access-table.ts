import {
  type Access,
  answer,
  byKey,
  change,
  conversation,
  managed,
  notOwn,
  ofAccount,
  ownChange,
  ownPage,
  ownRefusal,
} from './access-kinds.ts';
import { accessToWork } from './access-work.ts';

/** Every route of the product, and who gets what there. */
export const accessTable: Record<string, Access> = {
  ...accessToWork,
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
  // Leads to the form, which says who may.
  'GET /conversations/:id/messages/:kind/preview': {
    ...ownChange,
    at: (marks) => `/conversations/${marks.conversation}/messages/button/preview`,
  },
  'POST /conversations/:id/messages/:kind/preview': {
    ...conversation,
    needs: 'messages.send',
    at: (marks) => `/conversations/${marks.conversation}/messages/location_request_message/preview`,
    fields: () => ({ text: 'Where?', key: 'sweep-preview', back: 'all' }),
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
  'POST /numbers/:id/phone-import': managed('/numbers/1/phone-import', 404, 'settings.manage'),
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
  'PUT /api/v1/messages/:id/reaction': {
    ...byKey,
    at: (marks) => `/api/v1/messages/${marks.messageIn}/reaction`,
  },
  'DELETE /api/v1/messages/:id/reaction': {
    ...byKey,
    at: (marks) => `/api/v1/messages/${marks.messageIn}/reaction`,
  },
  'GET /api/v1/search': { ...byKey, at: () => '/api/v1/search?q=cement' },
  'POST /api/v1/media': byKey,
  'GET /api/v1/media/:id': { ...byKey, at: () => '/api/v1/media/1' },

  // Last: it ends the session that the sweep uses.
  'POST /logout': { anonymous: 303, agent: 303, stranger: 303 },
};
