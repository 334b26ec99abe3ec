import { afterAll, beforeAll, expect, test } from 'bun:test';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { openFirstRun } from '#src/accounts/first-run.ts';
import { type RunningServer, startServer } from '#src/cli/running-server.ts';
import { readConfig } from '#src/config.ts';
import { numbers, phoneImports } from '#src/db/schema/inbox/index.ts';
import { UNTIL_LIFTED } from '#src/numbers/restriction.ts';
import { fieldBody, sign } from '#src/webhooks/testing.ts';
import { readBodies } from '#src/whatsapp/bodies/bodies.ts';
import { type Box, openBox } from '../box.ts';
import { closeKeptPages, withKeptPage, withPage } from '../browser.ts';
import { openTestLog } from '../log.ts';
import { people } from '../people.ts';
import { findBarriers, findCutOff } from './barriers.ts';
import { fillShownShop, type Shown } from './shown-shop.ts';

const ABOUT_NUMBERS = /^(account_|business_|phone_number|security|flows|history)/;
const wide = { width: 1440, height: 900 };
const tablet = { width: 820, height: 1180 };
/** As narrow as a page must fit without being scrolled sideways. */
const phone = { width: 320, height: 640 };

let box: Box;
let shown: Shown;
const cookies = { ada: '', bo: '' };

beforeAll(async () => {
  box = await openBox();
  const ada = await box.as('ada');
  cookies.ada = ada.cookie ?? '';
  cookies.bo = (await box.as('bo')).cookie ?? '';
  shown = await fillShownShop(box, ada);
});

afterAll(async () => {
  await closeKeptPages();
  await box.close();
});

type Look = {
  /** The cookie of whoever looks; nobody in particular without one. */
  as?: string | null;
  widths?: (typeof wide)[];
  url?: string;
  status?: number;
  /** Brings the page into the state that is looked at. */
  act?: (page: Page) => Promise<void>;
};

/** Looks at a page at each width: nothing keeps anybody out, and nothing has to be scrolled sideways. */
async function expectNone(
  path: string,
  { as = cookies.ada, widths = [wide, phone], url = box.url, status = 200, act }: Look = {},
): Promise<void> {
  await withKeptPage({ url, ...(as === null ? {} : { cookie: as }) }, async (page) => {
    for (const viewport of widths) {
      await page.setViewportSize(viewport);
      // The scripts of the inbox look at the width when it is loaded; any other page is the same after it was turned.
      if (viewport === widths[0] || act || path.startsWith('/inbox')) {
        expect((await page.goto(path))?.status()).toBe(status);
        await act?.(page);
      }
      expect(await findBarriers(page), `${path} at ${viewport.width}`).toEqual([]);
      expect(await findCutOff(page), `${path} at ${viewport.width}`).toEqual([]);
    }
  });
}

const openMenu = (selector: string) => async (page: Page) => {
  await page.locator(`${selector} > summary`).filter({ visible: true }).first().click();
  await page.locator(`${selector}[open] > .pop`).waitFor();
};

test('the checker sees what keeps people out, in light and in dark', async () => {
  await withPage({ url: box.url }, async (page) => {
    await page.goto('/login');
    await page.evaluate(() => {
      const faint = document.createElement('p');
      faint.textContent = 'Hardly to be read';
      faint.style.setProperty('color', 'light-dark(#e8e4de, #2a2622)');
      document.querySelector('main')?.append(faint, document.createElement('button'));
    });
    const found = (await findBarriers(page)).map((line) => line.replace(/ at .*/s, ''));
    expect(found.toSorted()).toEqual(['dark: color-contrast', 'light: button-name', 'light: color-contrast']);
  });
});

test('the lists, full and empty', async () => {
  await expectNone('/inbox/all', { widths: [wide, tablet, phone] });
  await expectNone('/inbox/closing');
  await expectNone('/inbox/mine', { as: cookies.bo, widths: [phone] });
});

test('a thread with every kind of message', async () => {
  await expectNone(shown.open, { widths: [wide, tablet, phone] });
});

test('a thread that was opened from the list', async () => {
  await expectNone('/inbox/all', {
    widths: [wide],
    act: async (page) => {
      await page.locator('.row').first().click();
      await page.locator('message-thread').waitFor();
    },
  });
});

test('a closed window', () => expectNone(shown.closedWindow));

test('a closed case', () => expectNone(shown.closedCase));

test('the contact, which takes a pane of its own', () =>
  expectNone(`${shown.open}/contact`, { widths: [tablet, phone] }));

test('menus that are open beside a thread: views, assignment', async () => {
  await expectNone(shown.open, { widths: [wide], act: openMenu('.tabs .menu') });
  await expectNone(shown.open, { widths: [wide], act: openMenu('.head__assignee') });
});

test('a menu that is open on a message', () =>
  expectNone(shown.open, { act: openMenu('.msg--in .msg__more') }));

test('the menu of oneself, and that of a phone', async () => {
  await expectNone('/inbox/all', { widths: [wide], act: openMenu('.rail .menu') });
  await expectNone('/inbox/all', { widths: [phone], act: openMenu('.dock .menu') });
});

test('an answer that quotes', async () => {
  const quote = async (page: Page) => {
    await openMenu('.msg--in .msg__more')(page);
    await page.locator('.pop [data-quote-message]').filter({ visible: true }).first().click();
    await page.locator('.composer__quote').waitFor();
    await page.locator('textarea').fill('Yes');
  };
  await expectNone(shown.open, { act: quote });
});

test('an answer that could not be sent', async () => {
  await expectNone(shown.open, {
    act: async (page) => {
      await page.route('**/messages', (route) => route.abort());
      // What failed at another width stands there again.
      const text = `Yes, at ${page.viewportSize()?.width}`;
      await page.locator('textarea').fill(text);
      await page.keyboard.press('Control+Enter');
      const failed = page.locator('.msg--pending.failed', { hasText: text });
      await failed.locator('.failed__why', { hasText: 'could not be reached' }).waitFor();
      await page.unroute('**/messages');
    },
  });
});

test('a colleague who is there, and has answered meanwhile', async () => {
  const bo = await box.as('bo');
  await withPage({ url: box.url, cookie: bo.cookie ?? '' }, async (bosPage) => {
    await bosPage.goto(shown.open.replace('mine', 'all'));
    await expectNone(shown.open, {
      act: async (page) => {
        await bosPage.locator('textarea').fill('');
        await bosPage.locator('textarea').pressSequentially('Hello');
        await page.locator('.presence__who', { hasText: 'Bo' }).waitFor();
        await page.locator('textarea').fill('');
        await page.locator('textarea').pressSequentially('Yes');
        const said = { text: 'Yes, from me.', key: crypto.randomUUID() };
        await bo.post(`/conversations/${shown.open.split('/').at(-1)}/messages`, said);
        await page.keyboard.press('Control+Enter');
        await page.getByRole('button', { name: 'Send anyway' }).waitFor();
      },
    });
  });
});

test('what is said above the page, and of a draft from elsewhere', async () => {
  await expectNone(shown.open, {
    act: async (page) => {
      await page.evaluate(() => {
        for (const hidden of document.querySelectorAll(
          '#live-slow, #live-lost, #live-signed-out, [data-other-draft]',
        )) {
          hidden.removeAttribute('hidden');
        }
      });
    },
  });
});

test('the journal and one’s own settings', async () => {
  await expectNone('/settings/journal');
  await expectNone('/me');
  await expectNone('/me', {
    act: async (page) => {
      await page
        .locator('#time_zone option')
        .first()
        .evaluate((zone) => zone.setAttribute('value', 'Nowhere'));
      await page.locator('#time_zone').selectOption('Nowhere');
      await page.locator('form[action="/me/profile"] button').click();
      await page.locator('.wrong').waitFor();
    },
  });
});

test('the settings, roles and teams', async () => {
  await expectNone('/settings', { widths: [wide, tablet, phone] });
  await expectNone('/settings/roles', { widths: [wide, tablet, phone] });
  await expectNone('/settings/roles/new', {
    widths: [wide, tablet, phone],
    act: async (page) => {
      await page.locator('form.stack button[type=submit]').evaluate((button) => {
        button.closest('form')?.setAttribute('novalidate', '');
      });
      await page.locator('form.stack button[type=submit]').click();
      await page.locator('[aria-invalid=true]').waitFor();
    },
  });
  await expectNone('/settings/teams', { widths: [wide, phone] });
  await expectNone('/settings/teams/new', { widths: [wide, tablet, phone] });
});

test('the pages of numbers, with all that WhatsApp can say of one, and a rate refused', async () => {
  const shop = { ...box.number, accountId: box.accountId, appId: 0, secret: '' };
  for (const { field, value } of readBodies('fields').filter(({ name }) => ABOUT_NUMBERS.test(name))) {
    const body = fieldBody(shop, field, value, Math.floor(Date.now() / 1000));
    const headers = { 'x-hub-signature-256': sign(body, box.number.appSecret) };
    await fetch(`${box.url}/webhooks/whatsapp`, { method: 'POST', body, headers });
  }
  await box.settled();
  const { numberId } = box.number;
  const askedAt = Date.now();
  await box.inbox((inbox) =>
    inbox.write('full', [
      inbox.sql.update(numbers).set({
        isOnPhoneApp: true,
        answersForbiddenUntil: askedAt + 86_400_000,
        startsForbiddenUntil: UNTIL_LIFTED,
      }),
      inbox.sql.insert(phoneImports).values([
        { numberId, step: 'contacts', state: 'refused', askedAt, errorCode: 2593108 },
        { numberId, step: 'history', state: 'unknown', askedAt },
      ]),
    ]),
  );
  await expectNone('/numbers', { widths: [wide, tablet, phone] });
  await expectNone(`/numbers/${numberId}`, { widths: [wide, tablet, phone] });
  await expectNone('/numbers/rates', {
    widths: [wide, tablet, phone],
    act: async (page) => {
      await page.locator('input[name=price]').fill('cheap');
      await page.locator('input[name=currency]').fill('USD');
      await page.locator('form.stack button[type=submit]').click();
      await page.locator('[aria-invalid=true]').waitFor();
    },
  });
  await expectNone('/inbox/all');
});

test('how the server is doing', () => expectNone('/operator', { widths: [wide, tablet, phone] }));

test('signing in, and being refused', async () => {
  await expectNone('/login', { as: null });
  await expectNone('/login', {
    as: null,
    act: async (page) => {
      await page.locator('input[name=email]').fill(people.bo.email);
      await page.locator('input[name=password]').fill('not this one at all');
      await page.locator('button[type=submit]').click();
      await page.locator('[aria-invalid=true]').first().waitFor();
    },
  });
});

test('what is not there, and what one may not see', async () => {
  await expectNone('/inbox/all/1', { status: 404 });
  await expectNone('/settings/journal', { as: cookies.bo, status: 403 });
});

test('the first run, a form refused, an account without a number, and a link that is over', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'oonobox-test-'));
  const server: RunningServer = await startServer(
    readConfig({ OONOBOX_DATA: folder, OONOBOX_HOST: '127.0.0.1', OONOBOX_PORT: '0' }),
    { replacements: { log: openTestLog() } },
  );
  try {
    const path = (await openFirstRun(server.services)) ?? '';
    const { url } = server;
    await expectNone(path, { url, as: null });
    await withPage({ url, viewport: wide }, async (page) => {
      await page.goto(path);
      await page.locator('input[name=account_name]').fill('Mbare Hardware');
      await page.locator('input[name=name]').fill(people.ada.name);
      await page.locator('input[name=email]').fill(people.ada.email);
      await page.locator('input[name=password]').fill('oonobox');
      await page.locator('form').evaluate((form) => form.setAttribute('novalidate', ''));
      await page.locator('button[type=submit]').click();
      await page.locator('[aria-invalid=true]').first().waitFor();
      expect(await findBarriers(page)).toEqual([]);
      await page.locator('input[name=password]').fill(people.ada.password);
      await page.locator('button[type=submit]').click();
      await page.waitForURL('**/inbox/**');
      expect(await findBarriers(page)).toEqual([]);
    });
    await expectNone(path, { url, as: null, status: 404 });
  } finally {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  }
});
