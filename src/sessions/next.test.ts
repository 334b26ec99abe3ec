import { expect, test } from 'bun:test';
import { readNext, signInFor } from './next.ts';

test('a page of ours is kept with its query', () => {
  expect(readNext('/inbox/mine/7?x=1')).toBe('/inbox/mine/7?x=1');
});

test('nothing leads to another site, or round in circles', () => {
  for (const bad of [
    null,
    '',
    'inbox',
    'https://evil.example/',
    '//evil.example',
    '/\\evil.example',
    '/\t/evil.example',
    '/%2e%2e//evil.example/..//evil.example',
    '/x/..//evil.example',
    'javascript:alert(1)',
    '/login?next=/login',
    `/${'a'.repeat(600)}`,
  ]) {
    const next = readNext(bad);
    expect(new URL(next, 'https://inbox.example').origin).toBe('https://inbox.example');
    expect(next.startsWith('//')).toBe(false);
    expect(next).not.toContain('evil.example/..');
  }
  expect(readNext('/login?next=/login')).toBe('/');
});

test('a form that was refused leads back to the start, a page to itself', () => {
  expect(signInFor(new Request('http://localhost/inbox/all?p=2'))).toBe('/login?next=%2Finbox%2Fall%3Fp%3D2');
  expect(signInFor(new Request('http://localhost/conversations/7/closure', { method: 'POST' }))).toBe(
    '/login',
  );
  expect(signInFor(new Request('http://localhost/'))).toBe('/login');
});
