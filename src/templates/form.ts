import { clean } from '#src/db/clean.ts';
import { fieldsOf } from './field.ts';
import { KEPT, KEPT_NAME, VALUE } from './form-names.ts';
import type { Given, GivenFile } from './given.ts';
import { readLocalMoment } from './local-moment.ts';
import type { Template } from './template.ts';

/** What a form held, as it was written, so that it can stand there again. */
export type FormValues = {
  texts: ReadonlyMap<string, string>;
  /** Files that are here already, by the field's key. */
  files: ReadonlyMap<string, { id: number; name: string }>;
};

export const emptyForm: FormValues = { texts: new Map(), files: new Map() };

/** Reads the fields of a form. What was chosen before is named by its id; whose it is shows when it is sent. */
export function readFormValues(fields: ReadonlyMap<string, string>): FormValues {
  const texts = new Map<string, string>();
  const files = new Map<string, { id: number; name: string }>();
  for (const [name, value] of fields) {
    if (name.startsWith(VALUE)) {
      texts.set(name.slice(VALUE.length), clean(value));
    } else if (name.startsWith(KEPT) && /^[1-9]\d{0,15}$/.test(value)) {
      const key = name.slice(KEPT.length);
      files.set(key, { id: Number(value), name: clean(fields.get(KEPT_NAME + key) ?? '') });
    }
  }
  return { texts, files };
}

/** As the template takes it: moments on the account's clock, files as what the header is. */
export function toGiven({ definition }: Template, { texts, files }: FormValues, timeZone: string): Given {
  const given = new Map(texts);
  const givenFiles = new Map<string, GivenFile>();
  for (const { key, kind, media } of fieldsOf(definition)) {
    const text = texts.get(key)?.trim() ?? '';
    const file = files.get(key);
    if (kind === 'moment' && text !== '') {
      given.set(key, String(readLocalMoment(text, timeZone) ?? 'none'));
    } else if (media !== null && file) {
      const named = media === 'document' && file.name !== '' ? { filename: file.name } : {};
      givenFiles.set(key, { source: { fileId: file.id }, as: media, ...named });
    }
  }
  return { texts: given, files: givenFiles };
}
