import type { Asked } from '#src/search/asked.ts';

/** The address of a search: what is empty is left out. */
export function searchPath(asked: Partial<Asked>): string {
  const filled = Object.entries(asked).filter(([, value]) => value !== '');
  const query = new URLSearchParams(filled).toString();
  return query === '' ? '/search' : `/search?${query}`;
}
