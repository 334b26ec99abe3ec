import { join } from 'node:path';
import { embedded } from './embedded.ts';

/**
 * The program's own entry, for a thread of its own. Inside the executable no path but this one works;
 * in the sources `Bun.main` may be a test.
 */
export const programEntry = embedded === null ? join(import.meta.dir, '../../main.ts') : Bun.main;

/** The command that starts this program again, as a process of its own. */
export const programCommand: readonly string[] =
  embedded === null ? [process.execPath, programEntry] : [process.execPath];

/** What a person types to start it, in the words of the help. */
export const programName = embedded === null ? 'bun src/main.ts' : 'oonobox';
