import { join } from 'node:path';
import type { Undoing } from '../undoing.ts';
import type { Answer, Job, Order, Sent } from './job.ts';

export type Generator = {
  /** Makes the job's requests, and then waits. */
  prepare(job: Job): Promise<void>;
  /** Sends them, and resolves when every one is answered. */
  go(): Promise<Sent>;
};

/** Starts a load generator as a process of its own. */
export function startGenerator(undoing: Undoing): Generator {
  let heard = Promise.withResolvers<Answer>();
  const child = Bun.spawn([process.execPath, join(import.meta.dir, 'generator.ts')], {
    stdio: ['ignore', 'inherit', 'inherit'],
    serialization: 'json',
    ipc: (answer: Answer) => heard.resolve(answer),
    onExit: (_, code) => heard.reject(new Error(`The load generator ended with ${code}.`)),
  });
  undoing.defer(async () => {
    heard.promise.catch(() => {});
    child.kill('SIGKILL');
    await child.exited;
  });

  async function ask(order: Order): Promise<Answer> {
    heard = Promise.withResolvers();
    child.send(order);
    const answer = await heard.promise;
    if (answer.kind === 'failed') {
      throw new Error(`The load generator failed: ${answer.why}`);
    }
    return answer;
  }

  return {
    async prepare(job) {
      await ask({ kind: 'prepare', job });
    },
    async go() {
      const answer = await ask({ kind: 'go' });
      if (answer.kind !== 'sent') {
        throw new Error('The load generator answered something else.');
      }
      return answer.sent;
    },
  };
}
