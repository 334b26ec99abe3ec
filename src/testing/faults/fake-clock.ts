import { globSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Debian's libfaketime, which a program is started with; null where it is not installed. */
export const faketime = globSync('/usr/lib/*/faketime/libfaketimeMT.so.1')[0] ?? null;

export type FakeClock = {
  /** For the server's environment. Its timers go on in real time: only what the clock says is false. */
  env: Record<string, string>;
  /** The clock is this many seconds ahead of the real one, from now on, also in a server that runs. */
  set(seconds: number): void;
};

export function createFakeClock(folder: string): FakeClock {
  const path = join(folder, 'clock');
  const set = (seconds: number) => {
    writeFileSync(`${path}.new`, `${seconds >= 0 ? '+' : ''}${seconds}\n`);
    renameSync(`${path}.new`, path);
  };
  rmSync(path, { force: true });
  set(0);
  return {
    set,
    env: {
      LD_PRELOAD: faketime ?? '',
      FAKETIME_TIMESTAMP_FILE: path,
      FAKETIME_NO_CACHE: '1',
      FAKETIME_DONT_FAKE_MONOTONIC: '1',
      FAKETIME_DISABLE_SHM: '1',
      NO_FAKE_STAT: '1',
    },
  };
}
