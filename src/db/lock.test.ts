import { expect, test } from 'bun:test';
import { join } from 'node:path';
import { temporaryFolder } from '#src/testing/folders.ts';
import { lock, tryLock } from './lock.ts';

/** Takes the lock in another process, says so, and keeps it until killed. */
function holdElsewhere(path: string) {
  const script = `import { lock } from ${JSON.stringify(join(import.meta.dir, 'lock.ts'))}; lock(${JSON.stringify(path)}); console.log('held'); setInterval(() => {}, 1000);`;
  return Bun.spawn([process.execPath, '-e', script], { stdout: 'pipe', cwd: join(import.meta.dir, '../..') });
}

test('a second process is refused with a sentence, and gets in after the first was killed', async () => {
  const path = temporaryFolder();
  const holder = holdElsewhere(path);
  await holder.stdout.getReader().read();
  expect(tryLock(path)).toBeNull();
  expect(() => lock(path)).toThrow(/Another OonoBox is using/);
  holder.kill('SIGKILL');
  await holder.exited;
  lock(path).release();
});

test('a released lock can be taken again', () => {
  const path = temporaryFolder();
  lock(path).release();
  lock(path).release();
});
