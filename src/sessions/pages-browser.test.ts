import { afterAll, beforeAll, expect, test } from 'bun:test';
import { generateSync } from 'otplib';
import type { Page } from 'playwright-core';
import { roles } from '#src/db/schema/inbox/index.ts';
import { type Box, openBox } from '#src/testing/box.ts';
import { withPage } from '#src/testing/browser.ts';
import { findBarriers, findCutOff } from '#src/testing/journeys/barriers.ts';
import { people } from '#src/testing/people.ts';

const widths = [
  { width: 1440, height: 900 },
  { width: 820, height: 1180 },
  { width: 320, height: 640 },
];

let box: Box;
let url: string;
beforeAll(async () => {
  box = await openBox();
  url = box.url.replace('127.0.0.1', 'localhost');
});
afterAll(() => box.close());

/** Nothing keeps anybody out, in light or dark, and nothing has to be scrolled sideways. */
async function expectNone(page: Page): Promise<void> {
  for (const viewport of widths) {
    await page.setViewportSize(viewport);
    const found = [...(await findBarriers(page)), ...(await findCutOff(page))];
    expect(found, `${page.url()} at ${viewport.width}`).toEqual([]);
  }
}

async function signIn(page: Page, { email, password }: { email: string; password: string }): Promise<void> {
  await page.goto('/login');
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
}

test('every page about signing in can be used by everybody', async () => {
  await withPage({ url }, async (page) => {
    await page.goto('/login?over=1');
    await expectNone(page);
    await signIn(page, people.ada);
    await page.waitForURL('**/inbox/**');
    for (const path of [
      '/me/sessions?said=ended',
      '/me/password',
      '/me/second-factor',
      '/me/proof?next=%2Fme&again=1',
    ]) {
      await page.goto(path);
      await expectNone(page);
    }
    await page.getByLabel('Your password').fill('a guess');
    await page.getByRole('button', { name: 'Confirm' }).click();
    await page.getByText('not your password').waitFor();
    await expectNone(page);

    await page.goto('/me/second-factor');
    await page.getByRole('button', { name: 'Set up' }).click();
    const code = page.getByRole('textbox', { name: 'Code' });
    await code.waitFor();
    await expectNone(page);
    const secret = ((await page.locator('.own__secret').textContent()) ?? '').replaceAll(' ', '');
    await code.fill(generateSync({ secret }));
    await page.getByRole('button', { name: 'Turn on' }).click();
    await page.getByRole('heading', { name: 'Your recovery codes' }).waitFor();
    await expectNone(page);
    await page.getByRole('link', { name: 'I have kept them' }).click();
    await page.getByRole('heading', { name: 'Authenticator app: On' }).waitFor();
    await expectNone(page);

    await page.context().clearCookies();
    await signIn(page, people.ada);
    await page.waitForURL('**/login/second-factor');
    await code.fill('000000');
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await page.getByText('does not fit').waitFor();
    await expectNone(page);
  });
}, 120_000);

test('whoever is held for a second factor can read why', async () => {
  await box.inbox(({ sql: db, write }) => write('full', [db.update(roles).set({ needsSecondFactor: true })]));
  await withPage({ url }, async (page) => {
    await signIn(page, people.bo);
    await page.getByText('Your role demands a second factor').waitFor();
    await expectNone(page);
  });
}, 60_000);
