import type { Inbox } from '#src/db/inbox.ts';
import { mergeSome } from '#src/search/merge.ts';
import { nextTurn } from '#src/webhooks/group-commit.ts';
import { createRandom } from '../random.ts';
import { type Chapter, chapterStatements, emptyChapter } from './chapter.ts';
import { fatesOf, type Scale } from './fates.ts';
import { begin, tell } from './story.ts';
import type { Telling, Thread } from './thread.ts';
import { layOut, readMoment } from './timeline.ts';

const CHAPTER = 4_000;
const CHAPTERS_PER_MERGE = 20;
/** While so much is written, pages are not read back again and again; it holds for this process alone. */
const CACHE_KB = 256 * 1024;

type Options = {
  /** User ids of those who answer. */
  agents: Telling['agents'];
  now: number;
  /** The clock that ids are made by; it is set to the time of each message. */
  clock: { now: number };
  /** How much is written, from 0 to 1. */
  progress(share: number): void;
};

/**
 * Writes a past of conversations into an empty inbox, in the order in which it happened, so that rows lie in the
 * file as they would. Resolves with the ids of the conversations, the longest first.
 */
export async function writePast(inbox: Inbox, scale: Scale, options: Options): Promise<number[]> {
  const { agents, now, clock, progress } = options;
  const random = createRandom(1);
  const fates = fatesOf(scale, agents.length, random);
  const { moments, beginning } = layOut(fates, now, random);
  const [number] = inbox.rows('select id from numbers limit 1');
  const telling = { numberId: Number(number?.[0]), agents, nextId: inbox.nextId, random };
  inbox.rows(`pragma cache_size = -${CACHE_KB}`);
  inbox.rows('pragma soft_heap_limit = 0');

  const threads: Thread[] = [];
  let chapters = 0;
  for (let from = 0; from < moments.length; from += CHAPTER) {
    const chapter: Chapter = emptyChapter();
    for (const packed of moments.subarray(from, from + CHAPTER)) {
      const moment = readMoment(packed);
      const { conversation } = moment;
      const at = beginning + moment.second * 1000;
      clock.now = at;
      const fate = fates[conversation];
      if (fate) {
        threads[conversation] ??= begin(telling, chapter, conversation, fate, at);
        tell(telling, chapter, threads[conversation], moment, at);
      }
    }
    await inbox.write('normal', chapterStatements(chapter));
    chapters += 1;
    if (chapters % CHAPTERS_PER_MERGE === 0) {
      await mergeIndex(inbox);
    }
    // Awaiting libSQL never lets the event loop turn, and memory is freed only when it does.
    await nextTurn();
    progress(Math.min(1, (from + CHAPTER) / moments.length));
  }
  await mergeIndex(inbox);
  return threads.map(({ id }) => id);
}

/** As an account does by itself whenever nothing comes in for a second. */
async function mergeIndex(inbox: Inbox): Promise<void> {
  while (await mergeSome(inbox)) {
    await nextTurn();
  }
}
