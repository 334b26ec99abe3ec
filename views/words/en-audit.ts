import { peopleDeeds, peopleKinds } from './en-people.ts';
import { pluralsOf } from './plural.ts';

const plural = pluralsOf('en-GB');

/** What a sentence of the trail is made from. */
export type Told = {
  /** Who did it. */
  by: string;
  /** What it was done to, by its name. */
  what: string;
  /** A value that was noted with it, in words; empty when there is none. */
  value(name: string): string;
};

const reasonOf = (reason: string) => (/^\d+$/.test(reason) ? `Meta’s code ${reason}` : reason);

/** Every action that the product writes, as a sentence. */
const sentences: Record<string, (told: Told) => string> = {
  'account.created': ({ by }) => `${by} set up the business`,
  'member.added': ({ by, what, value }) => `${by} added ${what} with the role ${value('role')}`,
  'session.began': ({ what }) => `${what} signed in`,
  'api_key.created': ({ by, what }) => `${by} made the API key “${what}”`,
  'api_key.revoked': ({ by, what }) => `${by} revoked the API key “${what}”`,
  'number.added': ({ by, what }) => `${by} connected the number ${what}`,
  'number.reconnected': ({ by, what }) => `${by} renewed the connection of the number ${what}`,
  'number.disconnected': ({ by, what }) =>
    `${by} disconnected the number ${what}, which belongs to another business`,
  'number.refused': ({ what, value }) =>
    `WhatsApp refused to send from the number ${what}: ${reasonOf(value('reason'))}`,
  'meta_app.added': ({ by }) => `${by} connected a Meta app`,
  'meta_app.renewed': ({ by }) => `${by} renewed what a Meta app is connected with`,
  'message.resolved': ({ by, value }) =>
    `${by} decided about a message that may not have arrived: ${value('choice')}`,
  'change.replayed': ({ by }) => `${by} replayed a change that could not be taken in`,
  'access.denied': ({ by, value }) => `${by} was refused ${value('method')} ${value('route')}`,
  ...peopleDeeds,
  'audit.exported': ({ by, value }) => `${by} exported the audit trail as ${value('format')}`,
};

/** The words of the audit trail. */
export const audit = {
  lead: 'What people, programs and OonoBox itself did in this business. Rows are never changed or deleted.',
  sentences,
  unknown: (by: string, action: string, object: string) => `${by}: ${action} (${object})`,

  actors: {
    person: 'Somebody who is gone',
    key: (name: string) => `The key “${name}”`,
    keyGone: 'A key that is gone',
    operator: 'The operator',
    command: 'The command line',
    system: 'OonoBox',
  },
  /** An object without a name. */
  objects: (kind: string, id: string) => `${kind.replaceAll('_', ' ')} ${id}`,
  nothing: 'nothing',
  yes: 'yes',
  no: 'no',
  becomes: 'becomes',

  /** What values are called; others stand for themselves. */
  fields: {
    name: 'Name',
    business_name: 'Name customers know',
    time_zone: 'Time zone',
    email: 'E-mail',
    role: 'Role',
    state: 'State',
    scopes: 'Scopes',
    expires_at: 'Expires',
    display_phone: 'Phone number',
    waba_id: 'WhatsApp account',
    paused_for: 'Paused for',
    replaced: 'Replaced',
    attempts: 'Attempts',
    permissions: 'Permissions',
    reach: 'Sees',
    sees_unassigned: 'Sees what nobody has taken',
    sees_phones: 'Sees whole phone numbers',
    needs_second_factor: 'Needs a second factor',
    members: 'Members',
    numbers: 'Numbers',
    teams: 'Teams',
    picture: 'Picture',
  } as Record<string, string>,
  values: {
    role: {
      owner: 'Owner',
      admin: 'Admin',
      supervisor: 'Supervisor',
      agent: 'Agent',
      read_only: 'Read only',
    },
    choice: { again: 'send it again', arrived: 'it arrived', leave: 'leave it as it is' },
    reason: { token: 'its access token is not accepted' },
    format: { csv: 'CSV', json: 'JSON' },
    state: {
      valid: 'valid',
      expired: 'expired',
      revoked: 'revoked',
      live: 'live',
      paused: 'paused',
      disconnected: 'disconnected',
      failed: 'failed',
      partly: 'taken in partly',
      pending: 'tried again',
    },
    scopes: {
      'conversations.read': 'read conversations',
      'conversations.write': 'change conversations',
      'messages.send': 'send messages',
    },
    replaced: {
      access_token: 'access token',
      app_secret: 'app secret',
      verify_token: 'verify token',
    },
  } as Record<string, Record<string, string>>,

  details: 'Details',
  exact: {
    action: 'Action',
    object: 'Object',
    by: 'By',
    at: 'At',
    address: 'From',
    id: 'Row',
    data: 'Data',
  },
  from: (address: string) => `from ${address}`,
  aboutThis: 'Everything about this',
  byThem: 'Everything they did',

  filters: {
    who: 'Who',
    anybody: 'Anybody',
    people: 'People',
    left: (name: string) => `${name} (left)`,
    keys: 'API keys',
    others: 'Others',
    chosen: 'The one chosen',
    kind: 'What',
    anything: 'Anything',
    about: 'About',
    from: 'From',
    to: 'To',
    submit: 'Show',
  },
  /** Groups of actions, by what they begin with. */
  kinds: {
    access: 'Refusals',
    account: 'The business',
    api_key: 'API keys',
    audit: 'Exports of this trail',
    change: 'The journal',
    member: 'Members',
    message: 'Messages',
    meta_app: 'Meta apps',
    number: 'Numbers',
    session: 'Sign-ins',
    ...peopleKinds,
  } as Record<string, string>,
  listLabel: 'The audit trail',
  csv: 'CSV',
  json: 'JSON',
  exportLabel: 'Download what is shown here',
  older: 'Older',
  newest: 'Newest',
  further: 'Look further back',
  incomplete: (count: number) =>
    plural(count, {
      one: 'One row was looked through; older ones may fit as well.',
      other: '# rows were looked through; older ones may fit as well.',
    }),
  none: 'Nothing fits',
  noneText: 'No row of the trail is like this. Take a filter away, or choose other days.',
  noneSoFar: 'Nothing fits so far',
  withoutFilters: 'Without filters',
};
