import { expect, test } from 'bun:test';
import { csvLine } from './csv.ts';

test('cells that a spreadsheet would run are disarmed', () => {
  for (const text of ['=1+1', '+263 77', '-2', '@SUM(A1)', '\tx', '\rx']) {
    expect(csvLine([text])).toBe(`"'${text}"\r\n`);
  }
  expect(csvLine([-2, 'a=b', ''])).toBe('-2,a=b,\r\n');
});

test('commas, quotes and line breaks stay inside their cell', () => {
  expect(csvLine(['a,b', 'say "hi"', 'two\nlines'])).toBe('"a,b","say ""hi""","two\nlines"\r\n');
});
