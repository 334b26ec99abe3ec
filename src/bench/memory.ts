import { readFileSync } from 'node:fs';

/** The most resident memory that a process has had since its start. */
export function peakMegabytes(pid: number): number {
  return kilobytesOf(pid, 'VmHWM') / 1000;
}

export function residentMegabytes(pid: number): number {
  return kilobytesOf(pid, 'VmRSS') / 1000;
}

/** In /proc, kB are 1,024 bytes; in the figures a megabyte is 1,000,000. */
function kilobytesOf(pid: number, field: string): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const found = new RegExp(`^${field}:\\s+(\\d+) kB$`, 'm').exec(status)?.[1];
  if (found === undefined) {
    throw new Error(`The kernel does not say ${field} of process ${pid}.`);
  }
  return Number(found) * 1.024;
}
