import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { signIn } from '#src/testing/faults/sign-in.ts';
import { owner, startInstall, temporaryFolder } from '../install.ts';
import { rounded } from '../load/figures.ts';
import { residentMegabytes } from '../memory.ts';
import type { Part } from '../part.ts';
import { withUndoing } from '../undoing.ts';

/** How much memory the program holds when it has nothing to do, after somebody has looked at a page. */
export const idle: Part = {
  name: 'idle',
  figures: ['rss_idle_mb'],
  measure: ({ size, makeInstall }) =>
    withUndoing(async (undoing) => {
      const install = await makeInstall(join(temporaryFolder(undoing), 'data'));
      const server = await startInstall(undoing, install);
      const client = await signIn(server.url, owner);
      await (await client.get('/inbox/all')).text();
      await pause(size.idleSeconds * 1000);
      return { rss_idle_mb: rounded(residentMegabytes(server.pid), 0) };
    }),
};
