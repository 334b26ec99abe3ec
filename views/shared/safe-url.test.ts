import { expect, test } from 'bun:test';
import { safeUrl } from './safe-url.ts';

test('addresses that a link may carry are given back', () => {
  for (const address of [
    'https://a.example',
    'HTTP://a',
    'mailto:a@b',
    'tel:+26377',
    '/inbox',
    '?a=1',
    '#new',
  ]) {
    expect(safeUrl(address)).toBe(address);
  }
});

test('everything else is no address', () => {
  const refused = [
    'javascript:alert(1)',
    'JavaScript:x',
    ' javascript:x',
    'java\nscript:x',
    'data:,x',
    'vbscript:x',
  ];
  for (const address of [
    ...refused,
    '//evil.example',
    '/\\evil.example',
    'inbox',
    '',
    'blob:x',
    'file:///x',
  ]) {
    expect(safeUrl(address)).toBeUndefined();
  }
});
