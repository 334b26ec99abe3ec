import { t } from 'elysia';
import { parseId } from '#src/conversations/conversation.ts';

/** How a form names the files that go with a message: their ids, separated by spaces. */
export const FileIds = t.String({ maxLength: 400, pattern: '^[0-9 ]*$' });

/** An id that is none stands as 0, which no file has. */
export function readFileIds(text: string): number[] {
  return text
    .split(' ')
    .filter(Boolean)
    .map((id) => parseId(id) ?? 0);
}
