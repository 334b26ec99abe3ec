import { pluralsOf } from './plural.ts';

const plural = pluralsOf('en-GB');

/** The words of how somebody signs in: sessions, password, second factor, passkeys. */
export const door = {
  places: {
    sessions: 'Sessions',
    password: 'Password',
    'second-factor': 'Second factor',
  },
  placesLabel: 'How you sign in',
  leads: {
    sessions:
      'Every browser you are signed in with. End what you do not recognise, then change your password.',
    password: 'It lets you in, with your e-mail. Changing it signs you out everywhere else.',
    'second-factor': 'With a second factor, somebody who learns your password still does not get in.',
  },
  said: {
    proven: 'Confirmed. Press the button again.',
    ended: 'That session has ended.',
    'others-ended': 'All your other sessions have ended.',
    changed: 'Your password is changed. You are signed out everywhere else.',
    on: 'Your second factor is on. You are signed out everywhere else.',
    off: 'That is taken away. You are signed out everywhere else.',
    named: 'The passkey has its new name.',
    added: 'The passkey works from now on.',
  },

  device: (browser: string | null, system: string | null) =>
    browser !== null && system !== null
      ? `${browser} on ${system}`
      : (browser ?? system ?? 'Unknown browser'),
  thisOne: 'This one',
  begun: 'Signed in',
  lastUsed: 'last used',
  usedNow: 'in use now',
  unknownAddress: 'unknown address',
  end: 'End',
  endOf: (device: string) => `End the session of ${device}`,
  endOthers: 'End all others',
  most: (count: number) => `You can be signed in ${count} times; after that the longest unused session ends.`,

  oldPassword: 'Password until now',
  newPassword: 'New password',
  newPasswordHelp: 'At least 12 characters. Three or four words that do not belong together make a good one.',
  changePassword: 'Change the password',
  wrongPassword: 'That is not your password. Check it and try again.',
  wait: (seconds: number) =>
    plural(seconds, {
      one: 'Too many tries. Wait one second, then try again.',
      other: 'Too many tries. Wait # seconds, then try again.',
    }),

  proof: {
    title: 'Confirm that it is you',
    lead: 'You are about to change how people get in here. Somebody who borrowed your screen should not be able to.',
    again: 'Afterwards you are back on the page you came from: press the button there again.',
    back: 'Afterwards you are back where you were.',
    holds: 'It holds for ten minutes.',
    password: 'Your password',
    submit: 'Confirm',
    cancel: 'Leave it',
    code: 'Or a code from your app',
  },

  code: 'Code',
  codeHelp: 'Six digits from your authenticator app.',
  codeOrRecoveryHelp: 'Six digits from your authenticator app, or one of your recovery codes.',
  wrongCode: 'That code does not fit, or it was used already. Wait for the next one and try again.',

  step: {
    title: 'Second factor',
    lead: 'Your password was right. Now show that you have your device.',
    recoveryHelp: 'One of your recovery codes.',
    submit: 'Sign in',
    back: 'Start over',
    lost: 'Lost your device? Each of your recovery codes works once in place of it.',
    over: 'That took too long, or too many codes were wrong. Sign in again.',
  },

  factor: {
    needed: 'Your role demands a second factor. Set one up to go on: an authenticator app or a passkey.',
    app: 'Authenticator app',
    appOff: 'An app on your phone shows a new code every 30 seconds. Any such app works.',
    appOn: 'You are asked for a code from it after your password.',
    state: { on: 'On', off: 'Off' },
    setUp: 'Set up',
    turnOff: 'Turn off',
    recovery: 'Recovery codes',
    left: (count: number) =>
      plural(count, {
        one: 'One code is left. Make new ones soon.',
        other: '# codes are left. Each works once, when your device is not at hand.',
      }),
    renew: 'Make new codes',
    renewHelp: 'New ones make these useless.',
  },

  secret: {
    title: 'Set up your authenticator app',
    lead: 'Scan this with the app, then enter the code that it shows.',
    qr: 'A QR code for your authenticator app',
    text: 'Cannot scan it? Enter this key in the app:',
    submit: 'Turn on',
    over: 'Leave it',
  },

  recovery: {
    title: 'Your recovery codes',
    lead: 'Each of them signs you in once when your device is not at hand. They are shown only now: print them, or keep them where you keep passwords, but not on the same device.',
    done: 'I have kept them',
  },

  passkeys: {
    title: 'Passkeys',
    lead: 'Sign in with a fingerprint, a face or a PIN of your device, without a password. With one, a password alone no longer signs you in.',
    none: 'You have none yet.',
    add: 'Add a passkey',
    name: 'Name',
    nameOf: (name: string) => `Name of ${name}`,
    rename: 'Rename',
    remove: 'Remove',
    removeOf: (name: string) => `Remove ${name}`,
    added: 'Added',
    used: 'last used',
    unused: 'not used yet',
    use: 'Sign in with a passkey',
    prove: 'Use a passkey',
    failed: 'The browser did not hand over a passkey. Nothing was changed; try again, or use another way.',
    refused: 'That passkey was not accepted. Try again, or use another way.',
    nowhere:
      'Passkeys need a name in the address, such as https://inbox.example.com: they cannot be used at this one.',
  },
};
