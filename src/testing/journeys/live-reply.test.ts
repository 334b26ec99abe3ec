import { afterAll, beforeAll, expect, test } from 'bun:test';
import type { Page } from 'playwright-core';
import { type Box, openBox } from '../box.ts';
import { type PageOptions, withPage } from '../browser.ts';
import { customers, type people } from '../people.ts';

let box: Box;

beforeAll(async () => {
  box = await openBox();
});

afterAll(() => box.close());

const asPerson = async (person: keyof typeof people): Promise<PageOptions> => ({
  url: box.url,
  cookie: (await box.as(person)).cookie ?? '',
});

const inThread = (page: Page, text: string) => page.locator('.log .msg', { hasText: text });
const reply = (page: Page, text: string, status: string) =>
  page.locator(`.log .msg--out[data-status="${status}"]`, { hasText: text });

test('a customer writes on an open page, is answered, and the ticks turn to read without a reload', async () => {
  const { simulator, number } = box;
  const noor = simulator.customer(customers.noor.phone, customers.noor);
  await noor.say(number.phoneNumberId, 'Good morning');
  await box.settled();

  await withPage(await asPerson('ada'), async (page) => {
    await page.goto('/inbox/unassigned');
    await page.locator('.row__item a', { hasText: noor.name }).click();
    await inThread(page, 'Good morning').waitFor();
    await page.evaluate(() => document.body.setAttribute('data-same-page', ''));

    await noor.say(number.phoneNumberId, 'Do you have cement?');
    await inThread(page, 'Do you have cement?').waitFor();
    await page.locator('.row__item', { hasText: 'Do you have cement?' }).waitFor();

    simulator.trouble.pauseStatuses();
    await page.locator('textarea').fill('Yes, twenty bags.');
    await page.keyboard.press('Enter');
    await reply(page, 'Yes, twenty bags.', 'accepted').waitFor();
    expect(await page.locator('textarea').inputValue()).toBe('');

    await simulator.trouble.resumeStatuses();
    await reply(page, 'Yes, twenty bags.', 'delivered').waitFor();

    await noor.read(number.phoneNumberId);
    await reply(page, 'Yes, twenty bags.', 'read').waitFor();
    expect(await page.locator('body[data-same-page]').count()).toBe(1);
  });

  expect(simulator.sent.filter(({ type }) => type === 'text').map(({ body }) => body.text)).toEqual([
    expect.objectContaining({ body: 'Yes, twenty bags.' }),
  ]);
});

test('what one agent answers, a colleague sees on their open page', async () => {
  const { simulator, number } = box;
  const ravi = simulator.customer(customers.ravi.phone, customers.ravi);
  await ravi.say(number.phoneNumberId, 'Is the drill back?');
  await box.settled();

  await withPage(await asPerson('bo'), async (bosPage) => {
    await bosPage.goto('/inbox/unassigned');
    await bosPage.locator('.row__item a', { hasText: ravi.name }).click();
    await inThread(bosPage, 'Is the drill back?').waitFor();

    await withPage(await asPerson('ada'), async (page) => {
      await page.goto('/inbox/unassigned');
      await page.locator('.row__item a', { hasText: ravi.name }).click();
      await page.locator('textarea').fill('It came this morning.');
      await page.locator('.composer button[type=submit]').click();
      await reply(page, 'It came this morning.', 'delivered').waitFor();
    });

    await reply(bosPage, 'It came this morning.', 'delivered').waitFor();
    expect(await inThread(bosPage, 'It came this morning.').count()).toBe(1);
  });
});

test('markup in a message is shown as it was written and does nothing', async () => {
  const { simulator, number } = box;
  const hostile = '<img src=x onerror="document.title=1"><hx-partial hx-target="body">gone</hx-partial>';
  const noor = simulator.customer(customers.noor.phone, customers.noor);

  await withPage(await asPerson('ada'), async (page) => {
    await page.goto('/inbox/all');
    await page.locator('.row__item a', { hasText: noor.name }).click();
    await inThread(page, 'Good morning').waitFor();
    await noor.say(number.phoneNumberId, hostile);
    await inThread(page, hostile).waitFor();
    expect(await page.locator('.log img[src=x], hx-partial').count()).toBe(0);
  });
});
