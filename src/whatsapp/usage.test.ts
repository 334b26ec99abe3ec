import { expect, test } from 'bun:test';
import { restOf } from './usage.ts';

const MINUTE = 60_000;
const business = (...uses: object[]) => ({
  'x-business-use-case-usage': JSON.stringify({ 102290129340398: uses }),
});
const use = (share: number, minutes = 0) => ({
  type: 'whatsapp',
  call_count: share,
  total_cputime: 3,
  total_time: 4,
  estimated_time_to_regain_access: minutes,
});

test.each([
  ['says nothing', {}, null],
  ['has room', business(use(28)), null],
  ['asks for 19 minutes', business(use(100, 19)), 19 * MINUTE],
  ['asks for the longest of several', business(use(100, 2), use(100, 7)), 7 * MINUTE],
  ['is full without saying for how long', business(use(100)), MINUTE],
  ['is full of the app', { 'x-app-usage': '{"call_count":100,"total_time":2,"total_cputime":2}' }, MINUTE],
  ['has room in the app', { 'x-app-usage': '{"call_count":99,"total_time":2,"total_cputime":2}' }, null],
  ['asks for years', business(use(100, 1e9)), 60 * MINUTE],
  ['is no JSON', { 'x-business-use-case-usage': '<html>', 'x-app-usage': '[1,' }, null],
  ['is of another shape', { 'x-business-use-case-usage': '{"1":"full"}', 'x-app-usage': '7' }, null],
] as const)('a header that %s', (_, headers, expected) => {
  expect(restOf(new Headers(headers))).toBe(expected);
});
