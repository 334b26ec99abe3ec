import { type Thread, threadKey } from '../threads.ts';
import type { World } from '../world.ts';

/** A stream of events that only says "look again": the page fetches itself and takes what is new. */
export function changes(world: World, waId: string, phoneNumberId: string): Response {
  const key = threadKey(phoneNumberId, waId);
  const encoder = new TextEncoder();
  let stop = () => {};
  const stream = new ReadableStream<Uint8Array>({
    start(controller) {
      const tell = (thread: Thread | null) => {
        if (thread === null || threadKey(thread.phoneNumberId, thread.person.waId) === key) {
          controller.enqueue(encoder.encode('data: changed\n\n'));
        }
      };
      stop = () => world.listeners.delete(tell);
      world.listeners.add(tell);
      controller.enqueue(encoder.encode('retry: 1000\n\n'));
    },
    cancel: () => stop(),
  });
  return new Response(stream, {
    headers: {
      'content-type': 'text/event-stream',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    },
  });
}
