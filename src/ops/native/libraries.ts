import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { StartRefused } from '#src/errors.ts';
import type { Logger } from '#src/log.ts';
import { embedded } from './embedded.ts';
import { openLibsql } from './libsql.ts';
import { makeOwnFolder } from './own-folder.ts';
import { removeOthers } from './remove-others.ts';

/** Names the folder of the unpacked libraries to the processes and threads that the program starts. */
export const LIBRARIES = 'OONOBOX_LIBRARIES';

let settled: string | null = null;

/**
 * Unpacks the executable's native libraries and loads libSQL, in the data folder or, where nothing may be run
 * from there, in the temporary folder. Returns the folder, or null in the sources, which carry no libraries.
 * Call it with the data folder's lock held.
 */
export function settleLibraries(dataFolder: string, log: Logger): string | null {
  if (embedded === null || settled !== null) {
    return settled;
  }
  const preferred = join(dataFolder, 'run', 'lib');
  const failures: string[] = [];
  for (const candidate of [preferred, join(tmpdir(), `oonobox-lib-${process.getuid?.()}`)]) {
    try {
      openLibsql(embedded, makeOwnFolder(candidate));
      settled = candidate;
      break;
    } catch (error) {
      failures.push(`${candidate}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  if (settled === null) {
    throw new StartRefused(
      `OonoBox found no folder to run its own libraries from. It needs one that it may write to and that is not mounted noexec.\n${failures.join('\n')}`,
    );
  } else if (settled === preferred) {
    removeOthers(settled, Object.values(embedded));
  } else {
    log.warn({ folder: settled, failures }, 'the native libraries lie in the temporary folder');
  }
  return settled;
}

/** In a thread of the program: loads libSQL from where the main thread has put it. */
export function joinLibraries(folder = process.env[LIBRARIES]): void {
  if (embedded !== null && folder !== undefined) {
    openLibsql(embedded, folder);
  }
}
