import type { Page } from 'playwright-core';
import { closeBrowser, withPage } from '#src/testing/browser.ts';
import { signIn } from '#src/testing/faults/sign-in.ts';
import { weigh } from '#src/testing/weigh.ts';
import { openAgent } from '../agent.ts';
import { slowDown } from '../browser/slow.ts';
import { keyToVisible, readVitals } from '../browser/vitals.ts';
import { owner } from '../install.ts';
import { median, rounded } from '../load/figures.ts';
import { startGenerator } from '../load/generate.ts';
import type { JobWithLast } from '../load/plan.ts';
import { load } from '../load/run.ts';
import { openSite, type Site } from '../pages/site.ts';
import type { Part, Size } from '../part.ts';
import { type Undoing, withUndoing } from '../undoing.ts';
import { shownLast } from '../warm-server.ts';

/** More conversations than a list shows, and one with more messages than a thread does. */
const PAST = { conversations: 100, messages: 3_000 };

/** What an agent with a cheap laptop on a slow line waits for, and how much goes over that line. */
export const browser: Part = {
  name: 'browser',
  figures: ['first_view_bytes', 'open_conversation_bytes', 'lcp_ms', 'cls', 'key_to_visible_ms'],
  measure: ({ size, say, makeInstall }) =>
    withUndoing(async (undoing) => {
      undoing.defer(closeBrowser);
      const site = await openSite(undoing, PAST, { fresh: size.fresh, say, makeInstall });
      await letThemWrite(undoing, site);
      const [longest, other] = site.conversations.map((id) => `/inbox/all/${id}`);
      const paths = { first: longest ?? '', other: other ?? '' };

      const views = [];
      for (let view = 0; view < size.views; view++) {
        views.push(await onPage(site, size, (page) => viewFirst(page, paths.first)));
      }
      const { opened, keys } = await onPage(site, size, (page) => useIt(page, paths, size.answers));
      return {
        first_view_bytes: Math.max(...views.map(({ bytes }) => bytes)),
        open_conversation_bytes: opened,
        lcp_ms: rounded(median(views.map(({ lcp }) => lcp)), 0),
        cls: rounded(Math.max(...views.map(({ cls }) => cls)), 3),
        key_to_visible_ms: rounded(median(keys), 0),
      };
    }),
};

/** The two customers with the longest threads write, so that both stand in the list and may be answered. */
async function letThemWrite(undoing: Undoing, { url, target }: Site): Promise<void> {
  const agent = await openAgent(undoing, url, await signIn(url, owner));
  const job: JobWithLast = {
    to: [target],
    known: { from: 0, end: 1 },
    fromKnown: 0,
    newcomers: { from: 1, end: 2 },
    last: { customer: 0, text: 'Good morning, is my order ready?' },
    seed: 5,
    pace: { inFlight: 1 },
  };
  const shown = shownLast(agent, job);
  await load(startGenerator(undoing), job);
  await shown;
}

function onPage<T>(
  { url, client }: Site,
  { slowBrowser }: Size,
  work: (page: Page) => Promise<T>,
): Promise<T> {
  return withPage({ url, cookie: client.cookie ?? '' }, async (page) => {
    if (slowBrowser) {
      await slowDown(page);
    }
    return await work(page);
  });
}

/** A browser that has never been here opens a full list with a long thread. */
async function viewFirst(page: Page, path: string) {
  const { total } = await weigh(page, () => page.goto(path));
  return { bytes: total, ...(await readVitals(page)) };
}

/** Opens another conversation from the list, then answers some times. */
async function useIt(page: Page, { first, other }: { first: string; other: string }, answers: number) {
  await page.goto(other);
  await page.waitForLoadState('networkidle');
  const { parts } = await weigh(page, async () => {
    await page.locator(`.row[href="${first}"]`).click();
    await page.waitForURL(`**${first}`);
  });
  // The browser fetches the page's icon when it pleases.
  const opened = parts.filter(({ kind }) => kind !== 'other').reduce((sum, { bytes }) => sum + bytes, 0);
  const keys: number[] = [];
  for (let answer = 1; answer <= answers; answer++) {
    keys.push(await keyToVisible(page, `It is ready, this is answer ${answer} of ${answers}.`));
  }
  return { opened, keys };
}
