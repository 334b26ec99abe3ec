import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { closeBrowser, type PageOptions, withPage } from './browser.ts';
import { createClient } from './client.ts';
import { startProcess } from './server-process.ts';

const FOLDER = join(import.meta.dir, '../../.github/screenshots');

/** Takes the pictures of the README from a demonstration, so that they show what the product looks like now. */
async function takeScreenshots(): Promise<void> {
  mkdirSync(FOLDER, { recursive: true });
  const demo = await startProcess({}, ['demo', '--json']);
  const { url = '', login_url = '', phone_url = '' } = demo.ready;
  try {
    const login = await createClient(url).get(login_url.slice(url.length));
    const [cookie = ''] = (login.headers.getSetCookie()[0] ?? '').split(';');
    const inbox = { url, cookie, viewport: { width: 1440, height: 900 } };

    await take('inbox-light', { ...inbox, colorScheme: 'light' }, openFirst);
    await take('inbox-dark', { ...inbox, colorScheme: 'dark' }, openFirst);
    await take('inbox-phone', { ...inbox, viewport: { width: 390, height: 800 } }, openFirst);
    await take(
      'customers-phone',
      { url: phone_url, viewport: { width: 1100, height: 800 } },
      async (page) => {
        await page.goto(phone_url);
        await page.locator('main a[href^="/phone/"]').first().click();
      },
    );
  } finally {
    await closeBrowser();
    await demo.end();
  }
}

async function take(
  name: string,
  options: PageOptions,
  show: (page: Page) => Promise<unknown>,
): Promise<void> {
  await withPage(options, async (page) => {
    await show(page);
    await page.waitForLoadState('networkidle');
    await page.screenshot({ path: join(FOLDER, `${name}.png`) });
  });
}

async function openFirst(page: Page): Promise<void> {
  await page.goto('/inbox/mine');
  await page.locator('.row').first().click();
  await page.locator('.msg').first().waitFor();
}

await takeScreenshots();
process.exit(0);
