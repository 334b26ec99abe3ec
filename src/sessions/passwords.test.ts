import { expect, test } from 'bun:test';
import { hashPassword, isOutdated, isPassword, whyWeak } from './passwords.ts';

test('a password fits its own hash and no other, and nothing fits nobody', async () => {
  const hash = await hashPassword('quiet rivers run 41');
  expect(hash).toStartWith('$argon2id$v=19$m=47104,t=1,p=1$');
  expect(isOutdated(hash)).toBe(false);
  expect(await isPassword('quiet rivers run 41', hash)).toBe(true);
  expect(await isPassword('Quiet rivers run 41', hash)).toBe(false);
  expect(await isPassword('quiet rivers run 41 ', hash)).toBe(false);
  expect(await isPassword('quiet rivers run 41', null)).toBe(false);
  expect(await isPassword('', null)).toBe(false);
});

test('weaker parameters are recognised', () => {
  expect(isOutdated('$argon2id$v=19$m=19456,t=2,p=1$c2FsdA$aGFzaA')).toBe(true);
  expect(isOutdated('$2b$10$abcdefghijklmnopqrstuv')).toBe(true);
});

test('many hashes at once all come to an end', async () => {
  const hashes = await Promise.all(Array.from({ length: 6 }, () => hashPassword('quiet rivers run 41')));
  expect(new Set(hashes).size).toBe(6);
});

test('a storm of sign-ins is sent away before it fills the memory', async () => {
  const hash = await hashPassword('quiet rivers run 41');
  const tries = await Promise.allSettled(Array.from({ length: 110 }, () => isPassword('no', hash)));
  const sentAway = tries.filter((one) => one.status === 'rejected');
  expect(sentAway).toHaveLength(8);
  expect(String(sentAway[0]?.reason)).toContain('busy');
  expect(await isPassword('quiet rivers run 41', hash)).toBe(true);
}, 60_000);

const known = ['Mbare Market', 'Ada Lungu', 'ada.lungu@mbare.example'];

test('passwords that hold up are taken, whatever they are made of', () => {
  for (const good of [
    'quiet rivers run 41',
    'correct horse battery',
    '🐘🦒🦓🐆🦏🐊🦛🐢🦩🐝🦂🐍',
    'xxxKq9!vR2$wL7@',
  ]) {
    expect(whyWeak(good, known)).toBeNull();
  }
});

test('passwords that would be guessed are refused with a sentence', () => {
  expect(whyWeak('short one', known)).toContain('at least 12');
  expect(whyWeak('Kq9!'.repeat(300), known)).toContain('at most 1024');
  expect(whyWeak('aaaaaaaaaaaabbbb', known)).toContain('repeats');
  expect(whyWeak('oonobox-2026', known)).toContain('easy to guess');
  expect(whyWeak('MbareMarket!1', known)).toContain('easy to guess');
  expect(whyWeak('Password12345', known)).toContain('easy to guess');
  expect(whyWeak('AdaLungu@mbare1', known)).toContain('easy to guess');
  expect(whyWeak('nul\0inside password', known)).toContain('typed again');
});
