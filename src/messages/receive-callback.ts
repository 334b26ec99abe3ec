import type { Origin } from '#src/webhooks/run.ts';

/** One try to send a message or reaction of this account, as its value in the status names it. */
export type Callback = { subjectId: number; attempt: number };

const VALUE = /^([0-9a-f]+)\.(\d+)\.(\d+)\.(\d+)$/;

/** Reads `install.account.message.attempt`; null when it was sent by another install or account, or by somebody else. */
export function readCallback(value: string | null, { installId, accountId }: Origin): Callback | null {
  const [, install, account, subject, attempt] = (value && VALUE.exec(value)) || [];
  const isOurs = install === installId && account === String(accountId);
  return isOurs ? { subjectId: Number(subject), attempt: Number(attempt) } : null;
}
