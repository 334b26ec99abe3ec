import { clean } from '#src/db/clean.ts';
import { extensionOf } from './upload-mime.ts';

const LONGEST_NAME = 200;
const LONGEST_EXTENSION = 8;

/** Line breaks and other controls, what turns the direction of text, and what nobody sees. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;
/** What a file system or a header may take for something else. */
const SPECIAL = /["<>:|?*]/g;

/**
 * A file's name as it may be shown and sent: no path, nothing invisible, no dots or spaces at its ends, at most 200
 * characters with its extension kept. `fallback` when nothing is left.
 */
export function cleanName(given: string, fallback = 'file'): string {
  const last = clean(given).normalize('NFC').replace(UNSEEN, '').split(/[/\\]/).at(-1) ?? '';
  const name = last
    .replace(SPECIAL, '_')
    .replace(/\s+/g, ' ')
    .replace(/^[. ]+|[. ]+$/g, '');
  return name === '' ? fallback : shortened(name);
}

/** The name as a header carries it: percent-encoded UTF-8. What is wrongly encoded stands for itself. */
export function readNameHeader(header: string | null): string {
  try {
    return decodeURIComponent(header ?? '');
  } catch {
    return header ?? '';
  }
}

/** The name of a picture that was encoded anew: its extension says what it is now. */
export function pictureName(name: string, mime: string): string {
  const extension = mime === 'image/png' ? 'png' : 'jpg';
  const before = extensionOf(name);
  const isRight = before === extension || (extension === 'jpg' && before === 'jpeg');
  return isRight ? name : `${before === '' ? name : name.slice(0, -before.length - 1)}.${extension}`;
}

function shortened(name: string): string {
  if (name.length <= LONGEST_NAME) {
    return name;
  }
  const extension = extensionOf(name);
  const end = extension === '' ? '' : `.${extension}`;
  return (
    name
      .slice(0, LONGEST_NAME - LONGEST_EXTENSION - 1)
      .toWellFormed()
      .replace(/\ufffd$/, '')
      .trimEnd() + end
  );
}
