import { t } from 'elysia';
import { parseId } from '#src/conversations/conversation.ts';
import { Invalid } from '#src/errors.ts';
import { words } from '#views/words/words.ts';

/** How a form names the files that go with a message: their ids, separated by spaces. */
export const FileIds = t.String({ maxLength: 400, pattern: '^[0-9 ]*$' });

/** Without scripts: the names of files that were chosen and not added. A form like this one cannot carry them. */
const NAME = t.String({ maxLength: 4_096 });
export const ChosenFiles = t.Union([NAME, t.Array(NAME, { maxItems: 1_000 })]);

/** Nobody is to think that they went with the message. Throws `Invalid({ files })`. */
export function refuseChosen(names: string | string[] | undefined): void {
  if ([names ?? []].flat().some((name) => name !== '')) {
    throw new Invalid({ files: words.attach.addFirst });
  }
}

/** An id that is none stands as 0, which no file has. */
export function readFileIds(text: string): number[] {
  return text
    .split(' ')
    .filter(Boolean)
    .map((id) => parseId(id) ?? 0);
}
