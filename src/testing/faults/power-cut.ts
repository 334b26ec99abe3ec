import { closeSync, ftruncateSync, openSync, writeSync } from 'node:fs';
import { inboxPath } from '#src/db/inbox.ts';
import { copyData } from './data-copy.ts';
import type { Composed, Promised, Said } from './load.ts';
import { isWithin, movedBytes, type Position, positionIn } from './wal.ts';

/** What is known of a server's promises by where its write-ahead log stood when it made them. */
export type Ledger = {
  promised: Promised;
  /** How far the log was written when an acknowledgement was there; what was promised lies before. */
  acknowledged: Map<Said | Composed, Position | null>;
  /** The same for messages that Meta had received, by text: what says so lies before. */
  received: Map<string, Position | null>;
};

export type Ended = {
  /** A copy of the data folder, to be cut. */
  copy: string;
  end: Position;
  /** The log cannot be lost before this byte. */
  firstCut: number;
  /** As they were at this moment. */
  said: readonly Said[];
  composed: readonly Composed[];
  acknowledged: ReadonlyMap<string, Position | null>;
  received: ReadonlyMap<string, Position | null>;
  /** Where the last promise was in the log that the copy has. */
  lastPromise: number;
};

const LOG_HEADER = 32;
const BLOCK = 4096;

export function logPath(folder: string, accountId: number): string {
  return `${inboxPath(folder, accountId)}-wal`;
}

/** Takes down the moment: everything on the disk and every promise made so far. The server stands still. */
export function takeDown(folder: string, accountId: number, ledger: Ledger): Ended {
  const { promised, acknowledged, received } = ledger;
  const end = positionIn(logPath(folder, accountId)) ?? { generation: 0, end: LOG_HEADER };
  const firstCut = movedBytes(logPath(folder, accountId));
  const here = [...acknowledged.values()].flatMap((at) =>
    at?.generation === end.generation ? [at.end] : [],
  );
  return {
    copy: copyData(folder),
    end,
    firstCut,
    said: promised.said.map((one) => ({ ...one })),
    composed: promised.composed.map((one) => ({ ...one })),
    acknowledged: new Map([...acknowledged].map(([{ text }, at]) => [text, at])),
    received: new Map(received),
    lastPromise: Math.max(firstCut, ...here),
  };
}

/** Which of these positions are still there when the log ends at `cut`. */
export function keptAt(
  { end }: Ended,
  positions: ReadonlyMap<string, Position | null>,
  cut: number,
): string[] {
  const whatIsLeft = { generation: end.generation, end: cut };
  return [...positions].filter(([, at]) => at === null || isWithin(at, whatIsLeft)).map(([text]) => text);
}

/** The disk got the log as far as `bytes`. */
export function cutLog(path: string, bytes: number): void {
  const file = openSync(path, 'r+');
  ftruncateSync(file, bytes);
  closeSync(file);
}

/** The disk got the log as far as `from`, and of what comes after only some blocks, in no order. */
export function loseBlocks(path: string, from: number, end: number): void {
  const file = openSync(path, 'r+');
  const nothing = Buffer.alloc(BLOCK);
  const first = Math.ceil(from / BLOCK);
  for (let block = first; block * BLOCK < end; block++) {
    if (block === first || Math.random() < 0.5) {
      writeSync(file, nothing, 0, BLOCK, block * BLOCK);
    }
  }
  closeSync(file);
}
