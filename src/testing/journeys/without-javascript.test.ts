import { afterAll, beforeAll, expect, test } from 'bun:test';
import { type Box, openBox } from '../box.ts';
import { withPage } from '../browser.ts';
import { customers, people } from '../people.ts';

let box: Box;

beforeAll(async () => {
  box = await openBox();
});

afterAll(() => box.close());

test('signing in, answering and seeing the reply read works without JavaScript', async () => {
  const { simulator, number, url } = box;
  const noor = simulator.customer(customers.noor.phone, customers.noor);
  await noor.say(number.phoneNumberId, 'Do you have cement?');
  await box.settled();

  await withPage({ url, javaScript: false }, async (page) => {
    await page.goto('/inbox');
    await page.locator('input[name=email]').fill(people.ada.email);
    await page.locator('input[name=password]').fill(people.ada.password);
    await page.locator('button[type=submit]').click();

    await page.goto('/inbox/unassigned');
    await page.locator('.row__item a', { hasText: noor.name }).click();
    await page.locator('.log .msg', { hasText: 'Do you have cement?' }).waitFor();

    await page.locator('textarea').first().fill('Yes, twenty bags.');
    await page
      .locator('form', { has: page.locator('textarea') })
      .locator('button[type=submit]')
      .first()
      .click();
    await page.locator('.log .msg--out', { hasText: 'Yes, twenty bags.' }).waitFor();

    await simulator.waitFor(({ type }) => type === 'text');
    await box.settled();
    await noor.read(number.phoneNumberId);
    await box.settled();
    await page.reload();
    await page.locator('.log .msg--out[data-status=read]', { hasText: 'Yes, twenty bags.' }).waitFor();
    expect(await page.locator('.log .msg--out').count()).toBe(1);
    expect(simulator.sent.filter(({ type }) => type === 'text')).toHaveLength(1);

    await page.locator('form[action$="/closure"] button').click();
    await page.locator('form[action$="/reopening"] button').waitFor();
    expect(await page.locator('.head__state').getAttribute('data-state')).toBe('closed');
  });
});

test('a wrong password keeps the e-mail address and says what to do', async () => {
  await withPage({ url: box.url, javaScript: false }, async (page) => {
    await page.goto('/login');
    await page.locator('input[name=email]').fill(people.bo.email);
    await page.locator('input[name=password]').fill('not this one at all');
    await page.locator('button[type=submit]').click();
    expect(await page.locator('input[name=email]').inputValue()).toBe(people.bo.email);
    expect(await page.locator('input[name=password]').getAttribute('aria-invalid')).toBe('true');
  });
});
