import { type Fields, onlyKeys, requireText, requireUrl } from '../../fields.ts';
import { checkNamedAction, checkParts } from './parts.ts';

export function checkUrlButton(interactive: Fields): void {
  const headers = ['text', 'image', 'video', 'document'] as const;
  checkUrlAction(checkParts(interactive, { body: 1024, headers, footer: true }));
}

export function checkUrlAction(action: Fields): void {
  const parameters = checkNamedAction(action, 'cta_url');
  onlyKeys(parameters, 'interactive.action.parameters', ['display_text', 'url']);
  requireText(parameters, 'display_text', 'interactive.action.parameters', { max: 20 });
  requireUrl(parameters, 'url', 'interactive.action.parameters');
}
