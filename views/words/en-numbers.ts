import { accountEventInWords, limitInWords } from './en-account-events.ts';
import { phoneRefusalInWords } from './en-phone.ts';
import { pluralsOf } from './plural.ts';

const plural = pluralsOf('en-GB');

/** The words of the pages about numbers. */
export const numbers = {
  event: accountEventInWords,
  limit: limitInWords,
  none: 'No WhatsApp number yet',
  noneText: 'Numbers are connected on the server, with: oonobox number add',
  rates: 'Rates',
  back: 'All numbers',

  live: 'Messages flow',
  paused: 'Sending is paused',
  disconnected: 'Not connected',
  heard: 'Something last came from WhatsApp',
  neverHeard: 'Nothing has come from WhatsApp yet. Write “hello” to the number from any phone.',
  connected: 'Connected',
  pausedWhy: {
    token: 'WhatsApp refused its access token. Give a new one on the server, with: oonobox number add',
    'account:disabled':
      'Meta disabled the WhatsApp Business account. Ask for a review in Business Support Home.',
    'account:deleted': 'The WhatsApp Business account was deleted at Meta.',
    'account:offboarded': 'The number was taken off the Cloud API. Connect it again.',
    'account:partner': 'The app lost its access to the WhatsApp Business account. Share it again.',
    'account:app': 'The app was removed from the WhatsApp Business account. Install it again.',
  } as Record<string, string>,
  pausedCode: (title: string, whatToDo: string, code: string) => `${title} ${whatToDo} Meta’s code: ${code}.`,
  restricted: {
    title: 'Sending is restricted',
    what: {
      starts:
        'Meta lets this business write first to nobody: templates to customers who have not written in the last 24 hours wait.',
      answers:
        'Meta lets this business answer nobody: what you write waits, but only while the customer’s 24 hours last.',
    },
    ends: 'It ends',
    noEnd: 'Meta has named no end.',
    keeps: 'What still waits at the end goes out by itself.',
    keepsWithoutEnd:
      'Where Meta has named no end, what waits goes out once somebody tries to send again: do so when Meta has lifted it.',
    appeal: 'Look into Business Support Home at Meta, and appeal there.',
  },
  tryAgain: 'Try to send again',
  keeps: 'What is written meanwhile waits, and goes out when it can.',

  figures: {
    quality: 'Quality at Meta',
    limit: 'New people a day',
    name: 'Name',
    username: 'Username',
    waiting: 'Waiting to be sent',
  },
  notSaid: 'Not told yet',
  qualities: { good: 'Good', low: 'Low' },
  decisions: {
    APPROVED: 'Approved',
    REJECTED: 'Refused',
    DEFERRED: 'Delayed',
    PENDING: 'Being checked',
  } as Record<string, string>,
  usernames: { APPROVED: 'In use', RESERVED: 'Reserved', DELETED: 'None' } as Record<string, string>,
  since: 'since',
  phoneApp: 'Also used on a phone',
  phoneAppText:
    'Somebody writes with this number in the WhatsApp app, too. What is sent there stands in the conversations, and counts as an answer. Last:',

  phoneImport: {
    title: 'Contacts and messages of the phone',
    unknownPhone:
      'If this number is in the WhatsApp Business app on a phone, too, what the phone has can be brought in here.',
    once: 'WhatsApp grants this once, within 24 hours of connecting the number: contacts first, then the messages of up to 180 days. Nobody is told, and nothing is sent.',
    onceAgain:
      'WhatsApp grants this once. Asked again for what it has granted already, it refuses, and nothing is lost. Ask again if nothing has come within the hour, or once you have connected the number anew.',
    ask: 'Bring them in',
    askAgain: 'Ask again',
    steps: { contacts: 'Contacts', history: 'Messages' },
    states: {
      waiting: ['Not asked for yet', 'They are asked for once the contacts were granted.'],
      taken: ['Asked for', 'They come by themselves, which may take a while.'],
      arriving: ['Coming in', 'How much of them is here stands below.'],
      before: [
        'Asked for before',
        'WhatsApp says that they were asked for already. If they are not here, another program got them; they come once more only when the number is connected anew.',
      ],
      unknown: [
        'Not known',
        'WhatsApp was asked, and its answer did not arrive. If it has heard, they come by themselves within the hour.',
      ],
    },
    refused: phoneRefusalInWords,
  },

  history: 'History of the phone',
  phases: ['The last day', 'The last 90 days', 'Everything older'],
  laterPhase: (phase: number) => `Part ${phase + 1}`,
  progress: (percent: number, count: number) =>
    plural(count, { one: `${percent} % here: one message`, other: `${percent} % here: # messages` }),
  historyGoesOn: 'The rest comes by itself, and in any order. What is here already is never taken in twice.',

  use: 'This month',
  useLead: 'Delivered messages by Meta’s own reports; the month is that of UTC.',
  useNone: 'Nothing that Meta charges for was delivered this month.',
  category: 'Category',
  delivered: 'Delivered',
  free: 'Free',
  cost: 'Cost so far',
  total: 'Together',
  noCost: '–',
  freeUsed: (used: number, of: number) =>
    `${used.toLocaleString('en-GB')} of ${of.toLocaleString('en-GB')} free service messages used.`,
  freeLeft: (left: number) =>
    plural(left, { one: 'One is left this month.', other: '# are left this month.' }),
  freeOver: 'Meta charges for service messages now, until the month ends.',
  unrated: 'No rate was entered for:',
  unratedRow: (category: string, place: string, count: number) =>
    plural(count, {
      one: `${category} to ${place}: one message`,
      other: `${category} to ${place}: # messages`,
    }),
  unknownPlace: 'an unknown country',
  categories: {
    service: 'Service',
    utility: 'Utility',
    marketing: 'Marketing',
    authentication: 'Authentication',
    'authentication-international': 'Authentication, international',
    marketing_lite: 'Marketing, lite',
    referral_conversion: 'From an advertisement',
    group_marketing: 'Marketing in groups',
    group_service: 'Service in groups',
    group_utility: 'Utility in groups',
  } as Record<string, string>,
  enterRates: 'Enter rates',

  events: 'What WhatsApp said',
  noEvents: 'Nothing so far',
  noEventsText: 'What Meta says about this number and its business account is listed here.',
  more: 'Earlier',
  wholeAccount: 'about the whole business account',
  severities: { good: 'Good: ', info: 'For information: ', warning: 'Look at this: ', critical: 'To do: ' },
  from: 'From',
  until: 'Until',

  others: 'Updates that OonoBox does not use',
  othersLead: 'They change nothing, and are kept as they came for 30 days.',
  times: (count: number) => plural(count, { one: 'once', other: '# times' }),
  last: 'last',

  ratesPage: {
    lead: 'What Meta charges for one delivered message. Take the prices from Meta’s list for your currency: they change with each quarter.',
    none: 'No rates yet',
    noneText:
      'Without rates the pages of numbers show how many messages were delivered, but not what they cost.',
    country: 'Country',
    everywhere: 'Every other country',
    code: 'Calling code',
    codeHelp: 'For example 263. Empty: every other country.',
    category: 'For',
    price: 'Price of one message',
    priceHelp: 'For example 0.0075',
    currency: 'Currency',
    currencyHelp: 'Three letters, for example USD',
    since: 'From the month',
    sinceHelp: 'Months before it keep the rate they had.',
    add: 'Enter a rate',
    save: 'Save',
    remove: 'Remove',
    removeOf: (what: string) => `Remove the rate for ${what}`,
  },

  notice: (name: string) => `WhatsApp says of ${name}:`,
  noticeOfAll: 'WhatsApp says of your business account:',
  dismiss: 'Dismiss',
};
