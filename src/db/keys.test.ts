import { expect, test } from 'bun:test';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { StartRefused } from '#src/errors.ts';
import { BLOCK, mayMount, mountSmallDisk } from '#src/testing/faults/small-disk.ts';
import { temporaryFolder } from '#src/testing/folders.ts';
import { makeFolder } from './durable-file.ts';
import { openKeyring } from './keyring.ts';
import { ownerKeys } from './keys.ts';
import { loadRootKey } from './root-key.ts';

const rootKey = new Uint8Array(32).fill(9);

test('a sealed value opens for the owner and purpose it was sealed for, and for no other', () => {
  const key = new Uint8Array(32).fill(1);
  const one = ownerKeys('1', [{ number: 1, key }]);
  const two = ownerKeys('2', [{ number: 1, key }]);
  const sealed = one.seal('EAAG-token', 'numbers.token:5');
  expect(one.openText(sealed, 'numbers.token:5')).toBe('EAAG-token');
  expect(() => one.open(sealed, 'numbers.token:6')).toThrow();
  expect(() => two.open(sealed, 'numbers.token:5')).toThrow();
});

test('a wrapped file key opens with the media key alone, under each of its generations', () => {
  const first = { number: 1, key: new Uint8Array(32).fill(1) };
  const one = ownerKeys('1', [first]);
  const rotated = ownerKeys('1', [first, { number: 2, key: new Uint8Array(32).fill(2) }]);
  const fileKey = new Uint8Array(39).fill(4);
  const wrapped = one.wrap(fileKey, 'files:5');
  expect(rotated.unwrap(wrapped, 'files:5')).toEqual(fileKey);
  expect(() => one.unwrap(rotated.wrap(fileKey, 'files:5'), 'files:5')).toThrow('unknown key generation');
  expect(() => one.unwrap(wrapped, 'files:6')).toThrow();
  expect(() => one.open(wrapped, 'files:5')).toThrow();
  expect(() => ownerKeys('2', [first]).unwrap(wrapped, 'files:5')).toThrow();
});

test('every flipped bit of a sealed value is noticed', () => {
  const keys = ownerKeys('1', [{ number: 1, key: new Uint8Array(32).fill(1) }]);
  const sealed = keys.seal('secret', 'x');
  for (let bit = 0; bit < sealed.length * 8; bit++) {
    const damaged = sealed.slice();
    damaged[bit >> 3] = (damaged[bit >> 3] ?? 0) ^ (1 << (bit & 7));
    expect(() => keys.open(damaged, 'x')).toThrow();
  }
});

test('values sealed under an older generation still open after a new one was added', () => {
  const first = { number: 1, key: new Uint8Array(32).fill(1) };
  const second = { number: 2, key: new Uint8Array(32).fill(2) };
  const sealed = ownerKeys('1', [first]).seal('kept', 'x');
  const rotated = ownerKeys('1', [first, second]);
  expect(rotated.openText(sealed, 'x')).toBe('kept');
  expect(() => ownerKeys('1', [first]).open(rotated.seal('new', 'x'), 'x')).toThrow('unknown key generation');
});

test('the keyring keeps its keys across openings and forgets for good', () => {
  const path = temporaryFolder();
  const ring = openKeyring(path, rootKey);
  ring.add('7');
  const { database } = ring.keysOf('7');
  const again = openKeyring(path, rootKey);
  expect(again.keysOf('7').database).toBe(database);
  expect(again.installId).toBe(ring.installId);
  again.forget('7');
  expect(openKeyring(path, rootKey).has('7')).toBe(false);
});

test('the keyring file holds no key in the clear', () => {
  const path = temporaryFolder();
  const ring = openKeyring(path, rootKey);
  ring.add('7');
  const file = readFileSync(join(path, 'keyring.json'), 'utf8');
  expect(file).not.toContain(ring.keysOf('7').database);
});

test.skipIf(!mayMount)('a disk that has room for a part of the keyring leaves it as it was', () => {
  const disk = mountSmallDisk(1);
  try {
    makeFolder(disk.folder);
    const ring = openKeyring(disk.folder, rootKey);
    for (let owner = 1; owner <= 40; owner++) {
      ring.add(String(owner));
    }
    disk.fill();
    disk.giveBack(BLOCK);
    expect(() => ring.add('41')).toThrow('ENOSPC');
    expect(openKeyring(disk.folder, rootKey).has('40')).toBe(true);
  } finally {
    disk.unmount();
  }
});

test('a root key that does not fit the keyring is refused with what to do', () => {
  const path = temporaryFolder();
  openKeyring(path, rootKey).add('7');
  expect(() => openKeyring(path, new Uint8Array(32).fill(8))).toThrow(/root key does not fit.*OONOBOX_KEY/s);
});

test('a damaged key is its account’s trouble alone, is kept as it is, and is read again once it is put back', () => {
  const folder = temporaryFolder();
  const path = join(folder, 'keyring.json');
  const whole = openKeyring(folder, rootKey);
  ['control', '7', '8'].forEach(whole.add);
  const sealed = whole.keysOf('7').seal('secret', 'x');
  const healthy = readFileSync(path, 'utf8');
  const [key] = JSON.parse(healthy).owners['7'];
  const damaged = `${key.wrapped.slice(0, 40)}AAAA${key.wrapped.slice(44)}`;
  writeFileSync(path, healthy.replace(key.wrapped, damaged));

  const keyring = openKeyring(folder, rootKey);
  expect(() => keyring.keysOf('7')).toThrow(/is damaged: restore that file/);
  expect(keyring.keysOf('8').database).toBe(whole.keysOf('8').database);
  keyring.add('7');
  keyring.add('9');
  expect(readFileSync(path, 'utf8')).toContain(damaged);

  writeFileSync(path, readFileSync(path, 'utf8').replace(damaged, key.wrapped));
  expect(keyring.keysOf('7').openText(sealed, 'x')).toBe('secret');
});

test('a keyring that cannot be read, or that has lost control’s key, is refused with what to do', () => {
  const folder = temporaryFolder();
  const path = join(folder, 'keyring.json');
  ['control', '7'].forEach(openKeyring(folder, rootKey).add);
  const file = JSON.parse(readFileSync(path, 'utf8'));
  file.owners.control[0].wrapped = file.owners['7'][0].wrapped;
  writeFileSync(path, JSON.stringify(file));
  expect(() => openKeyring(folder, rootKey)).toThrow(/control\.db.*is damaged.*from a backup/);
  writeFileSync(path, JSON.stringify(file).slice(0, -20));
  expect(() => openKeyring(folder, rootKey)).toThrow(/is damaged.*from a backup/);
});

test.each([
  ['an empty', '', /is empty/],
  ['a short', 'abcd', /has 4 characters instead of 64/],
  ['a non-hexadecimal', 'z'.repeat(64), /not hexadecimal/],
  ['a placeholder', '0'.repeat(64), /placeholder/],
])('%s root key is refused with what to do', (_, key, why) => {
  expect(() => loadRootKey(temporaryFolder(), key)).toThrow(why);
  expect(() => loadRootKey(temporaryFolder(), key)).toThrow('OONOBOX_KEY_FILE');
});

test('a new data folder gets a root key that only its owner can read; a folder with a keyring gets none', () => {
  const path = temporaryFolder();
  const key = loadRootKey(path, null);
  expect(key.length).toBe(32);
  expect(loadRootKey(path, null)).toEqual(key);
  const other = temporaryFolder();
  writeFileSync(join(other, 'keyring.json'), '{}');
  expect(() => loadRootKey(other, null)).toThrow(StartRefused);
});
