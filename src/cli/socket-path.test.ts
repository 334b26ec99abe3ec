import { afterEach, beforeEach, expect, test } from 'bun:test';
import { existsSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { claimSocket, findSocket } from './socket-path.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'oonobox-test-'));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('the socket lies in the data folder, where only its owner can go', () => {
  const { path } = claimSocket(folder);
  expect(path).toBe(join(folder, 'run', 'cli.sock'));
  expect(findSocket(folder)).toBe(path);
  expect(statSync(dirname(path)).mode & 0o777).toBe(0o700);
});

test('a folder left open to others is closed', () => {
  mkdirSync(join(folder, 'run'), { mode: 0o755 });
  claimSocket(folder);
  expect(statSync(join(folder, 'run')).mode & 0o777).toBe(0o700);
});

test('a data folder with a long path names a short one elsewhere, private too', () => {
  const deep = join(folder, 'a'.repeat(90));
  mkdirSync(deep);
  const { path, release } = claimSocket(deep);
  expect(Buffer.byteLength(path)).toBeLessThanOrEqual(100);
  expect(findSocket(deep)).toBe(path);
  expect(statSync(dirname(path)).mode & 0o777).toBe(0o700);

  release();
  expect(existsSync(dirname(path))).toBe(false);
  expect(findSocket(deep)).toBe(join(deep, 'run', 'cli.sock'));
});

test('claiming removes what a process that is gone has left, and nothing else', () => {
  const elsewhere = join(folder, 'precious', 'cli.sock');
  mkdirSync(dirname(elsewhere));
  writeFileSync(join(folder, 'precious', 'letter'), 'dear');
  mkdirSync(join(folder, 'run'));
  writeFileSync(join(folder, 'run', 'cli.path'), `${elsewhere}\n`);

  const { path } = claimSocket(folder);
  expect(path).toBe(join(folder, 'run', 'cli.sock'));
  expect(existsSync(join(folder, 'precious', 'letter'))).toBe(true);
});
