import { afterAll, beforeAll, expect, test } from 'bun:test';
import type { Page } from 'playwright-core';
import { openPostOffice, type PostOffice } from '#src/mail/testing-post-office.ts';
import { withPage } from '../browser.ts';
import { type Install, openInstall } from '../faults/install.ts';
import { people } from '../people.ts';
import { until } from '../until.ts';

const chipo = { name: 'Chipo Dube', email: 'chipo@mbare.example', password: 'seven quiet kettles 12' };
const better = 'nine loud rivers 34';

let install: Install;
let office: PostOffice;
beforeAll(async () => {
  [install, office] = [await openInstall(), await openPostOffice()];
  await install.start(undefined, {
    OONOBOX_URL: install.url,
    OONOBOX_SMTP_URL: `smtp://127.0.0.1:${office.port}`,
    OONOBOX_MAIL_FROM: 'Mbare <inbox@mbare.example>',
  });
});
afterAll(async () => {
  await install?.close();
  await office?.close();
});

/** The link in the next letter to this address. */
async function linkTo(address: string, kind: string): Promise<string> {
  const letter = await until(`a letter with /${kind}/`, async () =>
    office.taken.find(({ headers, text }) => headers.get('to') === address && text.includes(`/${kind}/`)),
  );
  return new RegExp(`${install.url}/${kind}/[\\w-]+`).exec(letter.text)?.[0] ?? '';
}

async function signIn(page: Page, email: string, password: string): Promise<void> {
  await page.goto('/login');
  await page.locator('input[name=email]').fill(email);
  await page.locator('input[name=password]').fill(password);
  await page.locator('main form button[type=submit]').first().click();
}
const inPage = (work: (page: Page) => Promise<void>) => withPage({ url: install.url }, work);

test('somebody is invited, opens the link of the letter, works in the inbox, forgets the password and gets another', async () => {
  await inPage(async (page) => {
    await signIn(page, people.ada.email, people.ada.password);
    await page.waitForURL(/\/inbox/);
    await page.goto('/settings/people');
    await page.locator('.page__head a.btn').click();
    await page.locator('input[name=name]').fill(chipo.name);
    await page.locator('input[name=email]').fill(chipo.email);
    await page.locator('select[name=role]').selectOption({ label: 'Agent' });
    await page.locator('main form button[type=submit]').first().click();
    await page.locator('main', { hasText: chipo.email }).waitFor();
  });
  const invitation = await linkTo(chipo.email, 'invite');

  await inPage(async (page) => {
    await page.goto(invitation);
    await page.locator('main', { hasText: 'Mbare Hardware' }).waitFor();
    await page.locator('input[name=password]').fill(chipo.password);
    await page.locator('main form button[type=submit]').first().click();
    await page.waitForURL(/\/inbox/);
    await page.goto(invitation);
    expect(await page.locator('main').textContent()).not.toContain('password');
  });

  await inPage(async (page) => {
    await page.goto('/forgot');
    await page.locator('input[name=email]').fill(chipo.email);
    await page.locator('main form button[type=submit]').click();
    await page.goto(await linkTo(chipo.email, 'reset'));
    await page.locator('input[name=password]').fill(better);
    await page.locator('main form button[type=submit]').click();
    await signIn(page, chipo.email, chipo.password);
    await page.locator('[aria-invalid=true], [role=alert]').first().waitFor();
    await signIn(page, chipo.email, better);
    await page.waitForURL(/\/inbox/);
  });
  await until('word of the new password', async () =>
    office.taken.some(
      ({ headers }) => /password/i.test(headers.get('subject') ?? '') && headers.get('to') === chipo.email,
    ),
  );
}, 60_000);
