/** Bytes of a file, both ends included. */
export type Part = { start: number; end: number };

/**
 * What a `Range` header asks for (RFC 9110, section 14): a part, the whole file, or what lies beyond it. A header
 * that makes no sense is not there; neither is one that asks for several parts, which nobody who plays or resumes does.
 */
export function readRange(header: string | null, size: number): Part | 'whole' | 'beyond' {
  const [, from = '', to = ''] = /^\s*bytes\s*=\s*(\d*)\s*-\s*(\d*)\s*$/i.exec(header ?? '') ?? [];
  if (from === '' && to === '') {
    return 'whole';
  }
  const start = from === '' ? Math.max(0, size - Number(to)) : Number(from);
  const end = from === '' || to === '' ? size - 1 : Math.min(Number(to), size - 1);
  if (start >= size) {
    return 'beyond';
  }
  return from !== '' && to !== '' && Number(to) < start ? 'whole' : { start, end };
}
