import type { MailSettings } from './settings.ts';

/** A letter as it is handed to the mail server. */
export type Message = {
  /** With its angle brackets. */
  messageId: string;
  to: string;
  subject: string;
  text: string;
  html: string;
  /** What the sender is called where the settings do not say it. */
  product: string;
};

/** Hands a letter over, or throws nodemailer's error, which `refusal.ts` understands. `signal` gives up. */
export type Post = (message: Message, signal: AbortSignal) => Promise<void>;

const CONNECT_MS = 10_000;
const GREETING_MS = 10_000;
const SILENCE_MS = 30_000;

/** `name` is what this server calls itself; null: by the name of its machine. */
export function createPost({ smtp, from }: MailSettings, name: string | null): Post {
  const options = {
    host: smtp.host,
    port: smtp.port,
    secure: smtp.isTlsFromStart,
    // To another machine only through TLS. On this one a mail server often has a certificate that nobody vouches for.
    requireTLS: !smtp.isTlsFromStart && !smtp.isLoopback,
    ignoreTLS: smtp.isLoopback,
    tls: { rejectUnauthorized: true, minVersion: 'TLSv1.2' as const },
    connectionTimeout: CONNECT_MS,
    greetingTimeout: GREETING_MS,
    socketTimeout: SILENCE_MS,
    dnsTimeout: CONNECT_MS,
    allowInternalNetworkInterfaces: true,
    disableFileAccess: true,
    disableUrlAccess: true,
    logger: false as const,
    ...(name === null ? {} : { name }),
    ...(smtp.login === null ? {} : { auth: { user: smtp.login.user, pass: smtp.login.password } }),
  };
  return async ({ to, product, ...message }, signal) => {
    // Loaded when the first letter leaves: few starts need it, and it takes as long as a database.
    const { createTransport } = await import('nodemailer');
    await createTransport(options).sendMail({
      ...message,
      from: { name: from.name ?? product, address: from.address },
      to: { name: '', address: to },
      envelope: { from: from.address, to: [to] },
      // Holiday notices and the like are not to answer it.
      headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' },
      signal,
    });
  };
}
