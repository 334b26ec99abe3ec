import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { closeBrowser, withPage } from '#src/testing/browser.ts';
import { signIn } from '#src/testing/faults/sign-in.ts';
import { addAgents } from '../agents.ts';
import { type Install, type Running, temporaryFolder } from '../install.ts';
import { quantile, rounded } from '../load/figures.ts';
import { startGenerator } from '../load/generate.ts';
import { eachOnce } from '../load/plan.ts';
import { load } from '../load/run.ts';
import type { Part } from '../part.ts';
import { shownIn, watchList } from '../push/browser-page.ts';
import { startWatching } from '../push/watching.ts';
import { withUndoing } from '../undoing.ts';
import { shownLast, startWarm } from '../warm-server.ts';

const PER_SECOND = 20;
/** Of ten agents one has a conversation open, and gets its thread as well. */
const WITH_A_THREAD = 0.1;

/**
 * How long it takes from the moment a webhook is sent until its message has come to each of many agents, and to the
 * page of a real browser among them.
 */
export const push: Part = {
  name: 'push',
  figures: ['push_p50_ms', 'push_p99_ms', 'push_browser_p99_ms'],
  measure: ({ size, say, makeInstall }) =>
    withUndoing(async (undoing) => {
      const { pool, sockets, agents, pushSeconds } = size;
      undoing.defer(closeBrowser);
      const generator = startGenerator(undoing);
      const install = await makeInstall(join(temporaryFolder(undoing), 'data'));
      const people = await addAgents(install, agents);
      const server = await startWarm(undoing, install, { generator, pool });
      const cookies: string[] = [];
      for (const person of people) {
        cookies.push((await signIn(server.url, person)).cookie ?? '');
      }
      const conversations = await someConversations(install, server, Math.round(sockets * WITH_A_THREAD));
      const watching = await startWatching(undoing, { url: server.url, cookies, sockets, conversations });
      say(`${sockets} sockets of ${agents} agents are open`);

      const job = eachOnce({
        to: server.target,
        webhooks: pushSeconds * PER_SECOND,
        pool,
        pace: { perSecond: PER_SECOND },
      });
      const { sent, browser } = await withPage(
        { url: server.url, cookie: cookies[0] ?? '' },
        async (page) => {
          await watchList(page);
          const shown = shownLast(server.agent, job);
          const sent = await load(generator, job);
          await shown;
          await untilShown(page, sent.count - 1);
          return { sent, browser: await shownIn(page, sent.count) };
        },
      );
      const { seen, closed, resyncs, lateP99 } = await watching.report(sent.count);
      if (closed + resyncs > 0) {
        throw new Error(`${closed} of ${sockets} sockets were closed, ${resyncs} were told to begin anew.`);
      }
      const due = sent.due ?? [];
      const times = Float64Array.from(seen.flatMap((row) => latencies(row, due)));
      expectAllCame(times, sockets * sent.count, 'the sockets');
      const browserTimes = Float64Array.from(latencies(browser, due));
      expectAllCame(browserTimes, sent.count, 'the browser');
      say(`the process of sockets itself was late by ${rounded(lateP99)} ms (p99)`);
      return {
        push_p50_ms: rounded(quantile(times, 0.5)),
        push_p99_ms: rounded(quantile(times, 0.99)),
        push_browser_p99_ms: rounded(quantile(browserTimes, 0.99)),
      };
    }),
};

/** Of the messages that came, how long each took from when it was due. */
function latencies(seen: readonly number[], due: readonly number[]): number[] {
  return seen.flatMap((at, n) => (at > 0 ? [at - (due[n] ?? at)] : []));
}

function expectAllCame({ length }: Float64Array, wanted: number, where: string): void {
  if (length < wanted) {
    throw new Error(`${wanted - length} of ${wanted} pushes never came to ${where}.`);
  }
}

async function untilShown(page: Page, n: number): Promise<void> {
  await page.waitForFunction((wanted) => window.benchSeen.has(wanted), n);
}

async function someConversations({ apiKey }: Install, { url }: Running, count: number): Promise<number[]> {
  const answer = await fetch(`${url}/api/v1/conversations?limit=${Math.max(1, Math.min(100, count))}`, {
    headers: { authorization: `Bearer ${apiKey}` },
  });
  const { data }: { data: { id: number }[] } = await answer.json();
  return data.map(({ id }) => id);
}
