import { startAsked } from '../ask-child.ts';
import type { Undoing } from '../undoing.ts';
import type { WatchAnswer, WatchOrder } from './watch.ts';

export type Report = Extract<WatchAnswer, { kind: 'report' }>;
export type Watching = {
  /** What has come to each socket of so many numbered messages. */
  report(messages: number): Promise<Report>;
};

/** Starts the process of sockets, and resolves when all of them have joined. */
export async function startWatching(
  undoing: Undoing,
  opening: Omit<Extract<WatchOrder, { kind: 'open' }>, 'kind'>,
): Promise<Watching> {
  const ask = startAsked<WatchOrder, WatchAnswer>(undoing, 'push/sockets.ts');
  await ask({ kind: 'open', ...opening });
  return {
    async report(messages) {
      const answer = await ask({ kind: 'report', messages });
      if (answer.kind !== 'report') {
        throw new Error('The process of sockets answered something else.');
      }
      return answer;
    },
  };
}
