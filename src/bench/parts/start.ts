import { execFileSync } from 'node:child_process';
import { statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freshExecutable } from '../executable.ts';
import { temporaryFolder } from '../install.ts';
import { median, rounded } from '../load/figures.ts';
import type { Part } from '../part.ts';
import { type Undoing, withUndoing } from '../undoing.ts';

/** How long the executable takes from nothing to its first page, and how large it is. */
export const start: Part = {
  name: 'start',
  figures: ['start_ms', 'start_cold_ms', 'binary_mb'],
  measure: ({ size, say, makeInstall }) =>
    withUndoing(async (undoing) => {
      const executable = await freshExecutable();
      const { folder } = await makeInstall(join(temporaryFolder(undoing), 'data'));
      // The first start of all unpacks the libraries.
      const first = await startOnce(undoing, executable, folder);
      const isCold = dropCaches();
      const cold = isCold ? await startOnce(undoing, executable, folder) : first;
      say(
        isCold
          ? 'cold: with an empty page cache'
          : 'cold: its first start, since this user may not empty the page cache',
      );
      const warm = [];
      for (let n = 0; n < size.starts; n++) {
        warm.push(await startOnce(undoing, executable, folder));
      }
      return {
        start_ms: rounded(median(warm), 0),
        start_cold_ms: rounded(cold, 0),
        binary_mb: rounded(statSync(executable).size / 1e6, 1),
      };
    }),
};

/** From the start of the process to the last byte of the page that everybody sees first, ms. */
async function startOnce(undoing: Undoing, executable: string, folder: string): Promise<number> {
  const began = performance.now();
  const child = Bun.spawn([executable, 'serve', '--json'], {
    cwd: '/',
    env: { PATH: process.env.PATH ?? '', OONOBOX_DATA: folder, OONOBOX_HOST: '127.0.0.1', OONOBOX_PORT: '0' },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  undoing.defer(() => child.kill('SIGKILL'));
  const { value } = await child.stdout.getReader().read();
  if (value === undefined) {
    throw new Error('The executable ended before it was ready.');
  }
  const { url } = JSON.parse(new TextDecoder().decode(value));
  const page = await fetch(`${url}/login`);
  await page.text();
  const took = performance.now() - began;
  child.kill('SIGTERM');
  if (page.status !== 200 || (await child.exited) !== 0) {
    throw new Error(`The executable showed ${page.status} and ended with ${child.exitCode}.`);
  }
  return took;
}

/** Makes the kernel forget what it has read of files; false where that is not allowed. */
function dropCaches(): boolean {
  try {
    execFileSync('sync');
    writeFileSync('/proc/sys/vm/drop_caches', '1');
    return true;
  } catch {
    return false;
  }
}
