import { writePosition } from './position.ts';

/** Sends to everybody who joined the topic. */
export type Publish = (topic: string, data: string) => void;

type Load = {
  /** Rendered HTML. */
  content?: string;
  /** Take over what is new in the panes. */
  resync?: true;
  /** The open thread holds other messages now: fetch it anew. */
  redraw?: true;
  /** Everything up to this number has come: from here on the page counts along. */
  joined?: true;
};

/** What travels down a socket: how far its reader has now seen the pushes, and what to do. */
export function frame(boot: string, n: number, load: Load = {}): string {
  return JSON.stringify({ n: writePosition(boot, n), ...load });
}

/** What only holds for now and is never replayed: HTML to swap, or something for the page's own parts to hear. */
export type Passing = { content: string } | { tell: { kind: string; [detail: string]: unknown } };

export function passingFrame(load: Passing): string {
  return JSON.stringify(load);
}
