import type { LetterKind } from '#src/mail/letter.ts';
import { letters } from './en-letters.ts';
import { pluralsOf } from './plural.ts';

const plural = pluralsOf('en-GB');

/** The words of letters, and of the page that shows what became of them. */
export const mail = {
  letters,
  footer: 'Sent by OonoBox, the team inbox for WhatsApp. Nobody reads answers to this letter.',
  orOpen: 'If the button does nothing, open this address:',
  browserOn: (browser: string, system: string) => `${browser} on ${system}`,

  kinds: {
    invitation: 'Invitation',
    reset: 'New password',
    confirmation: 'Confirmation of an address',
    'new-email': 'Confirmation of a new address',
    'email-changed': 'Notice: address changed',
    'password-changed': 'Notice: password changed',
    'second-factor-changed': 'Notice: second step changed',
    'new-device': 'Notice: new browser',
    test: 'Test letter',
  } satisfies Record<LetterKind, string>,

  setUp: 'Mail is set up',
  server: 'Mail server',
  encryption: 'Encryption',
  encryptions: {
    start: 'TLS from the first byte on; its certificate is checked',
    upgraded: 'STARTTLS, without which nothing is said; its certificate is checked',
    none: 'None: it runs on this machine',
  },
  login: 'Login',
  logins: { given: 'With a user and a password, which are not shown', none: 'Without' },
  sender: 'Sender',
  notSetUp: 'Mail is not set up',
  notSetUpText:
    'This server sends no letters. Invitations and new passwords are links that are shown once, to be passed on by hand, and nobody is told of a sign-in from a new browser.',
  howTo:
    'Set these where OonoBox is started, then start it again. Your mail provider says what to fill in; user and password are percent-encoded (@ as %40). The first can also stand in a file, named by OONOBOX_SMTP_URL_FILE.',
  example: [
    'OONOBOX_SMTP_URL=smtps://user%40example.com:password@smtp.example.com',
    'OONOBOX_MAIL_FROM="Our inbox <inbox@example.com>"',
  ].join('\n'),
  howToPorts:
    'smtps:// is for servers that encrypt from the start (port 465), smtp:// for those that begin with STARTTLS (port 587); another port stands behind the host.',

  test: 'Try it',
  testText: (address: string) => `A test letter goes to your own address, ${address}, at once.`,
  sendTest: 'Send a test letter',
  came: {
    sent: (address: string) => [
      'Handed over.',
      `The mail server has taken the letter for ${address}. Look into that mailbox, also among spam; what becomes of it further on only its owner sees.`,
    ],
    queued: (address: string) => [
      'Not sent yet.',
      `The letter for ${address} waits, and is tried again by itself.`,
    ],
    underway: (address: string) => [
      'Still on its way.',
      `The mail server takes its time with the letter for ${address}. Load this page again in a minute.`,
    ],
    failed: (address: string) => ['Not sent.', `The letter for ${address} was not taken.`],
  },

  list: 'Letters of the last 30 days',
  sums: (sent: number, waiting: number, failed: number) =>
    [
      plural(sent, { one: 'one sent', other: '# sent' }),
      plural(waiting, { one: 'one waits', other: '# wait' }),
      plural(failed, { one: 'one failed', other: '# failed' }),
    ].join(' · '),
  none: 'No letters yet',
  noneText: 'Invitations, new passwords and notices about sign-ins are listed here once there are any.',
  states: { sent: 'Sent', queued: 'Waits', failed: 'Not sent' },
  to: 'To',
  tries: (count: number) =>
    count === 0 ? 'not tried yet' : plural(count, { one: 'tried once', other: 'tried # times' }),
  nextTry: 'Next try:',
  soon: 'Next try: in a moment',
  again: 'Try again',
  againFor: (kind: string, address: string) => `Try again: ${kind} to ${address}`,
  older: 'Older letters',
  newest: 'The newest letters',

  /** Why a letter was not taken, and what to do. */
  reasons: {
    recipient: 'The mail server refuses this address. Check that it is written correctly.',
    message: 'The mail server refuses the letter itself, usually as spam or as too long.',
    later: 'The mail server asks to come later. That is usual the first time it hears from a sender.',
    sender:
      'The mail server does not let this sender write. Check OONOBOX_MAIL_FROM: most servers want the address of the login.',
    login: 'The mail server refuses the login. Check the user and the password in OONOBOX_SMTP_URL.',
    tls: 'No encrypted connection: the certificate of the mail server is not trusted or is for another name, or it offers no TLS. Check the host in OONOBOX_SMTP_URL, and whether it is smtp:// or smtps://.',
    host: 'The name of the mail server is not known. Check the host in OONOBOX_SMTP_URL, and whether this machine can look up names.',
    unreachable:
      'The mail server cannot be reached, or hung up. Check host and port in OONOBOX_SMTP_URL; some hosting providers close the ports for mail until you ask.',
    silent:
      'The mail server did not answer in time. Check host and port in OONOBOX_SMTP_URL, and whether it is smtp:// or smtps://.',
    other: 'The mail server answered in a way that is not understood.',
    expired: 'Its link was over before the letter could leave. It has to be asked for again.',
    unreadable: 'The letter cannot be opened: it was written with another key, or by a newer OonoBox.',
  },
  gaveUp: 'It was tried for two days, and is given up.',
  reply: (numbers: string) => `Its answer: ${numbers}.`,
};
