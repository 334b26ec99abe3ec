import { expect, test } from 'bun:test';
import { encodingFor } from './encoding.ts';

test('brotli is taken before gzip, whatever the order', () => {
  expect(encodingFor('gzip, deflate, br, zstd')).toBe('br');
  expect(encodingFor('gzip, deflate')).toBe('gzip');
  expect(encodingFor('GZIP;q=0.5')).toBe('gzip');
  expect(encodingFor('*')).toBe('br');
});

test('who takes neither, refuses them or says nothing gets plain text', () => {
  expect(encodingFor(null)).toBeNull();
  expect(encodingFor('')).toBeNull();
  expect(encodingFor('identity, deflate, brown')).toBeNull();
  expect(encodingFor('br;q=0, gzip; q=0')).toBeNull();
  expect(encodingFor('br;q=0, *')).toBe('gzip');
  expect(encodingFor('br;q=what')).toBeNull();
});
