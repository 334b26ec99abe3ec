import type { MessageError, MessageStatus } from './thread-message.ts';

/**
 * How far a status is along the way out. A message only moves to a higher rank;
 * `delivered` outranks `failed`, since Meta may report a failure and deliver all the same.
 */
export function statusRank(status: MessageStatus): number {
  return ranks[status];
}

const ranks: Readonly<Record<MessageStatus, number>> = {
  received: 0,
  scheduled: 0,
  queued: 1,
  sending: 2,
  unknown: 3,
  accepted: 4,
  sent: 5,
  failed: 6,
  delivered: 7,
  read: 8,
  played: 9,
  cancelled: 10,
};

const reportedByMeta = ['sent', 'delivered', 'read', 'played', 'failed'] as const;
export type ReportedStatus = (typeof reportedByMeta)[number];

/** One of the statuses that move a message; Meta also sends others, which are kept and change nothing. */
export function reportedStatus(name: string): ReportedStatus | null {
  return reportedByMeta.find((known) => known === name) ?? null;
}

export type Progress = {
  status: MessageStatus;
  statusRank: number;
  errorCode: number | null;
  /** JSON of a `MessageError`. */
  error: string | null;
};

/** The message after a status, or null when it is already further. The reason of a failure goes with the failure. */
export function afterStatus(
  current: Pick<Progress, 'statusRank'>,
  status: MessageStatus,
  error: MessageError | null = null,
): Progress | null {
  const rank = statusRank(status);
  if (rank <= current.statusRank) {
    return null;
  }
  return {
    status,
    statusRank: rank,
    errorCode: error?.code ?? null,
    error: error ? JSON.stringify(error) : null,
  };
}
