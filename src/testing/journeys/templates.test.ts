import { afterAll, beforeAll, beforeEach, expect, test } from 'bun:test';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import type { Customer } from '#src/simulator/simulator.ts';
import { sampleTemplates } from '#src/simulator/templates/samples.ts';
import { type Box, openBox } from '../box.ts';
import { type PageOptions, withPage } from '../browser.ts';
import { customers } from '../people.ts';
import { until } from '../until.ts';
import { findBarriers, findCutOff } from './barriers.ts';

const DAY = 24 * 60 * 60_000;
const PICTURE = fileURLToPath(new URL('../../simulator/samples/tap.jpg', import.meta.url));
const sizes = [
  { width: 1440, height: 900 },
  { width: 820, height: 1180 },
  { width: 320, height: 640 },
];
let clock = Date.now();
let box: Box;
let noor: Customer;
let path: string;

beforeAll(async () => {
  box = await openBox({ now: () => clock });
  for (const template of sampleTemplates) {
    box.simulator.templates.add(box.number.wabaId, template);
  }
  clock += DAY + 60_000;
  box.services.templates.poke(box.accountId);
  await box.services.templates.idle();
  noor = box.simulator.customer(customers.noor.phone, customers.noor);
  await noor.say(box.number.phoneNumberId, 'Do you have cement?');
  await box.settled();
  const { data } = await (await box.api('/api/v1/conversations')).json();
  path = `/inbox/all/${data[0].id}`;
});
afterAll(() => box.close());
beforeEach(() => {
  clock += 2 * DAY;
});

/** Days pass between the tests, so each begins a session of its own. */
const open = async (work: (page: Page) => Promise<void>, options: Partial<PageOptions> = {}) =>
  withPage({ url: box.url, cookie: (await box.as('ada')).cookie ?? '', ...options }, work);
const results = (page: Page) => page.locator('.picker__results a');
const lastSent = async () => {
  await box.services.delivery.idle();
  return box.simulator.sent.at(-1)?.body.template as { name: string };
};

test('where the window is closed the box is the picker: search, fill in, see it, send it', async () => {
  await open(async (page) => {
    await page.goto(path);
    await results(page).first().waitFor();
    await page.locator('.picker input[type=search]').fill('news quote');
    await results(page).nth(1).waitFor({ state: 'detached' });
    expect(await results(page).locator('b').allTextContents()).toEqual(['quote_follow_up']);

    await page.keyboard.press('Tab');
    await results(page).first().press('Enter');
    await page.locator('[data-fill]').waitFor();
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('field-body-first_name');
    await page.getByLabel('First name').fill('Noor');
    await page.locator('[data-preview]', { hasText: 'Hello Noor, there is news' }).waitFor();

    await page.locator('[data-fill] button.btn--primary').click();
    await page.locator('#field-body-quote_number-wrong').waitFor();
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('field-body-quote_number');
    expect(await page.getByLabel('First name').inputValue()).toBe('Noor');

    await page.getByLabel('Quote number').fill('MH-2291');
    await page.getByLabel('News').fill('the cement is here');
    await page.keyboard.press('Enter');
    await page.locator('.picker__said').waitFor();
    const bubble = page.locator('.log .msg--out', { hasText: 'news on quote MH-2291: the cement is here' });
    await bubble.waitFor();
    expect(await bubble.locator('.tpl__acts li').allTextContents()).toEqual(['Go ahead', 'Call me']);
    expect(await lastSent()).toMatchObject({ name: 'quote_follow_up' });

    await results(page).filter({ hasText: 'delivery_today' }).click();
    const place = page.locator('[data-preview] .file');
    expect(await place.textContent()).toBe('Place on the mapLatitude and longitude are still missing');
    await page.getByLabel('Name of the place').fill('Mbare Musika');
    await page.getByLabel('Latitude').fill('-17.8571');
    await page.getByLabel('Longitude').fill('31.0315');
    await place.filter({ hasText: '-17.85710, 31.03150' }).waitFor();
    expect(await place.textContent()).toContain('Mbare Musika');
  });
});

test('of two previews the later one is shown, whichever answer comes last', async () => {
  await open(async (page) => {
    await page.goto(path);
    await results(page).filter({ hasText: 'quote_follow_up' }).click();
    const name = page.getByLabel('First name');
    const held = Promise.withResolvers<void>();
    await page.route('**/preview', async (route, request) => {
      if (request.postData()?.includes('Former')) {
        await held.promise;
      }
      await route.continue().catch(() => {});
    });
    const former = page.waitForRequest((request) => request.postData()?.includes('Former') === true);
    await name.fill('Former');
    await former;
    await name.fill('Later');
    const shown = page.locator('[data-preview]');
    await shown.filter({ hasText: 'Hello Later' }).waitFor();
    held.resolve();
    await page.waitForLoadState('networkidle');
    expect(await shown.textContent()).toContain('Hello Later');
  });
});

test('a preview that comes late is not shown of the template that was chosen meanwhile', async () => {
  await open(async (page) => {
    await page.goto(path);
    await results(page).filter({ hasText: 'quote_follow_up' }).click();
    const held = Promise.withResolvers<void>();
    await page.route('**/preview', async (route) => {
      await held.promise;
      await route.continue();
    });
    const asked = page.waitForRequest('**/preview');
    await page.getByLabel('First name').fill('Former');
    await asked;
    await page.locator('.picker__chosen a').click();
    await results(page).filter({ hasText: 'delivery_survey' }).click();
    const shown = page.locator('[data-preview]');
    await shown.filter({ hasText: 'How did the delivery go?' }).waitFor();
    await page.evaluate(() => {
      const { text } = Response.prototype;
      Response.prototype.text = async function () {
        const read = await text.call(this);
        setTimeout(() => document.body.setAttribute('data-read', this.url));
        return read;
      };
    });
    held.resolve();
    await page.locator('body[data-read$="/preview"]').waitFor();
    expect(await shown.textContent()).toContain('How did the delivery go?');
  });
});

test('while the window is open the picker stands above the page, and goes back to its button', async () => {
  clock -= 2 * DAY;
  await noor.say(box.number.phoneNumberId, 'Still there?', { at: clock });
  await box.settled();
  await open(async (page) => {
    await page.goto(path);
    await page.locator('.composer summary').click();
    await page.locator('.composer [data-picker]').click();
    const dialog = page.locator('dialog.picker-dialog');
    await results(page).first().waitFor();
    expect(await findBarriers(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('SUMMARY');

    await page.locator('textarea').first().fill('What I was about to write');
    await page.locator('.composer summary').click();
    await page.locator('.composer [data-picker]').click();
    await results(page).filter({ hasText: 'delivery_survey' }).click();
    await page.getByLabel('Value').fill('Noor');
    await page.locator('[data-fill] button.btn--primary').click();
    await dialog.waitFor({ state: 'detached' });
    await page.locator('.log .msg--out', { hasText: 'How did the delivery go?' }).waitFor();
    expect(await page.locator('textarea').first().inputValue()).toBe('What I was about to write');
    expect(await lastSent()).toMatchObject({ name: 'delivery_survey' });
  });
});

test('what was written as the window closed is kept whole: what was refused, and what was begun since', async () => {
  await noor.say(box.number.phoneNumberId, 'And now?', { at: clock - DAY + 60_000 });
  await box.settled();
  await open(async (page) => {
    await page.goto(path);
    const held = Promise.withResolvers<void>();
    await page.route('**/conversations/*/messages', async (route) => {
      await held.promise;
      await route.continue();
    });
    const asked = page.waitForRequest('**/conversations/*/messages');
    await page.locator('textarea').fill('Too late');
    await page.keyboard.press('Enter');
    await asked;
    await page.keyboard.type('and this');
    clock += 2 * 60_000;
    held.resolve();
    await page.locator('[data-kept]', { hasText: 'Too late\nand this' }).waitFor();
    const ada = await box.as('ada');
    const draft = async () => (await ada.get(`/conversations/${path.split('/').at(-1)}/draft`)).json();
    await until('all of it is kept', async () => (await draft()).text === 'Too late\nand this');
  });
});

test('a template with a picture is filled in and sent without JavaScript, and keeps the picture over a mistake', async () => {
  await open(
    async (page) => {
      await page.goto(path);
      await page.locator('.shut [data-picker]').click();
      await page.locator('.picker__find input[type=search]').fill('paint');
      await page.locator('.picker__find button').click();
      await results(page).filter({ hasText: 'november_offers' }).click();
      await page.locator('input[type=file]').setInputFiles(PICTURE);
      await page.locator('#field-body-1').fill('Noor');
      await page.locator('#field-body-2').fill('20 %');
      await page.locator('#field-offer').fill('2020-01-01T10:00');
      await page.locator('#field-button-0').fill('PAINT20');
      await page.locator('#field-button-1').fill('whatsapp');
      await page.locator('[data-fill] button.btn--primary').click();
      expect(await page.locator('#field-offer-wrong').textContent()).toContain('over already');
      expect(await page.locator('.picker__kept').textContent()).toContain('tap.jpg');

      const ends = new Date(clock + DAY).toISOString().slice(0, 16);
      await page.locator('#field-offer').fill(ends);
      await page.locator('[data-preview-button]').click();
      await page.locator('[data-preview]', { hasText: 'Hello Noor, this week' }).waitFor();
      await page.locator('[data-fill] button.btn--primary').click();
      await page.locator('.log .msg--out', { hasText: 'every tin of paint costs 20 % less' }).waitFor();
    },
    { javaScript: false },
  );
  const [upload] = box.simulator.uploads.slice(-1);
  const sent = await lastSent();
  expect(sent).toMatchObject({ name: 'november_offers' });
  expect(JSON.stringify(sent)).toContain(upload?.id ?? 'no upload');
  // The account's clock is two hours ahead of UTC.
  expect(JSON.stringify(sent)).toContain(
    String(Math.floor((clock + DAY) / 60_000) * 60_000 - 2 * 60 * 60_000),
  );
});

test('nothing keeps anybody out of the picker, the forms and the list, at any width', async () => {
  await open(async (page) => {
    for (const viewport of sizes) {
      await page.setViewportSize(viewport);
      await page.goto(path);
      await results(page).first().waitFor();
      expect(await findBarriers(page), `list at ${viewport.width}`).toEqual([]);
      expect(await findCutOff(page), `list at ${viewport.width}`).toEqual([]);
      await results(page).filter({ hasText: 'new_arrivals' }).click();
      await page.locator('[data-fill]').waitFor();
      expect(await findBarriers(page), `form at ${viewport.width}`).toEqual([]);
      expect(await findCutOff(page), `form at ${viewport.width}`).toEqual([]);
      const address = await page.locator('.picker__chosen a').getAttribute('href');
      for (const where of ['/templates', address ?? '']) {
        await page.goto(where);
        expect(await findBarriers(page), `${where} at ${viewport.width}`).toEqual([]);
        expect(await findCutOff(page), `${where} at ${viewport.width}`).toEqual([]);
      }
    }
  });
});

test('the list says of every template whether it can be sent, and why not', async () => {
  await open(async (page) => {
    await page.goto('/templates?q=&status=REJECTED');
    const row = page.locator('.templates__row');
    expect(await row.count()).toBe(1);
    expect(await row.textContent()).toContain('Its words do not fit its language or category.');
    expect(await row.textContent()).toContain('Meta moved it here from Utility.');
    box.simulator.templates.remove(box.number.wabaId, 'win_back');
    await page.locator('form[action="/templates/sync"] button').click();
    await page.goto('/templates?status=GONE');
    expect(await row.locator('h2').textContent()).toBe('win_back');
  });
});

test('an agent is led to the list, which for them is no part of the settings', async () => {
  const { cookie } = await box.as('bo');
  await withPage({ url: box.url, cookie: cookie ?? '' }, async (page) => {
    await page.goto('/inbox/mine');
    await page.locator('.rail a[href="/templates"]').click();
    await page.waitForURL('**/templates');
    await page.locator('.rail a[aria-current=page]', { hasText: 'Templates' }).waitFor();
    expect(await page.locator('.templates__row').count()).toBeGreaterThan(1);
    expect(await page.locator('a[href^="/settings"], form[action="/templates/sync"]').count()).toBe(0);
    expect(await findBarriers(page)).toEqual([]);
  });
});
