import { readdirSync, readFileSync } from 'node:fs';
import { until } from '../until.ts';

/** Holds a process still while `work` looks at its files: between any two of its system calls, as a power cut would. */
export async function whileStopped<T>(pid: number, work: () => T): Promise<T> {
  process.kill(pid, 'SIGSTOP');
  try {
    await until('every thread to stand still', async () =>
      threadStates(pid).every((state) => /[tT]/.test(state)),
    );
    return work();
  } finally {
    process.kill(pid, 'SIGCONT');
  }
}

/** Linux's letter for what each thread does; `T` and `t` are stopped. */
function threadStates(pid: number): string[] {
  const tasks = `/proc/${pid}/task`;
  return readdirSync(tasks).flatMap((task) => {
    try {
      return [/\) (\w) /.exec(readFileSync(`${tasks}/${task}/stat`, 'utf8'))?.[1] ?? ''];
    } catch {
      // A thread that has just ended.
      return [];
    }
  });
}
