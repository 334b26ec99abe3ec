import type { Client } from '#src/testing/client.ts';
import { signIn } from '#src/testing/faults/sign-in.ts';
import { type Running, startInstall } from '../install.ts';
import type { Scale } from '../seed/fates.ts';
import { type Seeded, type SeedOptions, seededCopy } from '../seed/seeded.ts';
import type { Undoing } from '../undoing.ts';

/** An install with a past, running, and one of its agents signed in. */
export type Site = Seeded & Running & { client: Client };

export async function openSite(undoing: Undoing, scale: Scale, options: SeedOptions): Promise<Site> {
  const seeded = await seededCopy(undoing, scale, options);
  const running = await startInstall(undoing, seeded.install);
  const [agent] = seeded.agents;
  if (!agent) {
    throw new Error('Nobody was made who could sign in.');
  }
  return { ...seeded, ...running, client: await signIn(running.url, agent) };
}
