import { join } from 'node:path';
import type { Undoing } from './undoing.ts';

type Failed = { kind: 'failed'; why: string };

/** A process of the bench's own that is asked one thing at a time, over a channel of messages. */
export function startAsked<Order, Answer extends { kind: string } | Failed>(
  undoing: Undoing,
  file: string,
): (order: Order) => Promise<Exclude<Answer, Failed>> {
  let heard = Promise.withResolvers<Answer>();
  const child = Bun.spawn([process.execPath, join(import.meta.dir, file)], {
    stdio: ['ignore', 'inherit', 'inherit'],
    serialization: 'json',
    ipc: (answer: Answer) => heard.resolve(answer),
    onExit: (_, code) => heard.reject(new Error(`${file} ended with ${code}.`)),
  });
  undoing.defer(async () => {
    heard.promise.catch(() => {});
    child.kill('SIGKILL');
    await child.exited;
  });
  const isFailed = (answer: Answer | Failed): answer is Failed => answer.kind === 'failed';

  return async (order) => {
    heard = Promise.withResolvers();
    child.send(order);
    const answer = await heard.promise;
    if (isFailed(answer)) {
      throw new Error(`${file} failed: ${answer.why}`);
    }
    return answer as Exclude<Answer, Failed>;
  };
}
