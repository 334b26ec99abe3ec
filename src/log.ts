import { DrizzleQueryError } from 'drizzle-orm';
import pino, { type DestinationStream, type Logger } from 'pino';

export type { Logger } from 'pino';

const HIDDEN = '[hidden]';

/** Keys whose values never reach a log line, wherever they stand in the first two levels. */
const SECRET_KEYS = [
  'token',
  'access_token',
  'accessToken',
  'authorization',
  'cookie',
  'password',
  'secret',
  'app_secret',
  'appSecret',
  'verify_token',
  'key',
  'phone',
  'from',
  'to',
  'wa_id',
  'email',
  'text',
  'body',
  'raw',
  'snippet',
  'name',
];

const SECRETS_IN_WORDS = [
  /\b(?:Bearer|OAuth)\s+\S+/gi,
  /\bEAA[A-Za-z0-9]{8,}/g,
  /([?&](?:access_token|token|input_token)=)[^&\s]+/gi,
  /\+\d[\d\s().-]{6,}\d/g,
];

/** The program's log: JSON lines. Tokens, phone numbers and what people write are never in them. */
export function createLog(level: string, destination?: DestinationStream): Logger {
  const options = {
    level,
    base: { pid: process.pid },
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: { paths: SECRET_KEYS.flatMap((key) => [key, `*.${key}`]), censor: HIDDEN },
    serializers: { err: describeError, error: describeError },
    hooks: {
      logMethod(this: Logger, args: Parameters<pino.LogFn>, method: pino.LogFn) {
        const hidden = args.map((arg) => (typeof arg === 'string' ? hideSecrets(arg) : arg));
        method.apply(this, hidden as Parameters<pino.LogFn>);
      },
    },
  };
  return destination ? pino(options, destination) : pino(options, pino.destination({ fd: 2, sync: true }));
}

export function hideSecrets(words: string): string {
  return SECRETS_IN_WORDS.reduce((rest, pattern) => rest.replace(pattern, HIDDEN), words);
}

/** An error without the values it speaks of: drizzle's message carries every bound parameter. */
function describeError(error: unknown): object {
  if (error instanceof DrizzleQueryError) {
    return { type: 'DrizzleQueryError', query: error.query, cause: describeError(error.cause) };
  } else if (error instanceof Error) {
    return {
      type: error.name,
      code: 'code' in error ? error.code : undefined,
      message: hideSecrets(error.message),
      stack: hideSecrets(error.stack ?? '')
        .split('\n')
        .slice(1)
        .join('\n'),
      cause: error.cause === undefined ? undefined : describeError(error.cause),
    };
  } else {
    return { type: typeof error };
  }
}
