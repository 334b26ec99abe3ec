import about from '#package' with { type: 'json' };
import { type FigureServices, readFigures } from '#src/ops/figures.ts';
import { judge, type Section, type State, worst } from './judge.ts';

/** How the install stands at a moment. Bytes and seconds. */
export type Standing = {
  at: number;
  /** Of whoever looks. */
  timeZone: string;
  /** The worst of all. */
  state: State;
  sections: readonly Section[];
  figures: {
    memory: { rss: number; limit: number };
    disk: { free: number; total: number } | null;
    sockets: number;
    uptimeSeconds: number;
    version: string;
  };
};

/** How the install stands now, as the page shows it. */
export async function readStanding(services: FigureServices, timeZone: string): Promise<Standing> {
  const figures = await readFigures(services);
  const { memory, disk, live, uptimeSeconds, now } = figures;
  const sections = judge(figures);
  const states = sections.flatMap(({ findings }) => findings.map(({ state }) => state));
  return {
    at: now,
    timeZone,
    state: worst(states),
    sections,
    figures: { memory, disk, sockets: live.sockets, uptimeSeconds, version: about.version },
  };
}
