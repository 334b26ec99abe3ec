import { asObject, onlyKeys, optionalBoolean, requireText } from '../fields.ts';

export function checkText(content: unknown): void {
  const text = asObject(content, 'text');
  onlyKeys(text, 'text', ['body', 'preview_url']);
  requireText(text, 'body', 'text', { max: 4096 });
  optionalBoolean(text, 'preview_url', 'text');
}
