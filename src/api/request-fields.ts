import { Invalid } from '#src/errors.ts';

/**
 * Passes on why a message of this type was not written, with the names that its parts have in the request: composing
 * knows them by those of the inbox's form, which has one text and several files.
 */
export const asRequested =
  (type: string) =>
  (error: unknown): never => {
    if (!(error instanceof Invalid)) {
      throw error;
    }
    const names = new Map([
      ['text', 'text.body'],
      ['files', `${type}.id`],
      ['quoted', 'reply_to'],
    ]);
    const fields = Object.entries(error.fields).map(
      ([field, why]) => [names.get(field) ?? field, why] as const,
    );
    throw new Invalid(Object.fromEntries(fields));
  };
