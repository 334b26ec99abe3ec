import { expect, test } from 'bun:test';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { StartRefused } from '#src/errors.ts';
import { refuseOtherOwner } from './owner.ts';

test('only the owner of a data folder may use it', () => {
  const folder = mkdtempSync(join(tmpdir(), 'oonobox-test-'));
  const owner = statSync(folder).uid;
  try {
    expect(() => refuseOtherOwner(folder, owner)).not.toThrow();
    expect(() => refuseOtherOwner(folder, owner + 1)).toThrow(StartRefused);
    expect(() => refuseOtherOwner(folder, owner + 1)).toThrow(`belongs to user ${owner}`);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('a folder that does not exist yet belongs to whoever makes it', () => {
  expect(() => refuseOtherOwner(join(tmpdir(), 'oonobox-not-there'), 12345)).not.toThrow();
});
