/** @jsxImportSource preact */

/** A person's name inside a sentence: its direction marks stay within it. */
export const Name = ({ of }: { of: string }) => <bdi>{of}</bdi>;

/** Two letters for a ring: of the first and last word, or of the handle after its `@`. */
export function initials(name: string): string {
  const parts = name
    .replace(/[^\p{L}\p{N}\s_.-]/gu, '')
    .split(/[\s_.-]+/)
    .filter(Boolean);
  const picked = parts.length > 1 ? [parts[0], parts.at(-1)] : parts;
  return picked.map((part) => firstLetter(part ?? '')).join('') || '•';
}

const firstLetter = (part: string) => ([...part][0] ?? '').toUpperCase();

/**
 * What somebody is called inside a sentence: the first word of a name of two or more.
 * Numbers, handles, and first words that are a title or an initial stay whole.
 */
export function calledName(name: string): string {
  const [first = '', ...rest] = name.trim().split(/\s+/);
  return rest.length > 0 && /^[\p{L}\p{M}'’-]{3,}$/u.test(first) ? first : name;
}

/** A name without what turns text around: for titles, and for file names that would hide their ending. */
export const plainName = (name: string) => name.replace(/[\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '');
