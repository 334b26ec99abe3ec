import { readName } from '#src/people/person.ts';
import { readAddress } from './address.ts';

/** Who letters come from. */
export type Sender = { name: string | null; address: string };

/** The server that letters are handed to. */
export type Smtp = {
  host: string;
  port: number;
  /** TLS from the first byte on (`smtps`). Otherwise STARTTLS, without which nothing is said to another machine. */
  isTlsFromStart: boolean;
  /** On this machine, where nothing travels over a network. */
  isLoopback: boolean;
  login: { user: string; password: string } | null;
};

export type MailSettings = Readonly<{ smtp: Smtp; from: Sender }>;

const PORTS = { 'smtp:': 587, 'smtps:': 465 } as const;
const HOST = /^(?:[a-z\d](?:[a-z\d.-]*[a-z\d])?|\[[\da-f:.]+\])$/i;
const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|::1)$/i;

/** Reads `smtps://user:password@host:port`. Throws an Error whose sentence says nothing of what was given. */
export function readSmtp(given: string): Smtp {
  const url = URL.canParse(given) ? new URL(given) : null;
  if (!url || !isProtocol(url.protocol) || !HOST.test(url.hostname)) {
    throw new Error('is not an address like smtps://user:password@smtp.example.com');
  } else if (!/^\/?$/.test(url.pathname) || url.search || url.hash || url.port === '0') {
    throw new Error(
      'has something behind its host: if that belongs to the password, percent-encode it (/ as %2F, ? as %3F, # as %23, @ as %40)',
    );
  }
  const host = url.hostname.replace(/^\[|\]$/g, '');
  return {
    host,
    port: url.port === '' ? PORTS[url.protocol] : Number(url.port),
    isTlsFromStart: url.protocol === 'smtps:',
    isLoopback: LOOPBACK.test(host),
    login: readLogin(url),
  };
}

/** An address, or `Name <address>`; null when it is neither. */
export function readSender(given: string): Sender | null {
  const [, said = '', inside] = /^(.*)<([^<>]*)>$/s.exec(given.trim()) ?? [];
  const address = readAddress(inside ?? given);
  const name = said.trim().replace(/^"(.*)"$/s, '$1');
  if (address === null || (name !== '' && readName(name) === null)) {
    return null;
  }
  return { name: readName(name), address };
}

function isProtocol(protocol: string): protocol is keyof typeof PORTS {
  return protocol in PORTS;
}

function readLogin({ username, password }: URL): Smtp['login'] {
  if (username === '' && password === '') {
    return null;
  }
  const login = { user: decode(username), password: decode(password) };
  if (login.user === '' || login.password === '') {
    throw new Error('has a user or a password, but not both');
  }
  return login;
}

function decode(encoded: string): string {
  const text = decoded(encoded);
  // A NUL would end the user within the login; no mail server takes the others either.
  if (text === null || /\p{Cc}/u.test(text)) {
    throw new Error('has a user or a password that is not percent-encoded (% as %25)');
  }
  return text;
}

function decoded(encoded: string): string | null {
  try {
    return decodeURIComponent(encoded);
  } catch {
    return null;
  }
}
