import { pluralsOf } from './plural.ts';

const plural = pluralsOf('en-GB');

/** Roles and teams: what people may see and do. */
export const roles = {
  roles: {
    add: 'Make a role',
    people: (count: number) => plural(count, { one: 'One person', other: '# people' }),
    nobody: 'Nobody',
    builtIn: 'Every account has it',
    columns: { role: 'Role', sees: 'Sees', may: 'May', people: 'People' },
    sees: {
      all: 'Every conversation',
      teams: 'Those of their teams, and their own',
      own: 'Their own',
    },
    andUnassigned: 'and what nobody has taken',
    masked: 'phone numbers masked',
    may: {
      'conversations.read': ['Read conversations', 'As far as the role sees them.'],
      'conversations.write': ['Work on conversations', 'Take, assign, close and reopen them.'],
      'messages.send': ['Answer customers', 'Write messages and react to them.'],
      'contacts.block': ['Block customers', 'And unblock them.'],
      'contacts.merge': ['Merge contacts', 'Make two contacts one, and undo it.'],
      'settings.manage': ['Change settings', 'Numbers, and what could not be taken in.'],
      'people.manage': ['Manage people', 'Invite and deactivate people; roles and teams.'],
      'keys.manage': ['Manage API keys', 'Make and revoke keys for programs.'],
      'audit.read': ['Read the audit trail', 'Who did what, when, and from where.'],
    },
    mayNothing: 'Nothing',
    newTitle: 'A new role',
    name: 'Name',
    builtInName: 'Its name and what it may do are the same in every account.',
    fixedSight: 'It sees everything: somebody has to be able to set things right.',
    permissions: 'What they may do',
    reach: 'Which conversations they see',
    reaches: {
      all: ['Every conversation', 'Of the whole business.'],
      teams: ['Those of their teams', 'And those assigned to them.'],
      own: ['Only their own', 'Those assigned to them.'],
    },
    seesUnassigned: [
      'What nobody has taken',
      'Beyond that also conversations without an assignee, unless they are another team’s.',
    ],
    seesPhones: [
      'Whole phone numbers',
      'Without it they see which country a number is of, and its last two digits.',
    ],
    more: 'Beyond that',
    signingIn: 'Signing in',
    needsSecondFactor: [
      'A second factor',
      'Whoever has this role has to sign in with a code or a passkey as well.',
    ],
    save: 'Save',
    create: 'Make the role',
    saved: 'Saved. It holds from now on, on screens that are open as well.',
    removed: 'The role is removed.',
    remove: 'Remove this role',
    removeText: 'It can be removed when nobody has it any more.',
    beyond: 'This role may do or see more than you. Only somebody who has all of it can change it.',
  },
  teams: {
    add: 'Make a team',
    none: 'No teams yet',
    noneText:
      'A team has members and numbers. New conversations on a number that one team serves are theirs.',
    columns: { team: 'Team', people: 'People', numbers: 'Numbers' },
    nobody: 'Nobody yet',
    noNumbers: 'None',
    newTitle: 'A new team',
    name: 'Name',
    people: 'People',
    peopleHelp: 'Whose role sees the conversations of their teams sees these.',
    numbers: 'Numbers',
    numbersHelp:
      'Conversations on a number that one team serves alone are that team’s, the ones that are with no team now included.',
    noNumbersYet: 'No number is connected yet.',
    save: 'Save',
    create: 'Make the team',
    saved: 'Saved. It holds from now on, on screens that are open as well.',
    removed: 'The team is removed. Its conversations are with no team now.',
    remove: 'Remove this team',
    removeText: 'Its conversations stay, and are with no team then.',
  },
};
