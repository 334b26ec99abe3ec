import { kindOf } from './kind.ts';

/** File systems take 255 bytes; a name that is cut keeps its ending. */
const LONGEST = 120;
const LONGEST_ENDING = 12;

/** What cannot be seen, turns text around, or stands for half a character. */
const UNSEEN = /[\p{Cf}\p{Cs}\p{Default_Ignorable_Code_Point}]/gu;
/** What would lead into another folder, or end a line of a header. */
const SEPARATORS = /[/\\]/g;
const BREAKS = /[\p{Cc}\p{Zl}\p{Zp}\s]+/gu;

const endings: Readonly<Record<string, string>> = {
  'image/jpeg': '.jpg',
  'image/png': '.png',
  'image/webp': '.webp',
  'audio/aac': '.aac',
  'audio/amr': '.amr',
  'audio/mpeg': '.mp3',
  'audio/mp4': '.m4a',
  'audio/ogg': '.ogg',
  'video/mp4': '.mp4',
  'video/3gpp': '.3gp',
  'video/webm': '.webm',
  'application/pdf': '.pdf',
};

/**
 * What the sender called a file, without anything that hides what it is or where it goes: one line, no path, nothing
 * that cannot be seen, at most 120 characters with its ending kept. Empty when nothing of it is left.
 */
export function harmlessName(name: string): string {
  const line = name
    .replace(UNSEEN, '')
    .replace(BREAKS, ' ')
    .replace(SEPARATORS, '_')
    // A name that begins with a dot is hidden in folders; one that ends with a dot or a space is another on Windows.
    .replace(/^[.\s]+|[.\s]+$/g, '');
  const characters = [...line];
  if (characters.length <= LONGEST) {
    return line;
  }
  const whole = [...(/\.[^.]*$/.exec(line)?.[0] ?? '')];
  // Cut, it may end with a space again.
  const ending = [...whole.slice(0, LONGEST_ENDING).join('').trimEnd()];
  return [...characters.slice(0, LONGEST - ending.length - 1), '…', ...ending].join('');
}

/** The name under which a file is kept by whoever downloads it; a photo, which has none, gets one. */
export function downloadName(file: { id: number; name: string | null; sniffed: string | null }): string {
  const kind = kindOf(file.sniffed);
  return harmlessName(file.name ?? '') || `${kind}-${file.id}${endings[file.sniffed ?? ''] ?? ''}`;
}
