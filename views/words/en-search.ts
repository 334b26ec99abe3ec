import { pluralsOf } from './plural.ts';

const plural = pluralsOf('en-GB');
const list = new Intl.ListFormat('en-GB');

/** The words of searching. */
export const search = {
  title: 'Search',
  titleFor: (text: string) => `“${text}” · Search`,
  label: 'Search messages, notes, files and contacts',
  placeholder: 'Search',
  submit: 'Search',
  boxLabel: 'What was found',
  failed: 'OonoBox could not be reached. Press Enter to try it as a page.',
  moves: 'Results appear while you type. Arrow keys move among them, Escape leaves.',

  contacts: 'Contacts',
  messages: 'Messages',
  blocked: 'Blocked',
  allContacts: 'More contacts',
  moreMessages: 'More messages',
  allResults: (text: string) => `All results for “${text}”`,
  backToAll: 'Messages too',
  newest: 'Newest first',
  best: 'Best first',
  orderLabel: 'Order of the messages',
  counts: (contacts: number, messages: number) =>
    list.format([
      ...(contacts > 0 ? [plural(contacts, { one: 'one contact', other: '# contacts' })] : []),
      ...(messages > 0 ? [plural(messages, { one: 'one message', other: '# messages' })] : []),
    ]),

  filters: 'Filters',
  filtersOn: (count: number) => plural(count, { one: 'one set', other: '# set' }),
  withoutFilters: 'Search without filters',
  number: 'Number',
  anyNumber: 'All numbers',
  assignee: 'Assigned to',
  anybody: 'Anybody',
  nobody: 'Nobody',
  by: 'Said by',
  anyone: 'Anyone',
  in: 'Customers',
  out: 'Us',
  note: 'Private notes',
  since: 'From',
  until: 'To',

  states: {
    empty: [
      'What are you looking for?',
      'Words of a message, a note or a file’s name; a contact’s name, username, or any part of their number. Put words that belong together in “quotation marks”.',
    ],
    short: ['A little more, please', 'Type at least two letters or digits.'],
    late: [
      'That took too long',
      'These words are in very many messages. Add another word, or choose a number, a person or a day.',
    ],
    busy: ['Search has too much to do just now', 'Try it again in a moment.'],
  },
  often: (seconds: number) => [
    'One search after the other, please',
    plural(seconds, { one: 'Try it again in a second.', other: 'Try it again in # seconds.' }),
  ],
  again: 'Try again',
  none: (text: string) => `Nothing found for “${text}”`,
  noneText: 'Every word has to be there. Try fewer words, or only the beginning of the last one.',
  noneFiltered: 'The filters may leave it out.',
  noneYet: (text: string) => `Nothing found for “${text}” so far`,
  incomplete:
    'Only the newest messages with these words were looked through; there may be more further back.',
  further: 'Search further back',
  ranked: 'Only the newest 5,000 messages with these words were compared.',
  firstContacts: 'Type more of the name or the number to see others.',
  cut: 'Only the first 64 characters are used.',
  preparing:
    'After the last update older messages are still being made searchable. Missing yet is what was said before',

  laterMessages: 'Later messages',
  newestMessages: 'Newest messages',
};
