import { asArray, asObject, type Fields, onlyKeys, optionalText, requireText } from '../../fields.ts';
import { invalidParameter, missingParameter } from '../../graph-error.ts';
import { checkParts } from './parts.ts';

const MOST_ROWS = 10;

/** Up to ten rows in up to ten sections; several sections need titles. */
export function checkList(interactive: Fields): void {
  const action = checkParts(interactive, { body: 4096, headers: ['text'], footer: true });
  onlyKeys(action, 'interactive.action', ['button', 'sections']);
  requireText(action, 'button', 'interactive.action', { max: 20 });
  const sections = asArray(action.sections, 'interactive.action.sections', { max: 10 });
  const ids = sections.flatMap((item, index) => {
    const path = `interactive.action.sections[${index}]`;
    const section = asObject(item, path);
    onlyKeys(section, path, ['title', 'rows']);
    optionalText(section, 'title', path, { max: 24 });
    if (sections.length > 1 && section.title === undefined) {
      throw missingParameter(`${path}.title`);
    }
    return asArray(section.rows, `${path}.rows`).map((row, place) => checkRow(row, `${path}.rows[${place}]`));
  });
  if (ids.length > MOST_ROWS) {
    throw invalidParameter(
      `interactive.action.sections: ${ids.length} rows in all, at most ${MOST_ROWS} are allowed.`,
    );
  }
  if (new Set(ids).size < ids.length) {
    throw invalidParameter('interactive.action.sections: each row id must be unique.');
  }
}

function checkRow(item: unknown, path: string): string {
  const row = asObject(item, path);
  onlyKeys(row, path, ['id', 'title', 'description']);
  requireText(row, 'title', path, { max: 24 });
  optionalText(row, 'description', path, { max: 72 });
  return requireText(row, 'id', path, { max: 200 });
}
