import { afterAll, beforeAll, expect, test } from 'bun:test';
import type { Page } from 'playwright-core';
import { type Box, openBox } from '#src/testing/box.ts';
import { closeKeptPages, withKeptPage } from '#src/testing/browser.ts';
import { findBarriers, findCutOff } from '#src/testing/journeys/barriers.ts';

const sizes = [
  { width: 1440, height: 900 },
  { width: 320, height: 640 },
];

let box: Box;
let cookie: string;

beforeAll(async () => {
  box = await openBox();
  const ada = await box.as('ada');
  cookie = ada.cookie ?? '';
  await ada.post('/settings/api', { name: 'Web shop', 'messages.send': '1', expiry: '30' });
});
afterAll(async () => {
  await closeKeptPages();
  await box.close();
});

/** Nothing keeps anybody out of the page, in light and in dark, and nothing has to be scrolled sideways. */
async function expectNone(path: string, act?: (page: Page) => Promise<void>): Promise<void> {
  await withKeptPage({ url: box.url, cookie }, async (page) => {
    for (const viewport of sizes) {
      await page.setViewportSize(viewport);
      if (viewport === sizes[0] || act) {
        expect((await page.goto(path))?.status()).toBe(200);
        await act?.(page);
      }
      expect(await findBarriers(page), `${path} at ${viewport.width}`).toEqual([]);
      expect(await findCutOff(page), `${path} at ${viewport.width}`).toEqual([]);
    }
  });
}

test('the keys, and the question before one is revoked', async () => {
  await expectNone('/settings/api');
  await expectNone('/settings/api', async (page) => {
    await page.getByRole('link', { name: 'Revoke the key “Web shop”' }).click();
    await page.getByRole('button', { name: 'Revoke the key' }).waitFor();
  });
});

test('making a key: the form, the form refused, and the key', async () => {
  await expectNone('/settings/api/new');
  await expectNone('/settings/api/new', async (page) => {
    await page.getByLabel('Name').fill('Robot');
    await page.getByRole('button', { name: 'Make the key' }).click();
    await page.locator('.errors').waitFor();
  });
  await expectNone('/settings/api/new', async (page) => {
    await page.getByLabel('Name').fill('Robot');
    await page.getByRole('checkbox', { name: 'Read conversations' }).check();
    await page.getByRole('button', { name: 'Make the key' }).click();
    await page.getByRole('heading', { name: 'How to use it' }).waitFor();
  });
});

test('the trail, narrowed, unfolded, and with nothing in it', async () => {
  await expectNone('/settings/audit');
  await expectNone('/settings/audit?kind=api_key', async (page) => {
    await page.locator('.deed summary').first().click();
    await page.locator('.deed__exact').first().waitFor();
  });
  await expectNone('/settings/audit?to=2020-01-01');
});
