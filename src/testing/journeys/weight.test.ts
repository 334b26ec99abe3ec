import { afterAll, beforeAll, expect, test } from 'bun:test';
import type { Box } from '../box.ts';
import { withPage } from '../browser.ts';
import { asFragment, type Client } from '../client.ts';
import { slowestMs } from '../slow-line.ts';
import { weigh } from '../weigh.ts';
import { openBusyShop } from './busy-shop.ts';

const KB = 1024;

let box: Box;
let now: number;
let ada: Client;
let path: string;
let otherPath: string;

beforeAll(async () => {
  const shop = await openBusyShop();
  ({ box, now } = shop);
  ada = await box.as('ada');
  path = await pathOf(shop.long);
  otherPath = await pathOf(shop.other);
});

afterAll(() => box.close());

async function pathOf(name: string): Promise<string> {
  const page = await (await ada.get('/inbox/unassigned')).text();
  const row = page.split('<li class="row__item"').find((part) => part.includes(name));
  return /href="([^"]+)"/.exec(row ?? '')?.[1] ?? '';
}

/** A line that is slow for the tests keeps nothing for a second visit. */
const testOfCache = test.skipIf(slowestMs > 0);

testOfCache(
  'the first view of a full inbox with a long thread is under 60 KB, without fonts or pictures',
  async () => {
    await withPage({ url: box.url, cookie: ada.cookie ?? '' }, async (page) => {
      await page.clock.setFixedTime(now);
      const first = await weigh(page, () => page.goto(path));
      expect(await page.locator('.row__item').count()).toBe(25);
      expect(await page.locator('.log .msg').count()).toBe(40);

      expect(first.of('document')).toHaveLength(1);
      expect(first.of('stylesheet')).toHaveLength(1);
      expect(first.of('script')).toHaveLength(2);
      expect(first.of('font')).toEqual([]);
      expect(first.of('image')).toEqual([]);
      expect(first.bytesOf('document')).toBeLessThan(14 * KB);
      expect(first.bytesOf('stylesheet')).toBeLessThan(12 * KB);
      expect(first.bytesOf('script')).toBeLessThan(28 * KB);
      expect(first.total).toBeLessThan(60 * KB);

      const again = await weigh(page, () => page.goto('/inbox/unassigned'));
      expect(again.total).toBeLessThan(14 * KB);
    });
  },
);

test('opening a conversation from the list is one request under 8 KB', async () => {
  await withPage({ url: box.url, cookie: ada.cookie ?? '' }, async (page) => {
    await page.clock.setFixedTime(now);
    await page.goto('/inbox/unassigned');
    await page.waitForLoadState('networkidle');
    for (const conversation of [path, otherPath]) {
      const opened = await weigh(page, async () => {
        await page.locator(`.row[href="${conversation}"]`).click();
        await page.waitForURL(`**${conversation}`);
      });
      expect(await page.locator('.log .msg').count()).toBe(40);
      // The browser fetches the page's icon when it pleases.
      const asked = opened.parts.filter((part) => part.kind !== 'other');
      expect(asked.map((part) => part.path)).toEqual([conversation]);
      expect(opened.total).toBeLessThan(8 * KB);
    }
  });
});

test('the budgets hold where a browser has only gzip, as over plain http', async () => {
  const bytesOf = async (address: string, headers = {}) => {
    const answer = await fetch(`${box.url}${address}`, {
      decompress: false,
      headers: { cookie: ada.cookie ?? '', 'accept-encoding': 'gzip', ...headers },
    });
    expect(answer.headers.get('content-encoding')).toBe('gzip');
    return (await answer.arrayBuffer()).byteLength;
  };
  const page = await (await ada.get(path)).text();
  const files = [...page.matchAll(/(?:src|href)="(\/assets\/[^"]+)"/g)].map(([, address = '']) => address);
  const weights = await Promise.all([path, ...new Set(files)].map((address) => bytesOf(address)));
  expect(weights).toHaveLength(5);
  expect(weights.reduce((total, bytes) => total + bytes, 0)).toBeLessThan(60 * KB);
  expect(await bytesOf(path, asFragment)).toBeLessThan(8 * KB);
});
