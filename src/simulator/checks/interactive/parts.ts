import { asObject, type Fields, onlyKeys, optionalText, requireOneOf, requireText } from '../../fields.ts';
import { checkFile } from '../media.ts';

type Parts = {
  /** Longest body; absent: the kind needs no body. */
  body?: number;
  headers?: readonly ('text' | 'image' | 'video' | 'document')[];
  footer?: boolean;
};

/** Checks header, body and footer, and returns the action, which is all that differs between the kinds. */
export function checkParts(interactive: Fields, { body, headers = [], footer = false }: Parts): Fields {
  onlyKeys(interactive, 'interactive', [
    'type',
    'body',
    'action',
    ...(headers.length > 0 ? ['header'] : []),
    ...(footer ? ['footer'] : []),
  ]);
  if (interactive.header !== undefined) {
    checkHeader(interactive.header, 'interactive.header', headers);
  }
  if (body !== undefined || interactive.body !== undefined) {
    checkTextPart(interactive.body, 'interactive.body', body ?? 1024);
  }
  if (interactive.footer !== undefined) {
    checkTextPart(interactive.footer, 'interactive.footer', 60);
  }
  return asObject(interactive.action, 'interactive.action');
}

export function checkTextPart(part: unknown, path: string, max: number): void {
  const fields = asObject(part, path);
  onlyKeys(fields, path, ['text']);
  requireText(fields, 'text', path, { max });
}

/** A header is a short text, or a file under the name of its type. */
export function checkHeader(header: unknown, path: string, kinds: readonly string[]): string {
  const fields = asObject(header, path);
  const kind = requireOneOf(fields, 'type', path, kinds);
  onlyKeys(fields, path, ['type', kind]);
  if (kind === 'text') {
    requireText(fields, 'text', path, { max: 60 });
  } else {
    const file = checkFile(fields[kind], `${path}.${kind}`, kind === 'document' ? ['filename'] : []);
    optionalText(file, 'filename', `${path}.${kind}`, { max: 240 });
  }
  return kind;
}

/** `action: { name, parameters }`, with the one name that the kind allows. */
export function checkNamedAction(action: Fields, name: string): Fields {
  onlyKeys(action, 'interactive.action', ['name', 'parameters']);
  requireOneOf(action, 'name', 'interactive.action', [name]);
  return asObject(action.parameters, 'interactive.action.parameters');
}
