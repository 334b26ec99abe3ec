import { expect, test } from 'bun:test';
import packageJson from '#package' with { type: 'json' };
import runtimes from './runtimes/package.json' with { type: 'json' };
import { ownTarget, targets } from './targets.ts';

test('every target has its runtime, of the Bun that the sources run on', () => {
  const pinned = packageJson.packageManager.replace('bun@', '');
  expect(Object.keys(runtimes.optionalDependencies).sort()).toEqual(
    targets.map(({ runtime }) => runtime).sort(),
  );
  expect(new Set(Object.values(runtimes.optionalDependencies))).toEqual(new Set([pinned]));
});

test('a machine gets the executable of its own kind, or none', () => {
  expect(ownTarget('linux', 'x64')?.name).toBe('linux-x64');
  expect(ownTarget('linux', 'arm64')?.name).toBe('linux-arm64');
  expect(ownTarget('darwin', 'arm64')).toBeNull();
});
