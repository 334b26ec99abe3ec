import type { ServerProcess } from '../server-process.ts';

const ERROR = 50;

/** What a server has logged as an error so far; a line that its end cut short is none. */
export function errorsOf({ stderr }: Pick<ServerProcess, 'stderr'>): string[] {
  return stderr()
    .split('\n')
    .filter((line) => line.startsWith('{') && line.endsWith('}'))
    .filter((line) => Number(JSON.parse(line).level) >= ERROR);
}
