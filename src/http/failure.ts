import { ValidationError } from 'elysia';
import {
  AccountUnavailable,
  Busy,
  Forbidden,
  Invalid,
  Late,
  NotFound,
  Problem,
  StorageFull,
  StorageUnavailable,
  Unauthorized,
} from '#src/errors.ts';
import type { ProblemDetails } from './problem.ts';

/** What an error means to whoever sent the request; nothing in it comes from inside. */
export function explain(error: unknown, code: unknown): ProblemDetails {
  if (error instanceof Problem) {
    const { status, type, title, detail } = error;
    return { status, type, title, detail };
  } else if (error instanceof AccountUnavailable && !isForWantOfSpace(error)) {
    return accountUnavailable;
  } else if (error instanceof Invalid) {
    return { ...general(422), fields: error.fields };
  } else if (error instanceof ValidationError) {
    return explainValidation(error);
  } else {
    return general(statusOf(error, code));
  }
}

function statusOf(error: unknown, code: unknown): number {
  if (error instanceof NotFound || code === 'NOT_FOUND') {
    return 404;
  } else if (error instanceof Unauthorized) {
    return 401;
  } else if (error instanceof Forbidden) {
    return 403;
  } else if (
    [StorageFull, StorageUnavailable, AccountUnavailable, Busy, Late].some((kind) => error instanceof kind)
  ) {
    return 503;
  } else if (code === 'PARSE' || code === 'INVALID_COOKIE_SIGNATURE') {
    return 400;
  } else if (typeof code === 'number' && code >= 400 && code <= 599) {
    return code;
  } else {
    return 500;
  }
}

/** A path that holds no id of ours leads nowhere; anything else that does not fit is named. */
function explainValidation(error: ValidationError): ProblemDetails {
  if (error.type === 'params') {
    return general(404);
  }
  const named = error.all.map((one) => ('path' in one ? placeOf(one.path) : '')).filter(Boolean);
  const fields = named.length > 0 ? named : [error.type];
  return {
    ...general(422),
    fields: Object.fromEntries(fields.map((field) => [field, 'It is missing, or not of the kind expected.'])),
  };
}

/** `/contacts/0/name` as everything else names it: `contacts[0].name`. */
const placeOf = (pointer: string): string =>
  pointer
    .slice(1)
    .replace(/\/(\d+)(?=\/|$)/g, '[$1]')
    .replaceAll('/', '.');

/** On a full disk nothing is kept for anybody, so that nobody may be told it is. */
function isForWantOfSpace({ cause }: Error): boolean {
  return (
    cause instanceof StorageFull ||
    (cause instanceof Error && (/SQLITE_FULL|ENOSPC/.test(codeOf(cause)) || isForWantOfSpace(cause)))
  );
}

const codeOf = (error: Error): string => ('code' in error ? String(error.code) : '');

const accountUnavailable: ProblemDetails = {
  status: 503,
  type: 'account-unavailable',
  title: 'The account cannot be opened just now',
  detail: 'Nothing was changed. Send it again later: whoever runs the server sees what is wrong with it.',
};

const words: Readonly<Record<number, [type: string, title: string, detail: string]>> = {
  400: ['malformed', 'The request cannot be read', 'Send a well-formed body with the content type it has.'],
  401: ['unauthorized', 'A valid key is missing', 'Send an API key: Authorization: Bearer <key>.'],
  403: ['forbidden', 'This is not allowed', 'The sender is known, but may not do this.'],
  404: [
    'not-found',
    'There is nothing here',
    'The address is wrong, or what it names does not exist for this sender.',
  ],
  413: ['too-large', 'The body is too large', 'Nothing was changed. Send less at once.'],
  422: [
    'invalid',
    'The input cannot be taken',
    'Nothing was changed. Put right what is named and send it again.',
  ],
  429: ['too-many-requests', 'Too many requests', 'Nothing was changed. Wait, then send it again.'],
  500: [
    'internal',
    'Something broke on the server',
    'Send it again later. The request id finds the cause in the log.',
  ],
  503: ['unavailable', 'Not ready just now', 'Nothing was changed. Send it again in a minute.'],
};

function general(status: number): ProblemDetails {
  const [type, title, detail] = words[status] ??
    words[status < 500 ? 400 : 500] ?? ['problem', 'It did not work', ''];
  return { status, type, title, detail };
}
