import { check, index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';
import { at, flag, id, isOneOf, oneOf } from '../columns.ts';
import { conversations } from './conversations.ts';
import { numbers } from './numbers.ts';

/** Which conversations a role sees: all, those of its teams, or those assigned to the person. */
export const reaches = ['all', 'teams', 'own'] as const;

/** A role is a named set of permissions; the built-in ones carry their key. */
export const roles = sqliteTable(
  'roles',
  {
    id: id(),
    key: text('key'),
    name: text('name').notNull(),
    /** Space-separated permission names. */
    permissions: text('permissions').notNull(),
    reach: oneOf('reach', reaches).notNull().default('all'),
    /** Beyond its reach also what nobody has taken, unless it is another team's. */
    seesUnassigned: flag('sees_unassigned').notNull().default(true),
    /** Whole phone numbers; without it they are masked. */
    seesPhones: flag('sees_phones').notNull().default(true),
    needsSecondFactor: flag('needs_second_factor').notNull().default(false),
  },
  (t) => [uniqueIndex('roles_key').on(t.key), check('roles_reach', isOneOf(t.reach, reaches))],
);

/** Names stay after somebody leaves, so that authors stay readable. */
export const members = sqliteTable('members', {
  userId: integer('user_id').primaryKey(),
  name: text('name').notNull(),
  roleId: integer('role_id')
    .notNull()
    .references(() => roles.id),
  available: flag('available').notNull().default(true),
  joinedAt: at('joined_at').notNull(),
  leftAt: at('left_at'),
});

export const teams = sqliteTable('teams', { id: id(), name: text('name').notNull() });

export const teamMembers = sqliteTable(
  'team_members',
  {
    teamId: integer('team_id')
      .notNull()
      .references(() => teams.id),
    userId: integer('user_id')
      .notNull()
      .references(() => members.userId),
  },
  (t) => [primaryKey({ columns: [t.teamId, t.userId] }), index('team_members_user').on(t.userId, t.teamId)],
);

export const teamNumbers = sqliteTable(
  'team_numbers',
  {
    teamId: integer('team_id')
      .notNull()
      .references(() => teams.id),
    numberId: integer('number_id')
      .notNull()
      .references(() => numbers.id),
  },
  (t) => [
    primaryKey({ columns: [t.teamId, t.numberId] }),
    index('team_numbers_number').on(t.numberId, t.teamId),
  ],
);

/** How far somebody has read a conversation; opening it changes this and nothing else. */
export const reads = sqliteTable(
  'reads',
  {
    userId: integer('user_id').notNull(),
    conversationId: integer('conversation_id')
      .notNull()
      .references(() => conversations.id),
    messageId: integer('message_id').notNull(),
    at: at('at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.userId, t.conversationId] })],
);

export const drafts = sqliteTable(
  'drafts',
  {
    conversationId: integer('conversation_id')
      .notNull()
      .references(() => conversations.id),
    userId: integer('user_id').notNull(),
    text: text('text').notNull(),
    /** Space-separated file ids. */
    fileIds: text('file_ids').notNull().default(''),
    quotedId: integer('quoted_id'),
    /** The idempotency key it will be sent under, from whichever tab. */
    key: text('key').notNull().default(''),
    /** Rises with every change, also with the one that empties it: a late save never brings back what was sent. */
    revision: integer('revision').notNull(),
    at: at('at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.conversationId, t.userId] })],
);

export const auditActors = ['person', 'key', 'operator', 'command', 'system'] as const;

/** Who did what, when, from where; a trigger forbids changing or deleting rows. */
export const audit = sqliteTable(
  'audit',
  {
    id: id(),
    at: at('at').notNull(),
    actorKind: oneOf('actor_kind', auditActors).notNull(),
    actorId: integer('actor_id'),
    action: text('action').notNull(),
    object: text('object').notNull(),
    /** JSON: before and after. */
    data: text('data').notNull(),
    /** Where it was asked from; null for what the program did by itself. */
    address: text('address'),
    previousHash: text('previous_hash'),
    hash: text('hash'),
  },
  (t) => [
    index('audit_at').on(t.at),
    index('audit_by').on(t.actorId, t.id),
    index('audit_object').on(t.object, t.id),
    check('audit_actor', isOneOf(t.actorKind, auditActors)),
  ],
);
