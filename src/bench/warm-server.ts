import { setTimeout as pause } from 'node:timers/promises';
import { signIn } from '#src/testing/faults/sign-in.ts';
import { type Agent, openAgent } from './agent.ts';
import { type Install, owner, type Running, startInstall } from './install.ts';
import type { Generator } from './load/generate.ts';
import type { JobWithLast } from './load/plan.ts';
import { warmUp } from './load/plan.ts';
import { load } from './load/run.ts';
import type { Undoing } from './undoing.ts';

const PATIENCE_MS = 120_000;

export type WarmServer = Running & { agent: Agent };

/** The program with an agent looking at its inbox, after a warm-up that has been taken in and shown. */
export async function startWarm(
  undoing: Undoing,
  install: Install,
  { generator, pool }: { generator: Generator; pool: number },
): Promise<WarmServer> {
  const server = await startInstall(undoing, install);
  const agent = await openAgent(undoing, server.url, await signIn(server.url, owner));
  await warm(server, agent, { generator, pool });
  return { ...server, agent };
}

/** Everybody of the pool writes, and all of it is taken in and shown: what is still under way would wait before what comes. */
export async function warm(
  { target: to }: Running,
  agent: Agent,
  { generator, pool }: { generator: Generator; pool: number },
): Promise<void> {
  const job = warmUp({ to, pool });
  const seen = shownLast(agent, job);
  await load(generator, job);
  await seen;
}

/** Resolves with when the agent's page was shown the last message of a job (ms since 1970). */
export async function shownLast(agent: Agent, { last: { text } }: JobWithLast): Promise<number> {
  const late = new AbortController();
  const patience = pause(PATIENCE_MS, null, { ref: false, signal: late.signal }).catch(() => null);
  const at = await Promise.race([agent.sees(text), patience]);
  late.abort();
  if (at === null) {
    throw new Error(`"${text}" was not shown within two minutes.`);
  }
  return at;
}
