import { afterAll } from 'bun:test';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const made: string[] = [];

/** An empty folder that is gone when the file's tests have run. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'oonobox-test-'));
  if (made.push(folder) === 1) {
    afterAll(() => {
      for (const old of made.splice(0)) {
        rmSync(old, { recursive: true, force: true });
      }
    });
  }
  return folder;
}
