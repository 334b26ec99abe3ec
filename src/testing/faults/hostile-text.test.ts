import { afterAll, beforeAll, expect, test } from 'bun:test';
import { inArray } from 'drizzle-orm';
import fc from 'fast-check';
import { journal } from '#src/db/schema/inbox/index.ts';
import { withPage } from '../browser.ts';
import { tryEveryInput } from './hostile-answers.ts';
import { tryEveryCommand, tryRawStdin } from './hostile-commands.ts';
import { expectEverythingKept } from './hostile-oracle.ts';
import { type HostilePost, openHostilePost } from './hostile-post.ts';
import { arbitrarySpoilings, shownKinds, theMarkup, theSample, visitedKinds } from './hostile-sample.ts';
import { type HostileShop, openHostileShop } from './hostile-shop.ts';
import { FOREIGN_ATTRIBUTE, FOREIGN_ELEMENT, hostileTexts, hostileValues } from './hostile-values.ts';
import { isLong, testLong } from './long.ts';
import { foreignInPage, foreignMarkup } from './markup.ts';
import { withStored } from './stored.ts';
import { openTab } from './tab.ts';
import { kinds } from './webhook-kinds/all.ts';
import type { Kind } from './webhook-kinds/kind.ts';

const PATIENCE_MS = isLong ? 1_800_000 : 60_000;
/** A page that says more than 30 things at once is not listened to. */
const MOST_SAID = 15;
const LARGEST_FRAME = 16 * 1024;
const ERROR = 50;

let shop: HostileShop;
let post: HostilePost;

beforeAll(async () => {
  shop = await openHostileShop();
  post = openHostilePost(shop);
}, PATIENCE_MS);
afterAll(() => shop?.close());

test(
  'hostile text in every place of every webhook is acknowledged, and what comes beside it is taken in',
  async () => {
    await post.deliver(theSample());
    await shop.takenIn();
  },
  PATIENCE_MS,
);

test.each([
  ['nothing', '', 400],
  ['half of something', '{"entry":[', 400],
  ['no UTF-8', '\xff\xfe', 400],
  ['null', 'null', 200],
  ['a list of nothing', '[null,[],{},""]', 200],
  ['forty thousand lists in one another', `${'['.repeat(40_000)}${']'.repeat(40_000)}`, 200],
  ['more lists than Meta could send items', `${'['.repeat(100_000)}${']'.repeat(100_000)}`, 413],
  ['a million lists without an end', '['.repeat(1_000_000), 400],
  ['a million objects without an end', '{"a":'.repeat(700_000), 400],
  ['a number of a million digits', `{"entry":[{"id":${'7'.repeat(1_000_000)}}]}`, 200],
  ['more than a body may hold', `{"entry":"${'a'.repeat(4 * 1024 * 1024)}"}`, 413],
])('a body of %s is answered', async (_, body, status) => {
  const { install } = shop;
  const answer = await install.simulator.deliver(install.number.phoneNumberId, Buffer.from(body, 'latin1'), {
    retry: false,
  });
  expect(answer.status).toBe(status);
});

testLong(
  'random text, random JSON and random bytes are as well',
  async () => {
    await fc.assert(
      fc.asyncProperty(arbitrarySpoilings(), fc.nat(), fc.nat({ max: 255 }), async (spoilings, at, byte) => {
        await post.deliver(spoilings);
        expect([200, 400]).toContain((await post.deliverBroken(at, byte)) ?? 0);
      }),
      { numRuns: 300, seed: 20_261_122 },
    );
    await shop.takenIn();
  },
  PATIENCE_MS,
);

test(
  'every page shows it as text, and the API answers valid JSON',
  async () => {
    const { ada, api } = shop;
    const conversations = await api.conversations();
    for (const { id } of conversations) {
      const page = await ada.get(`/inbox/all/${id}`);
      expect(page.status).toBe(200);
      expect(await foreignMarkup(await page.text())).toEqual([]);
      for (const { text } of await api.messages(id)) {
        expect(text.isWellFormed() && !text.includes('\0')).toBe(true);
      }
    }
    expect(conversations.length).toBeGreaterThan(kinds.length);
  },
  PATIENCE_MS,
);

test(
  'whatever people and programs send, the answer is one of ours, and what was taken is kept as meant',
  async () => {
    const { taken, tried } = await tryEveryInput(shop);
    const commands = await tryEveryCommand(shop);
    await tryRawStdin(shop);
    expect(taken).toBeGreaterThan(hostileTexts.length);
    process.stderr.write(
      `hostile text: ${post.spoiled.length} changes, ${tried} inputs, ${commands} commands\n`,
    );
  },
  PATIENCE_MS,
);

test(
  'a browser shows it as text, while it arrives and when it is loaded',
  async () => {
    const { ada, api, install, phoneOf } = shop;
    const ids = new Map((await api.conversations()).map(({ id, contact }) => [contact.phone, id]));
    const pathTo = (kind: Kind) => `/inbox/all/${ids.get(`+${phoneOf(kind)}`)}`;
    const [first] = shownKinds;
    await withPage({ url: install.url, cookie: ada.cookie ?? '' }, async (page) => {
      const foreign = () => page.evaluate(foreignInPage, [FOREIGN_ELEMENT, FOREIGN_ATTRIBUTE] as const);
      await page.goto(first ? pathTo(first) : '/');
      await post.deliver(theMarkup());
      await install.simulator
        .customer(`+${first && phoneOf(first)}`)
        .say(install.number.phoneNumberId, 'that was all');
      await page.getByText('that was all').first().waitFor();
      expect(await foreign()).toEqual([]);
      for (const path of [...visitedKinds().map(pathTo), '/inbox/all', '/settings/journal']) {
        await page.goto(path);
        expect(await foreign()).toEqual([]);
      }
    });
  },
  PATIENCE_MS,
);

test(
  'whatever a page says over its socket, the socket stays and goes on telling',
  async () => {
    const { ada, install } = shop;
    const tab = await openTab(install.url, ada.cookie ?? '');
    for (const { json, raw } of [...hostileTexts, ...hostileValues].slice(0, MOST_SAID)) {
      tab.say(`{"do":"open","conversation":${json},"seen":${json}}`);
      tab.say(new Uint8Array(raw.subarray(0, LARGEST_FRAME)));
    }
    await install.simulator.customer('+263787777777').say(install.number.phoneNumberId, 'after all that');
    await tab.hears('after all that');
    expect(tab.isOpen()).toBe(true);
    tab.close();
  },
  PATIENCE_MS,
);

test(
  'what could not be understood is listed in the journal, all of it, and the program has never ended',
  async () => {
    const listed = await journalPages();
    expect(await shop.server.end('SIGTERM')).toBe(0);
    await withStored(shop.install, async (stored) => {
      await expectEverythingKept(stored, post.spoiled);
      const failed = await stored.inbox.sql
        .select({ id: journal.id })
        .from(journal)
        .where(inArray(journal.state, ['failed', 'partly']));
      expect(listed.sort()).toEqual(failed.map(({ id }) => id).sort());
    });
    expect(errorsIn(shop.server.stderr())).toEqual([]);
  },
  PATIENCE_MS,
);

/** The ids of all changes that the journal page lists. */
async function journalPages(): Promise<number[]> {
  const ids: number[] = [];
  let path: string | undefined = '/settings/journal';
  while (path !== undefined) {
    const html = await (await shop.ada.get(path)).text();
    expect(await foreignMarkup(html)).toEqual([]);
    ids.push(...[...html.matchAll(/id="change-(\d+)"/g)].map(([, id]) => Number(id)));
    path = /href="(\/settings\/journal\?cursor=\d+)"/.exec(html)?.[1];
  }
  return ids;
}

function errorsIn(log: string): string[] {
  return log.split('\n').filter((line) => line.startsWith('{') && JSON.parse(line).level >= ERROR);
}
