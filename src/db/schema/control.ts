import { check, index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';
import { at, bytes, flag, id, isOneOf, oneOf } from './columns.ts';

// control.db: who may enter, and where things go. Nothing about a business's customers is kept here.

export const accountStates = ['active', 'suspended', 'cancelled', 'closed', 'erasing', 'erased'] as const;
export const accounts = sqliteTable(
  'accounts',
  {
    id: id(),
    name: text('name').notNull(),
    businessName: text('business_name').notNull(),
    timeZone: text('time_zone').notNull(),
    state: oneOf('state', accountStates).notNull(),
    stateAt: at('state_at').notNull(),
    cancelledAt: at('cancelled_at'),
    eraseBy: at('erase_by'),
    planId: integer('plan_id'),
    schemaVersion: integer('schema_version').notNull().default(0),
    /** Why the operator should look: for example "cannot be opened: wrong key". */
    needsAttention: text('needs_attention'),
    /** Set while its database is open: after a crash, these are opened first, to finish what was begun. */
    openSince: at('open_since'),
    /** How often in a row the program ended soon after its database was opened, before it was closed. */
    uncleanEnds: integer('unclean_ends').notNull().default(0),
    createdAt: at('created_at').notNull(),
  },
  (t) => [check('accounts_state', isOneOf(t.state, accountStates))],
);

export const users = sqliteTable(
  'users',
  {
    id: id(),
    email: text('email').notNull(),
    name: text('name').notNull(),
    passwordHash: text('password_hash'),
    /** Sealed: the secret of the codes, the last one used, and hashes of the recovery codes. */
    secondFactor: bytes('second_factor'),
    /** A small WebP, or none. */
    picture: bytes('picture'),
    /** Rises with every change of credentials and voids the sessions made before. */
    epoch: integer('epoch').notNull().default(0),
    locale: text('locale').notNull().default('en'),
    /** Their own; null: times stand on the account's clock. */
    timeZone: text('time_zone'),
    isOperator: flag('is_operator').notNull().default(false),
    emailConfirmedAt: at('email_confirmed_at'),
    disabledAt: at('disabled_at'),
    createdAt: at('created_at').notNull(),
  },
  (t) => [uniqueIndex('users_email').on(t.email)],
);

export const membershipStates = ['active', 'disabled'] as const;
export const memberships = sqliteTable(
  'memberships',
  {
    userId: integer('user_id')
      .notNull()
      .references(() => users.id),
    accountId: integer('account_id')
      .notNull()
      .references(() => accounts.id),
    state: oneOf('state', membershipStates).notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.userId, t.accountId] }),
    index('memberships_account').on(t.accountId),
    check('memberships_state', isOneOf(t.state, membershipStates)),
  ],
);

export const tokenKinds = [
  'first_run',
  'invite',
  'reset',
  'confirm',
  'sign_in',
  /** The password was right, the second factor is asked for. */
  'second_factor',
  /** A new address is to prove itself. */
  'email',
  /** What a passkey is asked to sign. */
  'challenge',
] as const;
export const tokens = sqliteTable(
  'tokens',
  {
    /** SHA-256 of the token, lower-case hex; the token itself is never kept. */
    hash: text('hash').primaryKey(),
    /** Names it where it is listed, such as an invitation; the hash does not leave the server. */
    id: integer('id'),
    kind: oneOf('kind', tokenKinds).notNull(),
    userId: integer('user_id'),
    accountId: integer('account_id'),
    data: text('data'),
    expiresAt: at('expires_at').notNull(),
    usedAt: at('used_at'),
  },
  (t) => [
    uniqueIndex('tokens_id').on(t.id),
    index('tokens_account').on(t.accountId, t.kind),
    index('tokens_user').on(t.userId, t.kind),
    check('tokens_kind', isOneOf(t.kind, tokenKinds)),
  ],
);

/** A key on somebody's device that signs them in, or is their second factor. */
export const passkeys = sqliteTable(
  'passkeys',
  {
    /** As the authenticator names it, base64url. */
    credentialId: text('credential_id').primaryKey(),
    id: integer('id').notNull(),
    userId: integer('user_id')
      .notNull()
      .references(() => users.id),
    publicKey: bytes('public_key').notNull(),
    counter: integer('counter').notNull(),
    transports: text('transports').notNull().default(''),
    name: text('name').notNull(),
    createdAt: at('created_at').notNull(),
    usedAt: at('used_at'),
  },
  (t) => [uniqueIndex('passkeys_id').on(t.id), index('passkeys_user').on(t.userId)],
);

/** Browsers that somebody has signed in with: a sign-in from another one is mailed. */
export const devices = sqliteTable(
  'devices',
  {
    /** SHA-256 of what its cookie holds. */
    hash: text('hash').notNull(),
    userId: integer('user_id')
      .notNull()
      .references(() => users.id),
    seenAt: at('seen_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.userId, t.hash] })],
);

export const mailStates = ['queued', 'sent', 'failed'] as const;
/** Letters of this server, kept a while after they were sent. */
export const mails = sqliteTable(
  'mails',
  {
    id: id(),
    /** The account it is about; null: about somebody's own sign-in. */
    accountId: integer('account_id'),
    kind: text('kind').notNull(),
    recipient: text('recipient').notNull(),
    /** Sealed JSON of what it says: it may hold a link that lets somebody in. Null once it was sent. */
    letter: bytes('letter'),
    state: oneOf('state', mailStates).notNull(),
    tries: integer('tries').notNull().default(0),
    nextAt: at('next_at').notNull(),
    createdAt: at('created_at').notNull(),
    endedAt: at('ended_at'),
    error: text('error'),
  },
  (t) => [
    index('mails_due').on(t.state, t.nextAt),
    index('mails_created').on(t.createdAt),
    check('mails_state', isOneOf(t.state, mailStates)),
  ],
);

export const sessions = sqliteTable(
  'sessions',
  {
    idHash: text('id_hash').primaryKey(),
    userId: integer('user_id')
      .notNull()
      .references(() => users.id),
    accountId: integer('account_id')
      .notNull()
      .references(() => accounts.id),
    epoch: integer('epoch').notNull(),
    createdAt: at('created_at').notNull(),
    seenAt: at('seen_at').notNull(),
    expiresAt: at('expires_at').notNull(),
    ip: text('ip'),
    agent: text('agent'),
    /** When its owner last proved who they are, by password, code or passkey. */
    provenAt: at('proven_at'),
  },
  (t) => [index('sessions_user').on(t.userId)],
);

export const apiKeys = sqliteTable(
  'api_keys',
  {
    hash: text('hash').primaryKey(),
    id: integer('id').notNull(),
    accountId: integer('account_id')
      .notNull()
      .references(() => accounts.id),
    name: text('name').notNull(),
    /** Space-separated scope names; empty means everything the API offers. */
    scopes: text('scopes').notNull().default(''),
    createdAt: at('created_at').notNull(),
    createdBy: integer('created_by'),
    usedAt: at('used_at'),
    expiresAt: at('expires_at'),
    revokedAt: at('revoked_at'),
  },
  (t) => [index('api_keys_account').on(t.accountId), uniqueIndex('api_keys_id').on(t.id)],
);

export const metaApps = sqliteTable(
  'meta_apps',
  {
    id: id(),
    /** Null: the operator's own app, which may serve several accounts. */
    accountId: integer('account_id').references(() => accounts.id),
    pathKey: text('path_key').notNull(),
    appId: text('app_id'),
    secret: bytes('secret').notNull(),
    previousSecret: bytes('previous_secret'),
    previousUntil: at('previous_until'),
    verifyTokenHash: text('verify_token_hash').notNull(),
    createdAt: at('created_at').notNull(),
    signedAt: at('signed_at'),
  },
  (t) => [uniqueIndex('meta_apps_path_key').on(t.pathKey)],
);

export const routeStates = ['live', 'dropped'] as const;
export const routes = sqliteTable(
  'routes',
  {
    phoneNumberId: text('phone_number_id').primaryKey(),
    accountId: integer('account_id')
      .notNull()
      .references(() => accounts.id),
    wabaId: text('waba_id').notNull(),
    appId: integer('app_id')
      .notNull()
      .references(() => metaApps.id),
    state: oneOf('state', routeStates).notNull(),
  },
  (t) => [index('routes_waba').on(t.wabaId), check('routes_state', isOneOf(t.state, routeStates))],
);

/** Changes for numbers nobody has connected, sealed under the app that signed them; kept 7 days. */
export const unroutedChanges = sqliteTable(
  'unrouted_changes',
  {
    id: id(),
    appId: integer('app_id')
      .notNull()
      .references(() => metaApps.id),
    phoneNumberId: text('phone_number_id'),
    wabaId: text('waba_id'),
    field: text('field').notNull(),
    entryId: text('entry_id').notNull(),
    digest: text('digest').notNull(),
    raw: bytes('raw').notNull(),
    receivedAt: at('received_at').notNull(),
  },
  (t) => [
    uniqueIndex('unrouted_changes_digest').on(t.appId, t.digest),
    index('unrouted_changes_number').on(t.phoneNumberId, t.appId),
    index('unrouted_changes_waba').on(t.wabaId, t.appId),
    index('unrouted_changes_received').on(t.receivedAt),
  ],
);

/** Changes of an account that could not be opened when they came, sealed; handed over when it opens. */
export const parkedChanges = sqliteTable(
  'parked_changes',
  {
    id: id(),
    appId: integer('app_id').notNull(),
    accountId: integer('account_id')
      .notNull()
      .references(() => accounts.id),
    field: text('field').notNull(),
    entryId: text('entry_id').notNull(),
    digest: text('digest').notNull(),
    raw: bytes('raw').notNull(),
    receivedAt: at('received_at').notNull(),
  },
  (t) => [uniqueIndex('parked_changes_digest').on(t.accountId, t.digest)],
);

/** Each account's next due moment, so that only accounts with something to do are opened. */
export const wakeups = sqliteTable(
  'wakeups',
  {
    accountId: integer('account_id')
      .primaryKey()
      .references(() => accounts.id),
    dueAt: at('due_at').notNull(),
  },
  (t) => [index('wakeups_due').on(t.dueAt)],
);
