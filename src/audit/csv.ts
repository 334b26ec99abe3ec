/** What a spreadsheet takes for a formula, and would run on the machine of whoever opens the file. */
const FORMULA = /^[=+\-@\t\r]/;

/** A line of RFC 4180. A cell that would be a formula is disarmed with an apostrophe. */
export function csvLine(cells: readonly (string | number)[]): string {
  return `${cells.map(csvCell).join(',')}\r\n`;
}

function csvCell(value: string | number): string {
  const text = typeof value === 'string' && FORMULA.test(value) ? `'${value}` : String(value);
  return /[",\r\n\t']/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
