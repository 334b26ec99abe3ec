import { afterAll, beforeAll, expect, test } from 'bun:test';
import { eq } from 'drizzle-orm';
import type { Page } from 'playwright-core';
import { accounts } from '#src/db/schema/control.ts';
import { journal, numbers } from '#src/db/schema/inbox/index.ts';
import { type Box, openBox } from '../box.ts';
import { withPage } from '../browser.ts';
import { findBarriers, findCutOff } from './barriers.ts';

const widths = [
  { width: 1440, height: 900 },
  { width: 820, height: 1180 },
  { width: 360, height: 800 },
  { width: 320, height: 640 },
];

let box: Box;
let cookie: string;

beforeAll(async () => {
  box = await openBox();
  cookie = (await box.as('ada')).cookie ?? '';
  await goWrong();
});
afterAll(() => box.close());

async function expectNone(page: Page): Promise<void> {
  await page.goto('/operator');
  for (const viewport of widths) {
    await page.setViewportSize(viewport);
    expect(await findBarriers(page), `at ${viewport.width}`).toEqual([]);
    expect(await findCutOff(page), `at ${viewport.width}`).toEqual([]);
  }
}

/** What the browser says when somebody comes back to a tab, or leaves it. */
const turnTo = (page: Page, hidden: boolean) =>
  page.evaluate((isHidden) => {
    Object.defineProperty(document, 'hidden', { configurable: true, get: () => isHidden });
    document.dispatchEvent(new Event('visibilitychange'));
  }, hidden);

/** Something to do, with a name as long as a name may be. */
async function goWrong(): Promise<void> {
  const { control } = box.services;
  const change = { appId: 1, field: 'x', entryId: '1', raw: new Uint8Array(1), digest: 'x' };
  await box.inbox((inbox) =>
    inbox.write('normal', [
      inbox.sql.insert(journal).values({ id: 1, ...change, state: 'failed', receivedAt: 1 }),
      inbox.sql.update(numbers).set({ state: 'paused', pausedFor: 'token' }),
    ]),
  );
  await control.write('full', [
    control.sql
      .update(accounts)
      .set({ name: 'Mbarehardwareandbuildingmaterialslimited'.repeat(2), needsAttention: 'SQLITE_IOERR' })
      .where(eq(accounts.id, box.accountId)),
  ]);
}

test('with much to do the page keeps nobody out, and fits every screen', async () => {
  await withPage({ url: box.url, cookie }, async (page) => {
    await expectNone(page);
    await page.getByRole('heading', { name: 'Something needs you' }).waitFor();
  });
});

test('it is renewed while somebody looks at it, and asks for nothing while nobody does', async () => {
  await withPage({ url: box.url, cookie }, async (page) => {
    const asked: string[] = [];
    page.on('request', (request) => void asked.push(new URL(request.url()).pathname));
    await page.goto('/operator');
    await page.getByRole('heading', { name: /Paused: one number/ }).waitFor();
    await box.inbox((inbox) =>
      inbox.write('normal', [inbox.sql.update(numbers).set({ state: 'live', pausedFor: null })]),
    );

    asked.length = 0;
    await turnTo(page, true);
    await turnTo(page, true);
    await turnTo(page, false);
    await page.getByRole('heading', { name: /Every number sends/ }).waitFor();
    expect(asked).toEqual(['/operator/figures']);
    expect(await page.getByRole('heading', { name: /Paused/ }).count()).toBe(0);
  });
});

test('when the server cannot be reached it says so', async () => {
  let isSaid = false;
  const unreachable = withPage({ url: box.url, cookie }, async (page) => {
    await page.goto('/operator');
    await page.route('**/operator/figures', (route) => route.abort());
    await turnTo(page, false);
    await page.getByText('Not renewed.').waitFor();
    isSaid = true;
  });
  // htmx notes it on the browser's console.
  await expect(unreachable).rejects.toThrow('Failed to fetch');
  expect(isSaid).toBe(true);
});

test('when the server is not ready it says so, until it is', async () => {
  await withPage({ url: box.url, cookie }, async (page) => {
    await page.goto('/operator');
    const notice = page.getByText('Not renewed.');
    await page.route('**/operator/figures', (route) => route.fulfill({ status: 503, body: '' }));
    await turnTo(page, false);
    await notice.waitFor();
    expect(await findBarriers(page)).toEqual([]);

    await page.unroute('**/operator/figures');
    await turnTo(page, false);
    await notice.waitFor({ state: 'hidden' });
  });
});

test('who was signed out meanwhile is told', async () => {
  const leaving = await box.as('ada');
  await withPage({ url: box.url, cookie: leaving.cookie ?? '' }, async (page) => {
    await page.goto('/operator');
    await leaving.post('/logout');
    await turnTo(page, false);
    await page.getByText('Sign in first').waitFor();
    await page.getByRole('heading', { name: 'Messages' }).waitFor();
  });
});

test('without JavaScript it is a page like any other', async () => {
  await withPage({ url: box.url, cookie, javaScript: false }, async (page) => {
    await page.goto('/me');
    await page.locator('.rail .menu > summary').click();
    await page.getByRole('link', { name: 'This server' }).click();
    await page.getByRole('heading', { name: /Not understood: one change/ }).waitFor();
    await page.waitForLoadState();
    expect(await page.getByText('It is renewed every ten seconds').isVisible()).toBe(false);
  });
});
