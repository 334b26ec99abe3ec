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
  'access.denied': ({ by, what, value }) => {
    const route = value('route');
    return route === '' ? `${by} was refused ${what}` : `${by} was refused ${value('method')} ${route}`;
  },
  'account.created': ({ by }) => `${by} set up the business`,
  'api_key.created': ({ by, what }) => `${by} made the API key “${what}”`,
  'api_key.revoked': ({ by, what }) => `${by} revoked the API key “${what}”`,
  'audit.exported': ({ by, value }) => `${by} exported the audit trail as ${value('format')}`,
  'card.saved': ({ by }) => `${by} made a contact of a card that a customer shared`,
  'change.replayed': ({ by }) => `${by} replayed a change that could not be taken in`,
  'block.ended': ({ by }) => `${by} unblocked a customer`,
  'block.made': ({ by }) => `${by} blocked a customer`,
  'block.refused': ({ value }) =>
    `WhatsApp refused to block or unblock a customer: ${reasonOf(value('reason'))}`,
  'conversations.unassigned': ({ what }) => `What was assigned to ${what} was left to nobody`,
  'email.changed': ({ what }) => `The e-mail address of ${what} was changed`,
  'invitation.made': ({ by, what }) => `${by} invited ${what}`,
  'invitation.renewed': ({ by, what }) => `${by} renewed the invitation of ${what}`,
  'invitation.withdrawn': ({ by, what }) => `${by} withdrew the invitation of ${what}`,
  'mail.retried': ({ by }) => `${by} had a letter sent again`,
  'mail.tested': ({ by }) => `${by} had a letter sent to try the mail server`,
  'member.added': ({ by, what, value }) => `${by} added ${what} with the role ${value('role')}`,
  'member.changed': ({ by, what }) => `${by} changed the role or the teams of ${what}`,
  'member.joined': ({ what, value }) => `${what} accepted an invitation and has the role ${value('role')}`,
  'member.left': ({ by, what }) => `${by} ended the membership of ${what}`,
  'member.renamed': ({ by, what }) => `${by} renamed ${what}`,
  'member.returned': ({ by, what, value }) => `${by} brought ${what} back with the role ${value('role')}`,
  'message.revoked': ({ value }) =>
    value('by') === 'phone_app'
      ? 'A message was deleted on the phone of the business'
      : 'A customer deleted a message of theirs',
  'merge.made': ({ by }) => `${by} merged two contacts`,
  'merge.undone': ({ by }) => `${by} undid the merge of two contacts`,
  'message.resolved': ({ by, value }) =>
    `${by} decided about a message that may not have arrived: ${value('choice')}`,
  'meta_app.added': ({ by }) => `${by} connected a Meta app`,
  'meta_app.renewed': ({ by, value }) => `${by} renewed of a Meta app: ${value('replaced')}`,
  'number.added': ({ by, what }) => `${by} connected the number ${what}`,
  'number.disconnected': ({ by, what }) =>
    `${by} disconnected the number ${what}, which belongs to another business`,
  'number.reconnected': ({ by, what }) => `${by} renewed the connection of the number ${what}`,
  'notice.dismissed': ({ by }) => `${by} dismissed a notice of WhatsApp’s`,
  'number.paused': ({ what, value }) => `WhatsApp lets nothing be sent from ${what}: ${value('reason')}`,
  'number.restricted': ({ what, value }) =>
    `WhatsApp restricts what may be sent from ${what}: ${value('forbids')}`,
  'number.resumed': ({ what }) => `WhatsApp lets messages be sent from ${what} again`,
  'number.set': ({ by, what }) => `${by} changed what customers of ${what} see`,
  'number.tried': ({ by, what }) => `${by} had sending tried again from the number ${what}`,
  'number.unrestricted': ({ what, value }) =>
    `WhatsApp’s restriction of ${what} is over: ${value('forbids')}`,
  'number.refused': ({ what, value }) =>
    `WhatsApp refused to send from the number ${what}: ${reasonOf(value('reason'))}`,
  'ownership.handed_over': ({ by, what }) => `${by} handed the business over to ${what}`,
  'passkey.added': ({ by, value }) => `${by} added the passkey “${value('name')}”`,
  'passkey.removed': ({ by, value }) => `${by} removed the passkey “${value('name')}”`,
  'passkey.renamed': ({ by }) => `${by} renamed a passkey`,
  'password.changed': ({ by }) => `${by} changed their password`,
  'password.reset': ({ what }) => `${what} set a new password through a link`,
  'recovery_codes.renewed': ({ by }) => `${by} made new recovery codes`,
  'number.phone_answered': ({ what, value }) =>
    `WhatsApp answered for the phone of ${what}, about its ${value('step')}: ${value('outcome')}`,
  'number.phone_asked': ({ by, what, value }) => `${by} asked the phone of ${what} for its ${value('step')}`,
  'number.owner_learnt': ({ what }) => `WhatsApp said which business owns ${what}`,
  'rate.removed': ({ by }) => `${by} removed a rate of Meta’s price list`,
  'rate.set': ({ by }) => `${by} entered a rate of Meta’s price list`,
  'reset_link.made': ({ by, what }) => `${by} had a link made for a new password of ${what}`,
  'role.changed': ({ by, what }) => `${by} changed the role ${what}`,
  'role.created': ({ by, what }) => `${by} made the role ${what}`,
  'role.removed': ({ by, what }) => `${by} removed the role ${what}`,
  'second_factor.off': ({ by }) => `${by} turned the codes of their authenticator app off`,
  'second_factor.removed': ({ by, what }) => `${by} took the second factor from ${what}`,
  'second_factor.on': ({ by }) => `${by} turned the codes of an authenticator app on`,
  'session.all_ended': ({ by, what }) => `${by} ended every session of ${what}`,
  'session.began': ({ what }) => `${what} signed in`,
  'session.ended': ({ by }) => `${by} ended a session of theirs`,
  'session.others_ended': ({ by }) => `${by} ended all other sessions of theirs`,
  'session.proven': ({ by }) => `${by} proved again who they are`,
  'team.changed': ({ by, what }) => `${by} changed the team ${what}`,
  'team.created': ({ by, what }) => `${by} made the team ${what}`,
  'team.removed': ({ by, what }) => `${by} removed the team ${what}`,
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
  versions: 'What the message said',
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
    restricted: 'Restricted',
    replaced: 'Replaced',
    attempts: 'Attempts',
    permissions: 'Permissions',
    reach: 'Sees',
    sees_unassigned: 'Sees what nobody has taken',
    sees_phones: 'Sees whole phone numbers',
    needs_second_factor: 'Needs a second factor',
    member_ids: 'Members',
    number_ids: 'Numbers',
    team_ids: 'Teams',
    role_id: 'Role',
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
    step: { contacts: 'contacts', history: 'history' },
    outcome: {
      taken: 'granted',
      refused: 'refused',
      unknown: 'its answer was lost',
      not_sent: 'it was not reached',
    },
    forbids: { starts: 'no first messages', answers: 'no answers' },
    reason: { token: 'its access token is not accepted' },
    reach: { all: 'every conversation', teams: 'those of their teams', own: 'only their own' },
    permissions: {
      'conversations.read': 'read conversations',
      'conversations.write': 'work on conversations',
      'messages.send': 'answer customers',
      'contacts.merge': 'merge contacts',
      'contacts.block': 'block customers',
      'settings.manage': 'change settings',
      'people.manage': 'manage people',
      'keys.manage': 'manage API keys',
      'audit.read': 'read the audit trail',
    },
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
    block: 'Blocked customers',
    card: 'Shared contact cards',
    change: 'The journal',
    conversations: 'Conversations of who left',
    email: 'E-mail addresses',
    invitation: 'Invitations',
    mail: 'Letters',
    member: 'Members',
    merge: 'Merged contacts',
    message: 'Messages',
    meta_app: 'Meta apps',
    notice: 'Notices of WhatsApp',
    number: 'Numbers',
    ownership: 'Ownership',
    passkey: 'Passkeys',
    password: 'Passwords',
    rate: 'Rates of Meta’s price list',
    recovery_codes: 'Recovery codes',
    reset_link: 'Links for new passwords',
    role: 'Roles',
    second_factor: 'Second factors',
    session: 'Sign-ins and sessions',
    team: 'Teams',
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
