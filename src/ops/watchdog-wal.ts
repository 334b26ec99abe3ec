import type { Services } from '#src/services.ts';
import type { Alarms } from './alarms.ts';
import { readWalFiles, type WalFile, walBytes } from './wal-files.ts';

const MB = 1024 * 1024;

/** Above the first, a log is emptied; above the second, somebody has to know that it cannot be. In bytes. */
export const walLimits = { empty: 64 * MB, alarm: 256 * MB };

type Parts = Pick<Services, 'accounts' | 'config' | 'control' | 'log'> & {
  alarms: Alarms;
  limits?: typeof walLimits;
};

/**
 * One look at the write-ahead logs of all databases that are open: a large one is emptied. One that a long read
 * holds grows until the disk is full, and makes every other read slower meanwhile.
 */
export async function lookAtWals({ limits = walLimits, ...parts }: Parts): Promise<void> {
  const { config, accounts, alarms } = parts;
  const files = readWalFiles(config.data, accounts.openNow());
  for (const file of files) {
    if (file.bytes > limits.empty) {
      await tryToEmpty(parts, file);
    }
    const { accountId } = file;
    judge(alarms, { accountId, bytes: walBytes(config.data, accountId) }, limits.alarm);
  }
  alarms.clearOthers('wal', new Set(files.map(subjectOf)));
}

const subjectOf = ({ accountId }: Pick<WalFile, 'accountId'>) => String(accountId ?? 'control');

async function tryToEmpty({ accounts, control, log }: Parts, { accountId, bytes }: WalFile): Promise<void> {
  const about = { account: accountId, bytes };
  try {
    const isEmpty =
      accountId === null
        ? await control.checkpoint()
        : await accounts.peek(accountId, (inbox) => inbox.checkpoint());
    log.debug({ ...about, isEmpty }, 'a write-ahead log was large');
  } catch (err) {
    log.warn({ ...about, err }, 'a write-ahead log could not be emptied');
  }
}

function judge(alarms: Alarms, file: WalFile, most: number): void {
  const subject = subjectOf(file);
  if (file.bytes > most) {
    const about = { account: file.accountId, bytes: file.bytes };
    const words =
      'a write-ahead log grows and cannot be emptied: something reads for too long; if it stays so, restart';
    alarms.raise('wal', subject, { level: 'error', about, words });
  } else {
    alarms.clear('wal', subject);
  }
}
