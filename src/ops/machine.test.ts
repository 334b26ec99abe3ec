import { afterEach, beforeEach, expect, test } from 'bun:test';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { cgroupLimit, countOpenFiles, memoryLimit, readDiskSpace } from './machine.ts';

const MB = 1024 * 1024;
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'oonobox-test-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Files as Linux shows them, by their paths below /sys/fs/cgroup. */
function limitOf(groups: string, files: Record<string, string>): number | null {
  writeFileSync(join(folder, 'cgroup'), groups);
  for (const [name, text] of Object.entries(files)) {
    const path = join(folder, 'sys', name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, `${text}\n`);
  }
  return cgroupLimit({ groups: join(folder, 'cgroup'), limits: join(folder, 'sys') });
}

test('a container has the limit of its group', () => {
  expect(limitOf('0::/\n', { 'memory.max': String(512 * MB) })).toBe(512 * MB);
});

test('a service has the lowest limit of its group and those around it', () => {
  const files = {
    'system.slice/oonobox.service/memory.max': 'max',
    'system.slice/memory.max': String(700 * MB),
    'memory.max': String(900 * MB),
  };
  expect(limitOf('0::/system.slice/oonobox.service\n', files)).toBe(700 * MB);
});

test('the older interface is read too', () => {
  const groups = '12:cpu,cpuacct:/x\n7:memory:/docker/abc\n';
  const limit = 'memory/memory.limit_in_bytes';
  expect(limitOf(groups, { [limit]: String(300 * MB) })).toBe(300 * MB);
  expect(limitOf(groups, { [limit]: '9223372036854771712' })).toBeNull();
});

test('without a limit, or without groups at all, there is none', () => {
  expect(limitOf('0::/\n', { 'memory.max': 'max' })).toBeNull();
  expect(cgroupLimit({ groups: join(folder, 'nowhere'), limits: join(folder, 'sys') })).toBeNull();
});

test('it is warned from what was configured, else from four fifths of the limit, else from a gigabyte at most', () => {
  expect(memoryLimit(300, 512 * MB)).toBe(300 * MB);
  expect(memoryLimit(null, 500 * MB)).toBe(400 * MB);
  expect(memoryLimit(null, null)).toBeLessThanOrEqual(1024 * MB);
  expect(memoryLimit(null, null)).toBeGreaterThan(0);
});

test('the disk and the open files of this machine can be read', async () => {
  const { free, total } = await readDiskSpace(folder);
  expect(free).toBeGreaterThan(0);
  expect(total).toBeGreaterThanOrEqual(free);
  expect(countOpenFiles()).toBeGreaterThan(2);
});
