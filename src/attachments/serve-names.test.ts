import { expect, test } from 'bun:test';
import fc from 'fast-check';
import { downloadName, harmlessName } from './file-name.ts';
import { disposition } from './serve-disposition.ts';

test.each([
  ['Quote-MH-2291.pdf', 'Quote-MH-2291.pdf'],
  ['../../etc/passwd', '_.._etc_passwd'],
  ['C:\\Users\\ada\\till.xlsx', 'C:_Users_ada_till.xlsx'],
  ['invoice\u202Egpj.exe', 'invoicegpj.exe'],
  ['two\r\nlines: yes.pdf', 'two lines: yes.pdf'],
  ['no\u200Bthing\u2060 to\uFEFF see\u00AD.pdf', 'nothing to see.pdf'],
  ['\u0000\u0007bell\u2028.txt', 'bell .txt'],
  ['.htaccess', 'htaccess'],
  ['half \uD83D.png', 'half .png'],
  ['Prix du béton – été.pdf', 'Prix du béton – été.pdf'],
  ['報告 📎.docx', '報告 📎.docx'],
  ['\u202E/ .. \u200B', '_'],
  ['\u200B\u202E ..', ''],
])('%j is kept as %j', (name, kept) => {
  expect(harmlessName(name)).toBe(kept);
});

test('a long name is cut and keeps its ending', () => {
  const kept = harmlessName(`${'ß'.repeat(400)}.pdf`);
  expect([...kept]).toHaveLength(120);
  expect(kept).toEndWith('ß….pdf');
});

test('a long name whose ending is cut at a space does not end with it', () => {
  const kept = harmlessName(`${'a'.repeat(120)}.abcdefghij k`);
  expect(kept).toEndWith('a….abcdefghij');
  expect([...kept]).toHaveLength(120);
});

test('what has no name is called after its kind, with the ending of its bytes', () => {
  expect(downloadName({ id: 7, name: null, sniffed: 'image/jpeg' })).toBe('image-7.jpg');
  expect(downloadName({ id: 7, name: '\u200B', sniffed: null })).toBe('file-7');
  expect(downloadName({ id: 7, name: 'toString', sniffed: 'toString' })).toBe('toString');
});

test('a header carries the name in ASCII, and beside it in full where that differs', () => {
  expect(disposition('inline', 'a.pdf')).toBe('inline; filename="a.pdf"');
  expect(disposition('attachment', 'Preis "für" 100 %.pdf')).toBe(
    'attachment; filename="Preis _f_r_ 100 _.pdf"; filename*=UTF-8\'\'Preis%20%22f%C3%BCr%22%20100%20%25.pdf',
  );
  expect(disposition('attachment', "it's (all) *.é")).toEndWith("UTF-8''it%27s%20%28all%29%20%2A.%C3%A9");
});

test('no name leaves its header, a folder, or its line', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (name) => {
      const kept = downloadName({ id: 1, name, sniffed: null });
      expect(kept).not.toMatch(/[/\\\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]|^\.|^\s|[.\s]$/u);
      const header = disposition('attachment', kept);
      expect(header).toMatch(
        /^attachment; filename="[\x20-\x21\x23-\x24\x26-\x5b\x5d-\x7e]+"(; filename\*=UTF-8''[\w.!#$&+^`|~%-]+)?$/,
      );
    }),
  );
});
