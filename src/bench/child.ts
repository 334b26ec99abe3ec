import { join } from 'node:path';
import type { Undoing } from './undoing.ts';

/** Starts one of the bench's own servers as a process, and returns where it listens. */
export async function startOwn(
  undoing: Undoing,
  file: 'ceiling.ts' | 'answer-at-once.ts',
  env: Record<string, string> = {},
): Promise<string> {
  const child = Bun.spawn([process.execPath, join(import.meta.dir, file)], {
    env: { PATH: process.env.PATH ?? '', ...env },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  undoing.defer(async () => {
    child.kill('SIGKILL');
    await child.exited;
  });
  for await (const chunk of child.stdout) {
    return JSON.parse(new TextDecoder().decode(chunk)).url;
  }
  throw new Error(`${file} ended before it was ready.`);
}
