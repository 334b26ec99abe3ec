import type { Alarms } from './alarms.ts';
import type { DiskSpace } from './machine.ts';

const GB = 1024 * 1024 * 1024;
const LEAST_SHARE = 0.05;

/** Whether somebody should make room before it is urgent. */
export const isLow = ({ free, total }: DiskSpace): boolean => free < GB || free < total * LEAST_SHARE;

type Parts = { readSpace: () => Promise<DiskSpace>; alarms: Alarms };

/** Warns before the disk of the data folder is full. Returns one look. */
export function createDiskWatchdog({ readSpace, alarms }: Parts) {
  return async function look(): Promise<void> {
    const space = await readSpace();
    if (isLow(space)) {
      const words =
        'the disk of the data folder is nearly full: once it is, nothing can be sent or changed, and webhooks are answered 503 until there is room (Meta repeats them for up to seven days)';
      alarms.raise('disk', 'data', { level: 'warn', about: space, words });
    } else {
      alarms.clear('disk', 'data');
    }
  };
}
