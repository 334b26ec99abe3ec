import { expect, test } from 'bun:test';
import { canonicalPhone } from './phone.ts';

test.each([
  ['Brazil: a mobile with and without its ninth digit', '5511987654321', '551187654321'],
  ['Mexico: with and without the 1', '5215512345678', '525512345678'],
  ['Argentina: with and without the 9', '5491123456789', '541123456789'],
])('%s', (_, one, other) => {
  expect(canonicalPhone(one)).toBe(canonicalPhone(other));
});

test.each([
  ['Brazil: a landline is no mobile', '551132345678', '5511932345678'],
  ['other countries are left alone', '4915112345678', '491512345678'],
])('%s', (_, one, other) => {
  expect(canonicalPhone(one)).not.toBe(canonicalPhone(other));
  expect(canonicalPhone(one)).toBe(one);
});
