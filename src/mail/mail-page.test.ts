import { afterAll, beforeAll, expect, test } from 'bun:test';
import type { Page } from 'playwright-core';
import { mails } from '#src/db/schema/control.ts';
import { type Box, openBox } from '#src/testing/box.ts';
import { withPage } from '#src/testing/browser.ts';
import { findBarriers, findCutOff } from '#src/testing/journeys/barriers.ts';
import { HOUR } from './testing.ts';
import { openPostOffice, type PostOffice } from './testing-post-office.ts';

const widths = [1440, 820, 360, 320];

let office: PostOffice;
let box: Box;
let cookie: string;

beforeAll(async () => {
  office = await openPostOffice();
  box = await openBox({
    env: {
      OONOBOX_SMTP_URL: `smtp://127.0.0.1:${office.port}`,
      OONOBOX_MAIL_FROM: 'Mbarehardwareandbuildingmaterialslimited <inbox@mbare.example>',
    },
  });
  cookie = (await box.as('ada')).cookie ?? '';
  await fill(box);
});
afterAll(async () => {
  await box.close();
  await office.close();
});

/** A letter in every state, to mailboxes with names as long as they may be. */
async function fill({ services: { control } }: Box): Promise<void> {
  const now = Date.now();
  const row = { accountId: null, tries: 1, createdAt: now, nextAt: now + HOUR };
  const recipient = `${'mailbox-of-somebody'.repeat(3)}@${'business'.repeat(7)}.example`;
  const letter = new Uint8Array(40);
  await control.write('full', [
    control.sql.insert(mails).values({ ...row, id: 1, kind: 'invitation', recipient, state: 'sent' }),
    control.sql
      .insert(mails)
      .values({ ...row, id: 2, kind: 'reset', recipient, state: 'queued', letter, error: 'login 535 5.7.8' }),
    control.sql
      .insert(mails)
      .values({ ...row, id: 3, kind: 'new-device', recipient, state: 'failed', error: 'tls', tries: 13 }),
    control.sql
      .insert(mails)
      .values({ ...row, id: 4, kind: 'of-a-newer-version', recipient, state: 'queued', letter, tries: 0 }),
  ]);
}

async function expectNone(page: Page, path: string): Promise<void> {
  await page.goto(path);
  for (const width of widths) {
    await page.setViewportSize({ width, height: 900 });
    expect(await findBarriers(page), `${path} at ${width}`).toEqual([]);
    expect(await findCutOff(page), `${path} at ${width}`).toEqual([]);
  }
}

test('the page keeps nobody out and fits every screen, whatever became of the letters', async () => {
  await withPage({ url: box.url, cookie }, async (page) => {
    await expectNone(page, '/settings/mail');
    await expectNone(page, '/settings/mail?letter=2');
    await expectNone(page, '/settings/mail?cursor=3');
  });
});

test('one press sends a test letter and says what came of it, without JavaScript', async () => {
  await withPage({ url: box.url, cookie, javaScript: false }, async (page) => {
    await page.goto('/settings');
    await page.getByRole('link', { name: /^Mail/ }).first().click();
    await page.getByRole('button', { name: 'Send a test letter' }).click();
    await page.getByRole('heading', { name: 'Handed over.' }).waitFor();
    expect(office.taken).toHaveLength(1);
  });
});

test('where nothing is set up the page fits as well', async () => {
  const other = await openBox();
  try {
    await withPage({ url: other.url, cookie: (await other.as('ada')).cookie ?? '' }, async (page) => {
      await expectNone(page, '/settings/mail');
    });
  } finally {
    await other.close();
  }
});
