import { afterAll, beforeAll, expect, test } from 'bun:test';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { readConfig } from '#src/config.ts';
import { type Demonstration, startDemonstration } from '#src/demo/demonstration.ts';
import { withPage } from '../browser.ts';
import { findBarriers, findCutOff } from './barriers.ts';

let folder: string;
let demo: Demonstration;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'oonobox-test-'));
  demo = await startDemonstration({
    configure: (graphUrl) =>
      Object.freeze({
        ...readConfig({
          OONOBOX_DATA: folder,
          OONOBOX_GRAPH_URL: graphUrl,
          OONOBOX_HOST: '127.0.0.1',
          OONOBOX_PORT: '0',
          OONOBOX_LOG_LEVEL: 'error',
        }),
        isDemo: true,
      }),
    startedOver() {},
  });
});

afterAll(async () => {
  await demo.stop();
  rmSync(folder, { recursive: true, force: true });
});

let conversation = '';
let cookie = '';

test('the demonstration shows every kind of message when it is asked to', async () => {
  await withPage({ url: demo.url }, async (page) => {
    await page.goto(demo.loginUrl('rudo'));
    await page.goto('/demo/gallery');
    expect(await findBarriers(page)).toEqual([]);
    await page.getByRole('button', { name: 'Show them all' }).click();
    await page.waitForURL('**/inbox/all/*');
    await page.locator('.msg__by', { hasText: 'Another system' }).waitFor();
    conversation = new URL(page.url()).pathname;
    cookie = (await page.context().cookies()).map(({ name, value }) => `${name}=${value}`).join('; ');
  });
  const { data } = await everyMessage();
  const kinds = (direction: string) =>
    [...new Set(data.filter((one) => one.direction === direction).map(({ type }) => type))].toSorted();
  expect(kinds('in')).toEqual([
    'audio',
    'button',
    'call',
    'contacts',
    'document',
    'image',
    'interactive',
    'location',
    'order',
    'sticker',
    'text',
    'unsupported',
    'video',
  ]);
  expect(kinds('out')).toEqual([
    'audio',
    'call',
    'contacts',
    'document',
    'image',
    'interactive',
    'location',
    'sticker',
    'template',
    'text',
    'video',
  ]);
  expect(data.flatMap(({ attachments }) => attachments).filter(({ url }) => url === null)).toEqual([]);
});

test('asked for twice it is there once', async () => {
  const before = (await everyMessage()).data.length;
  const answer = await fetch(`${demo.url}/demo/gallery`, {
    method: 'POST',
    headers: { cookie, origin: demo.url },
    redirect: 'manual',
  });
  expect(answer.headers.get('location')).toBe(conversation);
  expect((await everyMessage()).data).toHaveLength(before);
});

for (const width of [1440, 820, 360]) {
  test(`nothing of it keeps anybody out at ${width}`, async () => {
    const isPhone = width < 760;
    const device = { viewport: { width, height: 900 }, isMobile: isPhone, hasTouch: isPhone };
    await withPage({ url: demo.url, cookie, ...device }, async (page) => {
      await page.goto(conversation);
      expect(await page.locator('.banner a:visible').count()).toBe(isPhone ? 1 : 3);
      await expectNone(page);
      await page.goto(`${conversation}${await page.locator('.older a').getAttribute('href')}`);
      await expectNone(page);
    });
  });
}

async function expectNone(page: Page): Promise<void> {
  expect(await findBarriers(page)).toEqual([]);
  expect(await findCutOff(page)).toEqual([]);
}

type Listed = { direction: string; type: string; status: string; attachments: { url: string | null }[] };

async function everyMessage(): Promise<{ data: Listed[] }> {
  const id = conversation.split('/').at(-1);
  const headers = { authorization: `Bearer ${demo.apiKey}` };
  const answer = await fetch(`${demo.url}/api/v1/conversations/${id}/messages?limit=100`, { headers });
  return (await answer.json()) as { data: Listed[] };
}
