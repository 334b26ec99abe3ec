import type { Services } from '#src/services.ts';
import { type AccountFigures, readAccountFigures } from './account-figures.ts';
import type { Watched } from './alarms.ts';
import { type ControlFigures, nameAccounts, readControlFigures } from './control-figures.ts';
import type { Delay } from './loop-delay.ts';
import { countOpenFiles, type DiskSpace, readDiskSpace } from './machine.ts';
import type { PickUp } from './pick-ups.ts';
import { readWalFiles, type WalFile } from './wal-files.ts';

/** How an install stands at one moment: what /metrics and the operator's page show. Bytes, seconds, moments in ms. */
export type Figures = {
  now: number;
  uptimeSeconds: number;
  /** The accounts that are open, and their names. */
  open: (AccountFigures & { name: string })[];
  control: ControlFigures;
  memory: { rss: number; heapUsed: number; limit: number };
  /** What the watchdogs have found wrong. */
  alarms: Record<Watched, boolean>;
  /** Null when the system does not say. */
  disk: DiskSpace | null;
  wal: WalFile[];
  loop: Delay;
  openFiles: number | null;
  cpuSeconds: number;
  live: { sockets: number; pushes: number };
  pickUp: PickUp | null;
};

export type FigureServices = Pick<
  Services,
  'accounts' | 'config' | 'control' | 'live' | 'log' | 'now' | 'pickUps' | 'watch'
>;

const underWay = new WeakMap<object, Promise<Figures>>();

/** Reads them all. Whoever asks meanwhile gets the same, so that asking often costs no more than asking once. */
export function readFigures(services: FigureServices): Promise<Figures> {
  const reading = underWay.get(services.control) ?? gather(services);
  underWay.set(services.control, reading);
  return reading.finally(() => underWay.delete(services.control));
}

async function gather(services: FigureServices): Promise<Figures> {
  const { accounts, config, control, live, log, now, pickUps, watch } = services;
  const { rss, heapUsed } = process.memoryUsage();
  const { user, system } = process.cpuUsage();
  return {
    now: now(),
    uptimeSeconds: process.uptime(),
    open: await readOpen(services),
    control: await readControlFigures(control),
    memory: { rss, heapUsed, limit: watch.memoryLimit },
    alarms: watch.alarms.raised(),
    disk: await readDiskSpace(config.data).catch((err) => {
      log.warn({ err }, 'what is left of the disk cannot be read');
      return null;
    }),
    wal: readWalFiles(config.data, accounts.openNow()),
    loop: watch.loop.read(),
    openFiles: countOpenFiles(),
    cpuSeconds: (user + system) / 1e6,
    live: live.figures(),
    pickUp: pickUps.last(),
  };
}

/** One account after the other, with a turn of the event loop between: nobody waits longer than for one. */
async function readOpen({ accounts, control, log, now }: FigureServices): Promise<Figures['open']> {
  const ids = accounts.openNow();
  const names = await nameAccounts(control, ids);
  const open: Figures['open'] = [];
  for (const id of ids) {
    await new Promise((resume) => setImmediate(resume));
    const figures = await accounts
      .peek(id, async (inbox) => readAccountFigures(inbox, now()))
      .catch((err) => {
        log.warn({ account: id, err }, 'the figures of an account cannot be read');
        return null;
      });
    const { name = String(id), isActive = false } = names.get(id) ?? {};
    if (figures !== null) {
      const nothingDue = { dueSince: { interactive: null, bulk: null }, filesExpectedSince: null };
      open.push({ ...figures, name, ...(isActive ? {} : nothingDue) });
    }
  }
  return open;
}
