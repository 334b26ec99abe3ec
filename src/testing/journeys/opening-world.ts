import { expect } from 'bun:test';
import type { Page } from 'playwright-core';
import { type Box, openBox } from '../box.ts';
import { withPage } from '../browser.ts';
import { customers } from '../people.ts';

export const wide = { width: 1440, height: 900 };
export const phone = { width: 360, height: 740 };

export type OpeningWorld = {
  box: Box;
  cookie: string;
  say(who: keyof typeof customers, text: string): Promise<void>;
  /** Work on Ada's list that fails when the page is left for another: opening must not load one. */
  onOnePage(viewport: typeof wide, work: (page: Page) => Promise<void>): Promise<void>;
};

/** Two customers have written, and nobody has answered. */
export async function openOpeningWorld(): Promise<OpeningWorld> {
  const box = await openBox();
  const cookie = (await box.as('ada')).cookie ?? '';
  const say = async (who: keyof typeof customers, text: string) => {
    await box.simulator.customer(customers[who].phone, customers[who]).say(box.number.phoneNumberId, text);
    await box.settled();
  };
  await say('noor', 'Do you have cement?');
  await say('ravi', 'Is the drill back?');
  return {
    box,
    cookie,
    say,
    onOnePage: (viewport, work) =>
      withPage({ url: box.url, cookie, viewport }, async (page) => {
        await page.goto('/inbox/unassigned');
        await page.locator('body[data-live]').waitFor();
        await page.evaluate(() => document.body.setAttribute('data-same-page', ''));
        await work(page);
        expect(await page.locator('body[data-same-page]').count()).toBe(1);
      }),
  };
}

export const row = (page: Page, who: keyof typeof customers) =>
  page.locator('.row', { hasText: customers[who].name });
export const heading = (page: Page) => page.locator('.thread h2', { hasText: /\S/ });
