import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

// A Unix socket's path must fit into 104 bytes on macOS and 108 on Linux.
const MOST_BYTES = 100;

/** Where the running server listens for commands; only the data folder's owner can go there. */
export function findSocket(dataFolder: string): string {
  const named = join(dataFolder, 'run', 'cli.path');
  return existsSync(named) ? readFileSync(named, 'utf8').trim() : inDataFolder(dataFolder);
}

/** Makes room for a new socket. Call it only with the data folder's lock held: what is there is stale then. */
export function claimSocket(dataFolder: string): { path: string; release(): void } {
  const run = join(dataFolder, 'run');
  mkdirSync(run, { recursive: true, mode: 0o700 });
  chmodSync(run, 0o700);
  forget(dataFolder);

  const preferred = inDataFolder(dataFolder);
  const path = Buffer.byteLength(preferred) <= MOST_BYTES ? preferred : inTemporaryFolder();
  if (path !== preferred) {
    writeFileSync(join(run, 'cli.path'), `${path}\n`, { mode: 0o600 });
  }
  return { path, release: () => forget(dataFolder) };
}

/** Removes the socket of a process that is gone, and says whether there was one. The lock must be held. */
export function removeStaleSocket(dataFolder: string): boolean {
  const named = join(dataFolder, 'run', 'cli.path');
  const wasThere = existsSync(named) || existsSync(inDataFolder(dataFolder));
  forget(dataFolder);
  return wasThere;
}

function inDataFolder(dataFolder: string): string {
  return join(dataFolder, 'run', 'cli.sock');
}

function inTemporaryFolder(): string {
  return join(mkdtempSync(join(tmpdir(), 'oonobox-')), 'cli.sock');
}

function forget(dataFolder: string): void {
  const path = findSocket(dataFolder);
  if (path === inDataFolder(dataFolder)) {
    rmSync(path, { force: true });
  } else {
    rmSync(join(dataFolder, 'run', 'cli.path'), { force: true });
    rmSync(path, { force: true });
    removeOwnTemporaryFolder(dirname(path));
  }
}

/** The name came from a file: nothing but an empty folder of the shape made here is removed. */
function removeOwnTemporaryFolder(folder: string): void {
  if (dirname(folder) === tmpdir() && /\/oonobox-[^/]+$/.test(folder)) {
    rmSync(folder, { recursive: true, force: true });
  }
}
