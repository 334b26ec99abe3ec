import { askServer } from '#src/cli/ask-server.ts';
import type { Options } from '#src/cli/command.ts';
import type { Install } from './install.ts';

/** Runs a command inside the running server, over the same socket as the program's own command line. */
export async function command(
  { folder }: Pick<Install, 'folder'>,
  words: string,
  options: Options,
  stdin: unknown = null,
): Promise<Record<string, unknown>> {
  const result = await askServer(folder, words, { options, stdin });
  if (result === null) {
    throw new Error(`No server runs on ${folder}, so "${words}" cannot be run in it`);
  }
  return { ...result };
}
