import {
  AccountUnavailable,
  Forbidden,
  Invalid,
  NotFound,
  Problem,
  StartRefused,
  StorageFull,
} from '#src/errors.ts';
import type { Logger } from '#src/log.ts';

/** Says to the person at the terminal why a command failed. What is not meant for them goes to the log alone. */
export function explainFailure(error: unknown, log: Logger): string {
  if (error instanceof Invalid) {
    return Object.entries(error.fields)
      .map(([field, why]) => `${field}: ${why}`)
      .join('\n');
  } else if (error instanceof Problem) {
    return `${error.title}. ${error.detail}`;
  } else if (error instanceof NotFound) {
    return error.message || 'There is no such thing in this install: check the id.';
  } else if (error instanceof StorageFull) {
    return 'The disk is full, so nothing was changed. Free some space and try again.';
  } else if (isForThePerson(error)) {
    return error.message;
  } else {
    log.error({ err: error }, 'a command failed');
    return 'Something unexpected went wrong. The log has the details.';
  }
}

function isForThePerson(error: unknown): error is Error {
  return error instanceof StartRefused || error instanceof Forbidden || error instanceof AccountUnavailable;
}
