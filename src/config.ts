import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { readS3, type S3Given, type S3Settings } from './attachments/vault/s3-settings.ts';
import { StartRefused } from './errors.ts';
import { readTrustedProxies } from './http/client-address.ts';
import { type MailSettings, readSender, readSmtp, type Smtp } from './mail/settings.ts';

const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;
const signupPolicies = ['first', 'open', 'closed'] as const;

export type Config = Readonly<{
  /** Absolute path of the data folder. */
  data: string;
  port: number;
  host: string;
  /** The public origin without a trailing slash; null until one is given. Alone decides cookies, origin checks and links. */
  url: string | null;
  /** The root key as it was given, or null: then `root.key` in the data folder counts. */
  key: string | null;
  /** Origin of the Graph API, without a trailing slash. */
  graphUrl: string;
  graphVersion: string;
  signups: (typeof signupPolicies)[number];
  logLevel: (typeof logLevels)[number];
  /** Addresses whose X-Forwarded-For is believed. */
  trustedProxies: readonly string[];
  openAccounts: number;
  /** A libvips to use for pictures instead of the executable's own, or null. */
  libvips: string | null;
  /** What /metrics asks for; null: there is no such page. */
  metricsToken: string | null;
  /** From how many megabytes of memory on to warn; null: decided by what the process may have. */
  memoryWarnMb: number | null;
  /** Where letters are handed over, and whom they come from; null: this install sends none. */
  mail: MailSettings | null;
  /** The bucket that files are kept in; null: the data folder. */
  s3: S3Settings | null;
  /** A demonstration: nothing leaves the machine, and everything goes when it ends. Never set from outside. */
  isDemo: boolean;
  /** Names that look like ours but are not known: said at start, since they are usually typing mistakes. */
  unknown: readonly string[];
}>;

export const DEFAULT_GRAPH_URL = 'https://graph.facebook.com';

const KNOWN = [
  'DATA',
  'PORT',
  'HOST',
  'URL',
  'KEY',
  'KEY_FILE',
  'GRAPH_URL',
  'GRAPH_VERSION',
  'SIGNUPS',
  'LOG_LEVEL',
  'TRUSTED_PROXIES',
  'OPEN_ACCOUNTS',
  'LIBVIPS',
  'METRICS_TOKEN',
  'METRICS_TOKEN_FILE',
  'MEMORY_WARN_MB',
  'SMTP_URL',
  'SMTP_URL_FILE',
  'MAIL_FROM',
  'S3_BUCKET',
  'S3_ENDPOINT',
  'S3_REGION',
  'S3_ACCESS_KEY_ID',
  'S3_ACCESS_KEY_ID_FILE',
  'S3_SECRET_ACCESS_KEY',
  'S3_SECRET_ACCESS_KEY_FILE',
];

type Environment = Readonly<Record<string, string | undefined>>;

/** Reads the environment into one frozen object. Every problem is reported at once, in one `StartRefused`. */
export function readConfig(environment: Environment = process.env): Config {
  const problems: string[] = [];
  const problem = (name: string, why: string) => {
    problems.push(`OONOBOX_${name} ${why}`);
  };
  const text = (name: string, fallback: string) => environment[`OONOBOX_${name}`]?.trim() || fallback;

  function whole(name: string, fallback: number, least: number, most: number): number {
    const given = text(name, String(fallback));
    const value = Number(given);
    if (!/^\d+$/.test(given) || value < least || value > most) {
      problem(name, `is "${given}": give a whole number from ${least} to ${most}`);
    }
    return value;
  }

  function choice<const T extends readonly string[]>(
    name: string,
    values: T,
    fallback: T[number],
  ): T[number] {
    const given = text(name, fallback);
    const found = values.find((value) => value === given);
    if (found === undefined) {
      problem(name, `is "${given}": give one of ${values.join(', ')}`);
    }
    return found ?? fallback;
  }

  function origin(name: string, fallback: string): string {
    const given = text(name, fallback);
    const url = URL.canParse(given) ? new URL(given) : null;
    if (
      !url ||
      !/^https?:$/.test(url.protocol) ||
      url.pathname !== '/' ||
      url.search ||
      url.hash ||
      url.username
    ) {
      problem(name, `is "${given}": give an address like https://inbox.example.com, without a path`);
    }
    return url?.origin ?? fallback;
  }

  function version(name: string, fallback: string): string {
    const given = text(name, fallback);
    if (!/^v\d{1,3}\.\d{1,2}$/.test(given)) {
      problem(name, `is "${given}": give a version like ${fallback}`);
    }
    return given;
  }

  /** A secret may also stand in a file named by `<NAME>_FILE`; its value never appears in a message. */
  function secret(name: string): string | null {
    const given = environment[`OONOBOX_${name}`];
    const file = environment[`OONOBOX_${name}_FILE`];
    if (given !== undefined && file !== undefined) {
      problem(name, `and OONOBOX_${name}_FILE are both set: keep one`);
    }
    if (file !== undefined) {
      try {
        return readFileSync(file, 'utf8');
      } catch {
        problem(`${name}_FILE`, `names "${file}", which cannot be read: check the path and its permissions`);
        return null;
      }
    }
    return given ?? null;
  }

  /** A secret that is sent in a header: long enough, and only of what may stand there. */
  function bearer(name: string): string | null {
    const given = secret(name)?.trim() || null;
    if (given !== null && !/^[\x21-\x7e]{16,}$/.test(given)) {
      problem(
        name,
        'is too short or has spaces in it: give 16 or more letters and digits that nobody can guess',
      );
    }
    return given;
  }

  function proxies(name: string): readonly string[] {
    const list = text(name, '')
      .split(/[\s,]+/)
      .filter(Boolean);
    try {
      readTrustedProxies(list);
    } catch (error) {
      problem(name, `has a mistake: ${error instanceof Error ? error.message : ''}`);
    }
    return Object.freeze(list);
  }

  function smtp(name: string): Smtp | null {
    const given = secret(name)?.trim() || null;
    try {
      return given === null ? null : readSmtp(given);
    } catch (error) {
      problem(name, error instanceof Error ? error.message : '');
      return null;
    }
  }

  /** What letters come from is asked for only where there are any. */
  function mail(): MailSettings | null {
    const server = smtp('SMTP_URL');
    const given = text('MAIL_FROM', server?.login?.user ?? '');
    const from = readSender(given);
    if (server !== null && from === null) {
      problem(
        'MAIL_FROM',
        'is missing or no address: give one like inbox@example.com, or Shop <inbox@example.com>',
      );
    }
    return server && from && Object.freeze({ smtp: server, from });
  }

  function s3(): S3Settings | null {
    const names: Record<keyof S3Given, string> = {
      bucket: 'S3_BUCKET',
      endpoint: 'S3_ENDPOINT',
      region: 'S3_REGION',
      accessKeyId: 'S3_ACCESS_KEY_ID',
      secretAccessKey: 'S3_SECRET_ACCESS_KEY',
    };
    const given = {
      bucket: text(names.bucket, ''),
      endpoint: text(names.endpoint, ''),
      region: text(names.region, ''),
      accessKeyId: secret(names.accessKeyId)?.trim() ?? '',
      secretAccessKey: secret(names.secretAccessKey)?.trim() ?? '',
    };
    const settings = readS3(given, (name, why) => problem(names[name], why));
    // Bun's client takes it from there, whatever it is given, and then every request is refused.
    const token = ['AWS_SESSION_TOKEN', 'S3_SESSION_TOKEN'].find((name) => environment[name]);
    if (settings && token) {
      problem(
        'S3_BUCKET',
        `cannot be used while ${token} is set: take that out of this program’s environment`,
      );
    }
    return settings;
  }

  const publicUrl = text('URL', '');
  const config: Config = {
    data: resolve(text('DATA', './data')),
    port: whole('PORT', 3000, 0, 65535),
    host: text('HOST', '0.0.0.0'),
    url: publicUrl === '' ? null : origin('URL', publicUrl),
    key: secret('KEY'),
    graphUrl: origin('GRAPH_URL', DEFAULT_GRAPH_URL),
    graphVersion: version('GRAPH_VERSION', 'v25.0'),
    signups: choice('SIGNUPS', signupPolicies, 'first'),
    logLevel: choice('LOG_LEVEL', logLevels, 'info'),
    trustedProxies: proxies('TRUSTED_PROXIES'),
    openAccounts: whole('OPEN_ACCOUNTS', 64, 1, 10_000),
    libvips: text('LIBVIPS', '') || null,
    metricsToken: bearer('METRICS_TOKEN'),
    memoryWarnMb: text('MEMORY_WARN_MB', '') === '' ? null : whole('MEMORY_WARN_MB', 0, 64, 1_048_576),
    mail: mail(),
    s3: s3(),
    isDemo: false,
    unknown: Object.freeze(unknownNames(environment)),
  };
  if (problems.length > 0) {
    throw new StartRefused(
      `The configuration has ${problems.length === 1 ? 'a problem' : `${problems.length} problems`}:\n${problems.map((one) => `  - ${one}`).join('\n')}`,
    );
  }
  return Object.freeze(config);
}

function unknownNames(environment: Environment): string[] {
  return Object.keys(environment).filter(
    (name) => name.startsWith('OONOBOX_') && !KNOWN.includes(name.slice('OONOBOX_'.length)),
  );
}
