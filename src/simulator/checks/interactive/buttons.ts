import { asArray, asObject, type Fields, onlyKeys, requireOneOf, requireText } from '../../fields.ts';
import { invalidParameter } from '../../graph-error.ts';
import { checkParts } from './parts.ts';

/** One to three reply buttons, told apart by id and by title. */
export function checkButtons(interactive: Fields): void {
  const headers = ['text', 'image', 'video', 'document'] as const;
  const action = checkParts(interactive, { body: 1024, headers, footer: true });
  onlyKeys(action, 'interactive.action', ['buttons']);
  const replies = asArray(action.buttons, 'interactive.action.buttons', { max: 3 }).map((item, index) => {
    const path = `interactive.action.buttons[${index}]`;
    const button = asObject(item, path);
    onlyKeys(button, path, ['type', 'reply']);
    requireOneOf(button, 'type', path, ['reply']);
    const reply = asObject(button.reply, `${path}.reply`);
    onlyKeys(reply, `${path}.reply`, ['id', 'title']);
    return {
      id: requireText(reply, 'id', `${path}.reply`, { max: 256 }),
      title: requireText(reply, 'title', `${path}.reply`, { max: 20 }),
    };
  });
  for (const key of ['id', 'title'] as const) {
    if (new Set(replies.map((reply) => reply[key])).size < replies.length) {
      throw invalidParameter(`interactive.action.buttons: each ${key} must be unique.`);
    }
  }
}
