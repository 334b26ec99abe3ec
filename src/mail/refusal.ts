/** Why a letter was not taken. The words for each are in `views/words/en-mail.ts`. */
export const reasons = [
  /** The address, refused for certain. */
  'recipient',
  /** What it says or how long it is, refused for certain. */
  'message',
  /** The mail server says: later. */
  'later',
  /** Our own address may not send there. */
  'sender',
  'login',
  'tls',
  /** The mail server's name is not known. */
  'host',
  'unreachable',
  'silent',
  'other',
  /** What its link led to was over before it could leave. */
  'expired',
  /** It cannot be opened with this install's key, or comes from a newer version. */
  'unreadable',
] as const;
export type Reason = (typeof reasons)[number];

export type Refusal = {
  reason: Reason;
  /** The numbers of the server's answer, such as `550 5.1.1`. Its words are not kept: they may repeat the letter's. */
  reply: string | null;
};

const FINAL: ReadonlySet<Reason> = new Set(['recipient', 'message', 'expired', 'unreadable']);
const OF_ONE_LETTER: ReadonlySet<Reason> = new Set([...FINAL, 'later']);

/** Trying again would get the same answer. */
export const isFinal = ({ reason }: Refusal): boolean => FINAL.has(reason);

/** It would meet every other letter as well. */
export const concernsAll = ({ reason }: Refusal): boolean => !OF_ONE_LETTER.has(reason);

/** What an error of nodemailer's means (its codes: nodemailer/dist/esm/errors.js; replies: RFC 5321, RFC 3463, RFC 4954). */
export function understand(error: unknown): Refusal {
  const { code, command, response } = facetsOf(error);
  const [, number = '', extended] = /^([45]\d\d)(?:[ -]([45]\.\d{1,3}\.\d{1,3})(?!\d))?/.exec(response) ?? [];
  const reply = number === '' ? null : [number, extended].filter(Boolean).join(' ');
  return { reason: number === '' ? silently(code) : refused(number, code, command), reply };
}

/** These speak of our login, whatever they are an answer to. */
const LOGIN_REPLIES: ReadonlySet<string> = new Set(['530', '534', '535', '538']);

function refused(number: string, code: string, command: string): Reason {
  if (code === 'EAUTH' || LOGIN_REPLIES.has(number)) {
    return 'login';
  } else if (code === 'ETLS') {
    return 'tls';
  } else if (number === '421') {
    return 'unreachable';
  } else if (number.startsWith('4')) {
    return 'later';
  } else if (number === '503') {
    // Not the letter, but what came before it in this conversation (RFC 5321, 4.2.4).
    return 'other';
  } else if (command === 'RCPT TO') {
    return 'recipient';
  } else if (command === 'DATA') {
    return 'message';
  } else {
    return command === 'MAIL FROM' ? 'sender' : 'other';
  }
}

/** The server said nothing to it, or was never reached. */
function silently(code: string): Reason {
  const known: Readonly<Record<string, Reason>> = {
    EAUTH: 'login',
    ETLS: 'tls',
    EDNS: 'host',
    ETIMEDOUT: 'silent',
    EABORT: 'silent',
    ECONNECTION: 'unreachable',
    ESOCKET: 'unreachable',
    // Nodemailer itself refuses an address that no server could take, and a letter longer than the server allows.
    EENVELOPE: 'recipient',
    EMESSAGE: 'message',
  };
  return known[code] ?? 'other';
}

type Facets = { code: string; command: string; response: string };

function facetsOf(error: unknown): Facets {
  const textOf = (name: string) => {
    const value: unknown = error instanceof Error ? Reflect.get(error, name) : null;
    return typeof value === 'string' ? value : '';
  };
  const isOfCertificate = [textOf('originalCode'), textOf('code')].some((code) => CERTIFICATE.test(code));
  return {
    code: isOfCertificate ? 'ETLS' : textOf('code'),
    command: textOf('command'),
    response: textOf('response'),
  };
}

/** With TLS from the first byte on, nodemailer reports a certificate it does not trust as any error of the socket. */
const CERTIFICATE = /CERT|SELF_SIGNED|UNABLE_TO_|ERR_TLS|ERR_SSL/;
