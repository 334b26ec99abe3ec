import type { Services } from '#src/services.ts';
import { type Alarms, createAlarms } from './alarms.ts';
import { createLoopDelay, type LoopDelay } from './loop-delay.ts';
import { memoryLimit, readDiskSpace } from './machine.ts';
import { createDiskWatchdog } from './watchdog-disk.ts';
import { collectGarbage, createMemoryWatchdog } from './watchdog-memory.ts';
import { lookAtWals } from './watchdog-wal.ts';

/** Looks at memory, disk and write-ahead logs, so that somebody is told before it hurts. */
export type Watch = {
  start(): void;
  stop(): Promise<void>;
  /** One look at everything. */
  look(): Promise<void>;
  alarms: Alarms;
  loop: LoopDelay;
  /** Bytes of resident memory from which on it warns. */
  memoryLimit: number;
};

const EVERY_MS = 30_000;

type Settings = Pick<Services, 'config' | 'log' | 'now'>;
type Parts = Pick<Services, 'accounts' | 'config' | 'control' | 'live' | 'log'>;

/** `parts` is asked for late: the watch is itself one of the services. */
export function createWatch({ config, log, now }: Settings, parts: () => Parts): Watch {
  const alarms = createAlarms({ log, now });
  const loop = createLoopDelay();
  const limit = memoryLimit(config.memoryWarnMb);
  const looks = {
    'write-ahead logs': () => lookAtWals({ ...parts(), alarms }),
    memory: createMemoryWatchdog({
      limit,
      readMemory: process.memoryUsage,
      collect: collectGarbage,
      about: () => ({
        openAccounts: parts().accounts.openNow().length,
        sockets: parts().live.figures().sockets,
      }),
      alarms,
      now,
    }),
    'the disk': createDiskWatchdog({ readSpace: () => readDiskSpace(config.data), alarms }),
  };
  let timer: NodeJS.Timeout | null = null;
  let looking: Promise<void> | null = null;

  async function lookAtAll(): Promise<void> {
    loop.turn();
    for (const [what, look] of Object.entries(looks)) {
      await look().catch((err) => log.error({ what, err }, 'a watchdog could not look'));
    }
  }

  function look(): Promise<void> {
    looking ??= lookAtAll().finally(() => {
      looking = null;
    });
    return looking;
  }

  return {
    alarms,
    loop,
    memoryLimit: limit,
    look,
    start() {
      loop.start();
      timer = setInterval(() => void look(), EVERY_MS);
      timer.unref();
      void look();
    },
    async stop() {
      loop.stop();
      if (timer) {
        clearInterval(timer);
      }
      await looking;
    },
  };
}
