import type { Random } from '../random.ts';
import type { Site } from './site.ts';

/** One request for a page or, as the page's own script asks, for a part of it. */
export type Ask = { path: string; isFragment: boolean };

const VIEWS = ['all', 'mine', 'needs-reply', 'unassigned'] as const;
/** How many times "more" is pressed. */
const DEEPEST = 30;

/** The four lists that agents live in, from their beginning and from deep down, as pages and as parts. */
export async function askedForLists(site: Site, count: number, random: Random): Promise<Ask[]> {
  const walked = await Promise.all(VIEWS.map((view) => walkDown(site, `/inbox/${view}`)));
  const lists = walked.map((pages) => pages as [string, ...string[]]) as [
    [string, ...string[]],
    ...[string, ...string[]][],
  ];
  return Array.from({ length: count }, () => {
    const pages = random.pick(lists);
    // The beginning of a list is what is looked at most.
    return { path: random.next() < 0.5 ? pages[0] : random.pick(pages), isFragment: random.next() < 0.5 };
  });
}

/** The addresses of a list's pages, one after the other. */
async function walkDown({ client }: Site, first: string): Promise<string[]> {
  const found = [first];
  for (let path: string | undefined = first; path && found.length < DEEPEST; ) {
    const html = await (await client.get(path)).text();
    path = /href="(\/inbox\/[a-z-]+\?cursor=[^"]+)"/.exec(html)?.[1];
    found.push(...(path ? [path] : []));
  }
  return found;
}

const LONGEST = 10;

/** Conversations at random; each tenth one is among the longest, and the longest is also read from further back. */
export async function askedForThreads(site: Site, count: number, random: Random): Promise<Ask[]> {
  const { client, conversations } = site;
  const [longest] = conversations;
  const html = await (await client.get(`/inbox/all/${longest}`)).text();
  const before = /href="(\?before=[^"]+)"/.exec(html)?.[1] ?? '';
  return Array.from({ length: count }, () => {
    const drawn = random.next();
    const id = conversations[random.below(drawn < 0.1 ? LONGEST : conversations.length)] ?? longest;
    const path = drawn > 0.95 ? `/inbox/all/${longest}${before}` : `/inbox/all/${id}`;
    return { path, isFragment: random.next() < 0.5 };
  });
}
