import { readMetaErrors } from '../meta-error.ts';
import { accountEvent, type FieldReader, remarkOf } from './account-event.ts';

/** Errors that stand alone in a change, the first of them: it is about the number or the app, not about a message. */
export const readErrors: FieldReader = (value, about) =>
  readMetaErrors(value.errors)
    .slice(0, 1)
    .map(({ code, title, detail }) =>
      accountEvent(
        value,
        about,
        { about: 'error', event: String(code), severity: 'warning' },
        { remark: remarkOf(title), detail: remarkOf(detail) },
      ),
    );
