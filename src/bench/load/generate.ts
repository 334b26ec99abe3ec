import { startAsked } from '../ask-child.ts';
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
  const ask = startAsked<Order, Answer>(undoing, 'load/generator.ts');
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
