import { execFileSync } from 'node:child_process';
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Person } from '#src/testing/people.ts';
import { addAgents } from '../agents.ts';
import { type Install, temporaryFolder } from '../install.ts';
import { rounded } from '../load/figures.ts';
import type { Surroundings } from '../part.ts';
import { withInbox } from '../stored.ts';
import type { Undoing } from '../undoing.ts';
import type { Scale } from './fates.ts';
import { keep } from './kept.ts';
import { seedVersion } from './version.ts';
import { writePast } from './write.ts';

/** An install with a past. */
export type Seeded = {
  install: Install;
  agents: Person[];
  /** Ids, the longest first. */
  conversations: number[];
};

export type SeedOptions = {
  /** Make it anew, whatever is kept. */
  fresh: boolean;
  say(text: string): void;
  makeInstall: Surroundings['makeInstall'];
};

const MOST_AGENTS = 30;

/** A copy of an install with so much in it, which may be changed. */
export async function seededCopy(undoing: Undoing, scale: Scale, options: SeedOptions): Promise<Seeded> {
  const name = `past-${scale.conversations}-${scale.messages}-${seedVersion()}`;
  const kept = await keep(undoing, name, options, (folder) => make(folder, scale, options));
  const folder = join(temporaryFolder(undoing), 'data');
  cpSync(join(kept, 'data'), folder, { recursive: true });
  // Else a disk that is still writing the past is measured with whatever waits for it.
  execFileSync('sync');
  const seeded: Seeded = JSON.parse(readFileSync(join(kept, 'seeded.json'), 'utf8'));
  return { ...seeded, install: { ...seeded.install, folder } };
}

async function make(folder: string, scale: Scale, { say, makeInstall }: SeedOptions): Promise<void> {
  const began = performance.now();
  const install = await makeInstall(join(folder, 'data'));
  const agents = await addAgents(install, Math.min(MOST_AGENTS, Math.ceil(scale.conversations / 10)));
  const clock = { now: 0 };
  const options = {
    agents: agents.map(({ userId }) => userId),
    now: Date.now(),
    clock,
    progress: eachQuarter((percent) => say(`${percent} % of ${scale.messages} messages are written`)),
  };
  const conversations = await withInbox(
    install,
    () => clock.now,
    (inbox) => writePast(inbox, scale, options),
  );
  writeFileSync(join(folder, 'seeded.json'), JSON.stringify({ install, agents, conversations }));
  say(
    `a past of ${scale.conversations} conversations was made in ${rounded((performance.now() - began) / 1000, 0)} s`,
  );
}

function eachQuarter(tell: (percent: number) => void): (share: number) => void {
  let told = 0;
  return (share) => {
    const percent = Math.floor(share * 4) * 25;
    if (percent > told) {
      told = percent;
      tell(percent);
    }
  };
}
