import { readdirSync, readFileSync } from 'node:fs';

/** What the system says about a process: resident memory in MB, and how many handles it has open. */
export function figuresOf(pid: number): { rssMb: number; handles: number } {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const kilobytes = Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1]);
  return { rssMb: Math.round(kilobytes / 1024), handles: readdirSync(`/proc/${pid}/fd`).length };
}
