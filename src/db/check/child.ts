import { joinLibraries } from '#src/ops/native/libraries.ts';
import { readEverything } from './read-everything.ts';

/** What the process is told, as one line of JSON. */
export type CheckRequest = { path: string; key: string };

/**
 * The process of a check: reads the database that the first line of stdin names, and ends with 0 when it is sound.
 * Otherwise it says why on stdout, or ends in the middle of it, which says it as well. It ends with its parent, when
 * stdin does.
 */
export async function checkDatabase(): Promise<number> {
  joinLibraries();
  const { path, key }: CheckRequest = JSON.parse(await firstLine());
  const problem = await readEverything(path, key);
  process.stdout.write(problem ?? '');
  return problem === null ? 0 : 1;
}

function firstLine(): Promise<string> {
  const { promise, resolve } = Promise.withResolvers<string>();
  let text = '';
  process.stdin.setEncoding('utf8');
  process.stdin.on('data', (chunk: string) => {
    text += chunk;
    if (text.includes('\n')) {
      resolve(text);
    }
  });
  process.stdin.on('end', () => process.exit(1));
  return promise;
}
