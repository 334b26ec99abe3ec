import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { figuresOf } from './figures.ts';
import type { SoakLoad } from './soak-load.ts';
import type { SoakWorld } from './soak-world.ts';

/** How the server stands at a moment. */
export type Sample = {
  minutes: number;
  rssMb: number;
  handles: number;
  /** The largest write-ahead log of all databases. */
  walMb: number;
  logKb: number;
  webhooks: number;
  others: number;
  /** How long `/up` took to answer. */
  upMs: number;
};

const MB = 1024 * 1024;

/** Throws when `/up` does not answer 200. */
export async function takeSample(
  { install, server }: SoakWorld,
  load: SoakLoad,
  began: number,
): Promise<Sample> {
  const asked = performance.now();
  const up = await fetch(`${install.url}/up`);
  if (up.status !== 200) {
    throw new Error(`/up answered ${up.status}`);
  }
  return {
    minutes: (asked - began) / 60_000,
    ...figuresOf(server.pid),
    walMb: largestWal(install.folder) / MB,
    logKb: server.stderr().length / 1024,
    webhooks: load.webhooks(),
    others: load.others(),
    upMs: performance.now() - asked,
  };
}

/**
 * Of each so many in a row the sample with the least memory. What is not collected yet comes and goes, tens of MB of it,
 * by chance more at the end than before; what is never given back raises the least as much as the rest.
 */
export function leastOfEach(count: number, samples: readonly Sample[]): Sample[] {
  const groups = Map.groupBy(samples.entries(), ([place]) => Math.floor(place / count));
  return [...groups.values()].map((group) =>
    group.map(([, sample]) => sample).reduce((least, one) => (one.rssMb < least.rssMb ? one : least)),
  );
}

/** How much this grows a minute, by the straight line that fits best. */
export function slope(samples: readonly Sample[], of: 'rssMb' | 'handles'): number {
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const x = samples.map(({ minutes }) => minutes);
  const y = samples.map((sample) => sample[of]);
  const [middleX, middleY] = [mean(x), mean(y)];
  const spread = x.reduce((sum, value) => sum + (value - middleX) ** 2, 0);
  const together = x.reduce((sum, value, place) => sum + (value - middleX) * ((y[place] ?? 0) - middleY), 0);
  return spread === 0 ? 0 : together / spread;
}

export function table(samples: readonly Sample[]): string {
  const heads = ['minute', 'RSS MB', 'handles', 'WAL MB', 'log KB', 'webhooks', 'others', '/up ms'];
  const rows = samples.map(({ minutes, rssMb, handles, walMb, logKb, webhooks, others, upMs }) => [
    minutes.toFixed(1),
    String(rssMb),
    String(handles),
    walMb.toFixed(1),
    logKb.toFixed(0),
    String(webhooks),
    String(others),
    upMs.toFixed(0),
  ]);
  return [heads, ...rows].map((row) => row.map((cell) => cell.padStart(10)).join('')).join('\n');
}

function largestWal(folder: string): number {
  const accounts = join(folder, 'accounts');
  const databases = [
    join(folder, 'control.db'),
    ...readdirSync(accounts).map((id) => join(accounts, id, 'inbox.db')),
  ];
  const sizes = databases
    .map((path) => `${path}-wal`)
    .map((path) => (existsSync(path) ? statSync(path).size : 0));
  return Math.max(...sizes);
}
