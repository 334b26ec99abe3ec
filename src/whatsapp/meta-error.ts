import { asFields, asList, asNumber, asText, type Fields } from './shape.ts';

/** An error as Meta words it. Decide on `code`, never on the words or the HTTP status. */
export type MetaError = {
  code: number;
  subcode: number | null;
  title: string;
  detail: string;
  /** Meta says itself that trying again may help. */
  isTransient: boolean;
};

/** Meta's errors of a status, a message or a value; what has no code is left out. */
export function readMetaErrors(errors: unknown): MetaError[] {
  return asList(errors)
    .map((error) => toMetaError(asFields(error)))
    .filter((error) => error !== null);
}

/** The error of a Graph API answer, or null if the answer is none: `{ "error": { "code": …, "message": … } }`. */
export function readGraphError(answer: unknown): MetaError | null {
  return toMetaError(asFields(asFields(answer)?.error));
}

function toMetaError(error: Fields | null): MetaError | null {
  const code = asNumber(error?.code);
  if (error === null || code === null || !Number.isSafeInteger(code)) {
    return null;
  }
  const message = asText(error.message) ?? '';
  return {
    code,
    subcode: asNumber(error.error_subcode),
    title: asText(error.error_user_title) ?? asText(error.title) ?? message,
    detail: asText(asFields(error.error_data)?.details) ?? asText(error.error_user_msg) ?? message,
    isTransient: error.is_transient === true,
  };
}
