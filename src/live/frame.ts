import { writePosition } from './position.ts';

/** Sends to everybody who joined the topic. */
export type Publish = (topic: string, data: string) => void;

type Load = { /** Rendered HTML. */ content: string } | { /** Fetch the panes anew. */ resync: true };

/** What travels down a socket: how far its reader has now seen the pushes, and what to do. */
export function frame(boot: string, n: number, load?: Load): string {
  return JSON.stringify({ n: writePosition(boot, n), ...load });
}
