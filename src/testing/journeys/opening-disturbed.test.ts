import { afterAll, beforeAll, expect, test } from 'bun:test';
import type { Page } from 'playwright-core';
import { heading, type OpeningWorld, openOpeningWorld, phone, row, wide } from './opening-world.ts';

let world: OpeningWorld;
beforeAll(async () => {
  world = await openOpeningWorld();
});
afterAll(() => world.box.close());

const press = (page: Page, name: string) => page.locator('.head .btn', { hasText: name }).click();
const lost = (page: Page) => page.locator('.banner', { hasText: 'That did not get through' });

test('a press that something in between answers is said to be lost, until one gets through', async () => {
  await world.onOnePage(wide, async (page) => {
    const refused = page.locator('#problem .banner');
    await row(page, 'noor').click();
    await page.route(
      '**/closure',
      (route, request) => route.continue({ url: request.url().replace(/\d+(?=\/closure)/, '999999999') }),
      { times: 1 },
    );
    await press(page, 'Close case');
    await refused.waitFor();
    expect(await lost(page).isVisible()).toBe(false);
    await page.route('**/closure', (route) => route.fulfill({ status: 502, body: '<h1>Bad gateway</h1>' }));
    await press(page, 'Close case');
    await lost(page).waitFor();
    expect(await refused.count()).toBe(0);
    await page.unrouteAll();
    await press(page, 'Close case');
    await lost(page).waitFor({ state: 'hidden' });
    await press(page, 'Reopen');
    await page.locator('.head .btn', { hasText: 'Close case' }).waitFor();
  });
});

test('a press that does not reach the server is said to be lost', async () => {
  let isSaid = false;
  const unreachable = world.onOnePage(wide, async (page) => {
    await row(page, 'noor').click();
    await page.route('**/closure', (route) => route.abort());
    await press(page, 'Close case');
    await lost(page).waitFor();
    isSaid = true;
  });
  // htmx notes it on the browser's console.
  await expect(unreachable).rejects.toThrow('Failed to fetch');
  expect(isSaid).toBe(true);
});

test('a list that was asked for before another conversation was opened marks the one that is', async () => {
  await world.onOnePage(wide, async (page) => {
    await row(page, 'noor').click();
    await heading(page).filter({ hasText: 'Noor' }).waitFor();
    await page.waitForLoadState('networkidle');
    const held = Promise.withResolvers<void>();
    await page.route('**/inbox/unassigned/*', async (route, request) => {
      if (request.headers()['hx-request'] === undefined) {
        await held.promise;
      }
      await route.continue();
    });
    const asked = page.waitForRequest('**/inbox/unassigned/*');
    await page.evaluate(() => {
      document.addEventListener('oono:fresh', () => document.body.setAttribute('data-fresh', ''));
      document.dispatchEvent(new CustomEvent('oono:stale'));
    });
    await asked;
    await row(page, 'ravi').click();
    await heading(page).filter({ hasText: 'Ravi' }).waitFor();
    held.resolve();
    await page.locator('body[data-fresh]').waitFor();
    expect(await page.locator('.row[aria-current]').allInnerTexts()).toEqual([
      expect.stringContaining('Ravi Naidoo'),
    ]);
  });
});

test('what becomes of the conversation that is left does not come in the way of the next', async () => {
  await world.onOnePage(wide, async (page) => {
    await row(page, 'noor').click();
    await heading(page).filter({ hasText: 'Noor' }).waitFor();
    await page.waitForLoadState('networkidle');
    const left = page.url();
    const held = Promise.withResolvers<void>();
    await page.route('**/inbox/unassigned/*', async (route, request) => {
      if (request.url() === left) {
        await held.promise;
        await route.fulfill({ status: 404 });
      } else {
        await route.continue();
      }
    });
    const asked = page.waitForRequest('**/inbox/unassigned/*');
    await page.evaluate(() => document.dispatchEvent(new CustomEvent('oono:stale')));
    await asked;
    await row(page, 'ravi').evaluate((link) => {
      (link as HTMLAnchorElement).click();
      document.dispatchEvent(new CustomEvent('oono:redraw'));
    });
    await heading(page).filter({ hasText: 'Ravi' }).waitFor();
    const shown = page.url();
    const anew = page.waitForResponse((answer) => answer.url() === shown && answer.ok());
    held.resolve();
    await anew;
    expect(await heading(page).textContent()).toBe('Ravi Naidoo');
  });
});

test('what is drawn anew comes also after a choice was taken back, and while one goes to the contact', async () => {
  await world.onOnePage(wide, async (page) => {
    await row(page, 'noor').click();
    await heading(page).filter({ hasText: 'Noor' }).waitFor();
    await page.waitForLoadState('networkidle');
    const shown = page.url();
    const chosen = `**${await row(page, 'ravi').getAttribute('href')}`;
    const redraw = () => page.evaluate(() => document.dispatchEvent(new CustomEvent('oono:redraw')));
    await page.route(chosen, () => {});
    const asked = page.waitForRequest(chosen);
    await row(page, 'ravi').click();
    await asked;
    await redraw();
    const meanwhile = page.waitForResponse(shown);
    await row(page, 'noor').click();
    await meanwhile;
    await page.locator('#main:not([aria-busy])').waitFor();
    expect(await row(page, 'noor').getAttribute('aria-current')).toBe('true');

    await page.setViewportSize(phone);
    const held = Promise.withResolvers<void>();
    await page.route(shown, async (route) => {
      await held.promise;
      await route.continue().catch(() => {});
    });
    const anew = page.waitForRequest(shown);
    await redraw();
    await anew;
    await page.getByRole('link', { name: 'Contact' }).click();
    await page.waitForURL(/contact$/);
    await page.evaluate(() =>
      document.addEventListener('oono:opened', () => document.body.setAttribute('data-drawn', '')),
    );
    held.resolve();
    await page.locator('body[data-drawn]').waitFor();
    expect(await page.locator('.contact h2').isVisible()).toBe(true);
  });
});
