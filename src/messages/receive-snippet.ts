const LONGEST_SNIPPET = 160;

/** The beginning of a message for lists: one line, no half character at its end. */
export function snippetOf(text: string): string {
  const line = text
    .slice(0, LONGEST_SNIPPET * 4)
    .replace(/\s+/g, ' ')
    .trim();
  return line
    .slice(0, LONGEST_SNIPPET)
    .toWellFormed()
    .replace(/\ufffd$/, '');
}
