/** A letter in words. */
export type Written = {
  subject: string;
  /** What lists of letters show beside the subject. */
  preheader: string;
  title: string;
  says: readonly string[];
  action: { text: string; href: string } | null;
  /** Names and values. */
  facts: readonly (readonly [name: string, value: string])[];
  /** Until when, and what to do if it was not the reader. */
  ends: readonly string[];
};

const tellSomebody =
  'If it was not you, somebody else may be signed in as you. Choose a new password on the sign-in page at once, and tell whoever looks after your team’s OonoBox.';

const once = (until: string) => `The link works once, until ${until}.`;
const whereFrom = (address: string | null) =>
  address === null ? [] : [['Network address', address] as const];

/** What is said to people by mail. Names come fit for a letter, moments in words with their zone. */
export const letters = {
  invitation: (by: string, account: string, href: string, until: string): Written => ({
    subject: `${by} invites you to ${account}`,
    preheader: `Answer the customers of ${account} on WhatsApp, together with the team.`,
    title: `Join ${account}`,
    says: [`${by} invites you to answer the customers of ${account} on WhatsApp, together with the team.`],
    action: { text: 'Accept the invitation', href },
    facts: [],
    ends: [
      once(until),
      `If you do not know ${by} or did not expect this, do nothing: without the link nobody gets in.`,
    ],
  }),
  reset: (href: string, until: string): Written => ({
    subject: 'Choose a new password',
    preheader: 'Somebody asked for a new password for this address.',
    title: 'Choose a new password',
    says: ['Somebody asked for a new password for the sign-in with this address: you, or whoever helps you.'],
    action: { text: 'Choose a new password', href },
    facts: [],
    ends: [
      `${once(until)} Give it to nobody: whoever opens it chooses your password.`,
      'If you did not ask for it, do nothing: your password stays as it is.',
    ],
  }),
  confirmation: (account: string, href: string, until: string): Written => ({
    subject: 'Confirm your address',
    preheader: `One step is left until ${account} begins.`,
    title: 'Confirm your address',
    says: [`Somebody gave this address to open ${account}. Confirm that it is yours, and it begins.`],
    action: { text: 'Confirm the address', href },
    facts: [],
    ends: [once(until), 'If that was not you, do nothing: without the link nothing is opened.'],
  }),
  newEmail: (href: string, until: string): Written => ({
    subject: 'Confirm your new address',
    preheader: 'Then you sign in with it.',
    title: 'Confirm your new address',
    says: ['Somebody who is signed in to OonoBox wants to sign in with this address from now on.'],
    action: { text: 'Use this address', href },
    facts: [],
    ends: [once(until), 'If that was not you, do nothing: the address is not used without the link.'],
  }),
  emailChanged: (to: string, at: string): Written => ({
    subject: 'Your address for signing in has changed',
    preheader: 'If it was not you, somebody else may be signed in as you.',
    title: 'Your address has changed',
    says: ['You now sign in with another address. The one this letter came to is not used any more.'],
    action: null,
    facts: [
      ['New address', to],
      ['When', at],
    ],
    ends: [
      'If it was not you, somebody else may be signed in as you. Tell whoever looks after your team’s OonoBox at once: they can end that sign-in and give you your access back.',
    ],
  }),
  passwordChanged: (at: string, address: string | null): Written => ({
    subject: 'Your password has changed',
    preheader: 'If it was not you, somebody else may be signed in as you.',
    title: 'Your password has changed',
    says: ['From now on you sign in with the new one.'],
    action: null,
    facts: [['When', at], ...whereFrom(address)],
    ends: [tellSomebody],
  }),
  secondFactorChanged: (change: keyof typeof secondFactor, at: string): Written => {
    const [title, says] = secondFactor[change];
    return {
      subject: title,
      preheader: 'If it was not you, somebody else may be signed in as you.',
      title,
      says: [says],
      action: null,
      facts: [['When', at]],
      ends: [tellSomebody],
    };
  },
  newDevice: (at: string, browser: string | null, address: string | null): Written => ({
    subject: 'Sign-in from a new browser',
    preheader: 'If it was you, there is nothing to do.',
    title: 'You signed in from a new browser',
    says: ['Somebody signed in with this address from a browser that was not used for it before.'],
    action: null,
    facts: [
      ['When', at],
      ...(browser === null ? [] : [['Browser', browser] as const]),
      ...whereFrom(address),
    ],
    ends: ['If it was you, there is nothing to do.', tellSomebody],
  }),
  test: (by: string, at: string): Written => ({
    subject: 'Test letter from OonoBox',
    preheader: 'Letters from this server arrive.',
    title: 'Letters arrive',
    says: [`${by} tried whether letters from this server arrive. They do.`],
    action: null,
    facts: [['When', at]],
    ends: ['There is nothing to do.'],
  }),
};

const secondFactor = {
  on: ['Signing in now asks for a code', 'Beside the password, signing in now takes a code from your app.'],
  off: [
    'Signing in no longer asks for a code',
    'The second step beside the password was turned off: the password alone is enough.',
  ],
  'app-off': [
    'Your authenticator app was turned off',
    'Its codes no longer sign you in. Your passkeys still do.',
  ],
  codes: ['You have new recovery codes', 'The ones you had before no longer sign you in.'],
  'passkey-added': [
    'A passkey was added',
    'It signs you in without a password, on the device that keeps it.',
  ],
  'passkey-removed': ['A passkey was removed', 'It no longer signs you in.'],
  'last-passkey-removed': [
    'Your last passkey was removed',
    'It no longer signs you in: from now on the password alone is enough.',
  ],
} as const;
