import { LIBRARIES } from '#src/ops/native/libraries.ts';
import { programCommand } from '#src/ops/native/program.ts';
import type { CheckRequest } from './child.ts';

type CheckOptions = {
  /** Where the executable has unpacked its libraries; null in the sources. */
  libraries: string | null;
  /** Ends the check; what it found by then is of no use. */
  signal: AbortSignal;
};

/**
 * Checks in a process of its own, which may end by what it reads, a database that nobody has open. Resolves to what is
 * wrong with it, or null when it is sound. Throws when somebody ended the check, which says nothing of the database.
 */
export async function findDamage(request: CheckRequest, options: CheckOptions): Promise<string | null> {
  const { libraries, signal } = options;
  if (signal.aborted) {
    throw brokenOff();
  }
  const child = Bun.spawn([...programCommand, '_check-database'], {
    stdin: 'pipe',
    stdout: 'pipe',
    stderr: 'ignore',
    env: libraries === null ? {} : { [LIBRARIES]: libraries },
    signal,
    killSignal: 'SIGKILL',
  });
  // Stdin stays open: when this process ends, so does the other.
  child.stdin.write(`${JSON.stringify(request)}\n`);
  await child.stdin.flush();
  const said = await new Response(child.stdout).text();
  const code = await child.exited;
  // What is in a file never ends a process by this signal: it was told to, by us or by a machine out of memory.
  if (child.signalCode === 'SIGKILL') {
    throw brokenOff();
  }
  return code === 0 ? null : said || 'reading all of it ended the process that did so';
}

const brokenOff = () =>
  new Error('the check of its database was broken off; it is being checked again when somebody asks for it');
