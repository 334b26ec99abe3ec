import { expect, test } from 'bun:test';
import { cookieName, endedCookie, readSessionCookie, sessionCookie } from './cookie.ts';

const plain = { url: null };
const secure = { url: 'https://inbox.example' };
const token = 'abcdefghijklmnopqrstuvwxyz-_0123456789ABCDE';

const read = (cookie: string, config: { url: string | null } = plain) =>
  readSessionCookie(new Request('http://localhost/', { headers: { cookie } }), config);

test('the session is found among other cookies', () => {
  expect(read(`a=1; oono=${token}; b=2`)).toBe(token);
  expect(read(`oono=nonsense; oono=${token}`)).toBe(token);
  expect(read(`__proto__=x; oono=${token}`)).toBe(token);
});

test('what is no token is no session', () => {
  for (const cookie of [
    '',
    'oono',
    'oono=',
    `xoono=${token}`,
    `oono="${token}"`,
    `oono=${token}=`,
    `oono=${token.slice(1)}'`,
  ]) {
    expect(read(cookie)).toBeNull();
  }
});

test('over https only the cookie that is bound to this host counts', () => {
  expect(cookieName(secure)).toBe('__Host-oono');
  expect(read(`oono=${token}`, secure)).toBeNull();
  expect(read(`__Host-oono=${token}`, secure)).toBe(token);
  expect(sessionCookie(token, 60_000, secure)).toBe(
    `__Host-oono=${token}; Path=/; Max-Age=60; HttpOnly; SameSite=Lax; Secure`,
  );
  expect(endedCookie(secure)).toBe('__Host-oono=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax; Secure');
});
