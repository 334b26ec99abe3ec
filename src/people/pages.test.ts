import { afterAll, beforeAll, expect, test } from 'bun:test';
import type { Page } from 'playwright-core';
import { closeKeptPages, withKeptPage } from '#src/testing/browser.ts';
import type { Client } from '#src/testing/client.ts';
import { findBarriers, findCutOff } from '#src/testing/journeys/barriers.ts';
import { eve, type Office, openOffice, shownPath } from './testing.ts';

const wide = { width: 1440, height: 900 };
const phone = { width: 320, height: 640 };

let office: Office;
let ada: Client;
let left: number;
let invite: string;

beforeAll(async () => {
  office = await openOffice({ env: { OONOBOX_SIGNUPS: 'open' } });
  ada = await office.as('ada');
  await office.makeTeam('Service and repairs', [office.userIds.bo]);
  left = await office.add({ ...eve, email: 'evelyn.banda-muzenda@a-very-long-company-name.example' });
  await ada.post(`/settings/people/${left}/deactivation`);
  const role = String(await office.roleId('agent'));
  const fields = { name: 'Chipo Banda-Muzenda', email: 'chipo@another-long-company.example', role };
  invite = await shownPath(ada, await ada.post('/settings/people/invitations', fields));
});
afterAll(async () => {
  await closeKeptPages();
  await office.close();
});

/** Nothing on the page keeps anybody out, and nothing has to be scrolled sideways. */
async function expectNone(
  path: string,
  { isSignedIn = true, act }: { isSignedIn?: boolean; act?: (page: Page) => Promise<unknown> } = {},
): Promise<void> {
  await withKeptPage(
    { url: office.url, ...(isSignedIn ? { cookie: ada.cookie ?? '' } : {}) },
    async (page) => {
      for (const viewport of [wide, phone]) {
        await page.setViewportSize(viewport);
        if (viewport === wide || act) {
          await page.goto(path);
          await act?.(page);
        }
        expect(await findBarriers(page), `${path} at ${viewport.width}`).toEqual([]);
        expect(await findCutOff(page), `${path} at ${viewport.width}`).toEqual([]);
      }
    },
  );
}

test('the list, with what was just done and those who have left', () =>
  expectNone('/settings/people?said=withdrawn', {
    act: (page) => page.locator('.folded > summary').click(),
  }));

test('inviting, with what has to be put right', () =>
  expectNone('/settings/people/invitations/new', {
    act: async (page) => {
      await page.locator('#name').fill(' ');
      await page.locator('#email').fill('chipo@mbare.example');
      await page.locator('main button[type=submit]').click();
      await page.locator('.errors').waitFor();
    },
  }));

test('one person: here, gone, to be taken out, to own', async () => {
  const { bo } = office.userIds;
  for (const path of [`${bo}`, `${left}`, `${bo}/deactivation`, `${left}/left`, `${bo}/ownership`]) {
    await expectNone(`/settings/people/${path}`);
  }
});

test('a link that is shown this once', () =>
  expectNone('/settings/people', {
    act: async (page) => {
      await page.goto(`/settings/people/${office.userIds.bo}`);
      await page.getByRole('button', { name: 'Make a link for a new password' }).click();
      await page.locator('textarea').waitFor();
    },
  }));

test('oneself', () => expectNone('/me?said=email'));

test('the pages before the door', async () => {
  for (const path of [invite, '/invite/guessed', '/forgot', '/reset', '/signup', '/login']) {
    await expectNone(path, { isSignedIn: false });
  }
  await expectNone(invite);
});
