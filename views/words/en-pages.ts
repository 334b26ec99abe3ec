import { pluralsOf } from './plural.ts';

const plural = pluralsOf('en-GB');

/** The words of the pages around the inbox: signing in, setting up, settings, and what goes wrong. */
export const pages = {
  signIn: {
    title: 'Sign in',
    lead: 'Your customers write on WhatsApp; your team answers here.',
    email: 'E-mail',
    password: 'Password',
    submit: 'Sign in',
    mismatch: 'That e-mail and password don’t match. Check both and try again.',
    wait: (seconds: number) =>
      plural(seconds, {
        one: 'Too many tries. Wait one second, then try again.',
        other: 'Too many tries. Wait # seconds, then try again.',
      }),
    ended: 'You have signed out. Nothing is left in this browser.',
    ring: 'How to read the ring',
    ringLabel: 'A ring with 18 of 24 hours left',
    ringText: 'Each customer’s message opens 24 hours to answer freely.',
    ringBig: '18 h',
    ringSmall: 'left to answer',
  },

  setup: {
    title: 'Set up OonoBox',
    lead: 'Two minutes: who the business is, and who owns this inbox. The link works once.',
    business: 'The business',
    accountName: 'Name of the business',
    accountNameHelp: 'As your team calls it. It can be changed later.',
    businessName: 'Name customers know',
    businessNameHelp: 'Leave it empty if it is the same.',
    timeZone: 'Time zone',
    timeZoneHelp: 'Days in conversations and reports follow it.',
    owner: 'The owner',
    name: 'Your name',
    nameHelp: 'Your team sees it beside your answers.',
    email: 'E-mail',
    password: 'Password',
    passwordHelp: 'At least 12 characters. Three or four words make a good one.',
    submit: 'Create the inbox',
    next: 'After this you connect a WhatsApp number.',
  },
  errorsTitle: (count: number) =>
    plural(count, { one: 'One thing to put right', other: '# things to put right' }),
  optional: 'optional',

  journalPage: {
    lead: 'Every change that WhatsApp sends is kept before it is understood. These could not be taken in. Nothing of them is lost: replay one after an update or a repair.',
    none: 'Everything was taken in',
    noneText: 'Changes that cannot be taken in are listed here, each with a Replay.',
    failed: 'Not taken in',
    partly: 'Taken in partly',
    item: (position: number) => `Item ${position + 1}`,
    moreItems: 'Further items of it could not be taken in either.',
    attempts: (count: number) => plural(count, { one: 'tried once', other: 'tried # times' }),
    field: 'Change',
    replay: 'Replay',
    replayOf: (field: string) => `Replay the change “${field}”`,
    more: 'Older changes',
  },

  me: {
    theme: 'Colours',
    themes: {
      system: ['As the device', 'Light or dark, as the device is set'],
      light: ['Light', 'Ink on paper'],
      dark: ['Dark', 'Easier on the eyes at night'],
    },
    density: 'Spacing',
    densities: {
      auto: ['Automatic', 'Compact on wide screens with a mouse'],
      comfortable: ['Comfortable', 'More air between rows'],
      compact: ['Compact', 'More conversations at once; touch screens keep room for thumbs'],
    },
    save: 'Save',
  },

  expired: {
    title: 'This link no longer works',
    text: 'It was used, or it is older than 30 minutes. Restart OonoBox: it prints a new link as long as nobody has signed up.',
    signIn: 'Go to the sign-in page',
  },
  problems: {
    400: ['That could not be read', 'Nothing was changed. Go back, reload the page, and try again.'],
    401: ['Sign in first', 'You are signed out, so nothing was changed.'],
    403: [
      'You may not do this',
      'Nothing was changed. An owner or admin of the account can give you the permission.',
    ],
    404: [
      'This page isn’t here',
      'The conversation may have been deleted for privacy, or the link lost a piece.',
    ],
    413: ['That is too large', 'Nothing was changed. Send less at once.'],
    422: ['That could not be taken', 'Nothing was changed. Go back, put it right, and try again.'],
    429: ['Too many requests', 'Nothing was changed. Wait a minute, then try again.'],
    500: [
      'Something broke on our side',
      'Nothing was sent. Try again; if it stays, give the code to the person who runs this server.',
    ],
    503: [
      'Not ready just now',
      'The server is starting, stopping, or out of disk space. Nothing was sent. Try again in a minute.',
    ],
    'media-not-stored': [
      'This file isn’t here',
      'It has not been fetched from WhatsApp, or it was deleted. Its message in the conversation says which.',
    ],
    'media-damaged': [
      'This file is damaged',
      'What is stored of it is not what was received, so nothing of it was shown. Tell the person who runs this server: a backup may still have it.',
    ],
    'written-meanwhile': [
      'The customer has written meanwhile',
      'Nothing was changed. Read what they wrote, then press the button again.',
    ],
    'account-unavailable': [
      'This inbox cannot be opened just now',
      'What customers write meanwhile is kept for it. Whoever runs the server is told what is wrong; once that is put right it opens by itself.',
    ],
  },
  problemCode: 'Code',
  tryAgain: 'Try again',
  backToInbox: 'Back to the inbox',
  otherBusiness: 'Sign in to another business',
};
