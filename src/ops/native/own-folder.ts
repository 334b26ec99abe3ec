import { chmodSync, lstatSync, mkdirSync } from 'node:fs';

/**
 * Makes a folder that nobody else can enter, and returns it. What lies in it is loaded into this process,
 * so a folder (or link) that another user put there first is refused.
 */
export function makeOwnFolder(path: string): string {
  mkdirSync(path, { recursive: true, mode: 0o700 });
  const found = lstatSync(path);
  if (!found.isDirectory() || found.uid !== process.getuid?.()) {
    throw new Error(`${path} belongs to somebody else`);
  }
  if ((found.mode & 0o777) !== 0o700) {
    chmodSync(path, 0o700);
  }
  return path;
}
