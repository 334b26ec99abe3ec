import { afterAll, beforeAll, expect, test } from 'bun:test';
import type { Page } from 'playwright-core';
import { type Box, openBox } from '../box.ts';
import { withPage } from '../browser.ts';
import { customers, people } from '../people.ts';
import { until } from '../until.ts';

const MOST_STOPS = 60;

let box: Box;

beforeAll(async () => {
  box = await openBox();
  for (const who of [customers.noor, customers.ravi]) {
    const customer = box.simulator.customer(who.phone, who);
    await customer.say(box.number.phoneNumberId, `Good morning, this is ${who.name}`);
  }
  await box.settled();
});

afterAll(() => box.close());

type Stop = { name: string; isShown: boolean; isMarked: boolean };

/** Where the focus is: what it is called, whether it can be seen, and whether it is marked as the place. */
function stop(page: Page): Promise<Stop> {
  return page.evaluate(() => {
    const element = document.activeElement ?? document.body;
    const { left, top, width, height } = element.getBoundingClientRect();
    const hit = document.elementFromPoint(left + width / 2, top + Math.min(height, innerHeight) / 2);
    const name = element.getAttribute('aria-label') ?? element.textContent ?? '';
    const isField = element instanceof HTMLTextAreaElement || element instanceof HTMLInputElement;
    const label = isField ? element.labels?.[0]?.textContent : undefined;
    const marks = [
      element,
      ...(element.parentElement ? [element.parentElement] : []),
      element.closest('form'),
    ]
      .filter((one) => one !== null)
      .map((one) => getComputedStyle(one));
    return {
      name: (label ?? name).replace(/\s+/g, ' ').trim(),
      isShown: hit !== null && (element.contains(hit) || hit.contains(element)),
      isMarked: marks.some(({ outlineStyle, boxShadow }) => outlineStyle !== 'none' || boxShadow !== 'none'),
    };
  });
}

/** Presses Tab until the stop of this name has the focus; every stop before it must be seen, marked and named. */
async function tabTo(page: Page, name: RegExp, key = 'Tab'): Promise<void> {
  const passed: string[] = [];
  for (let count = 0; count < MOST_STOPS; count += 1) {
    await page.keyboard.press(key);
    const here = await stop(page);
    passed.push(here.name);
    expect(here, passed.join(' → ')).toEqual({ ...here, isShown: true, isMarked: true });
    expect(here.name, passed.join(' → ')).not.toBe('');
    if (name.test(here.name)) {
      return;
    }
  }
  throw new Error(`Tab does not lead to ${name}: ${passed.join(' → ')}`);
}

const focusedName = async (page: Page) => (await stop(page)).name;

test('the main job is done by keyboard alone: sign in, open, take, answer, react, close, go on', async () => {
  await withPage({ url: box.url, viewport: { width: 1440, height: 900 } }, async (page) => {
    await page.goto('/login');
    await tabTo(page, /^E-?mail/i);
    await page.keyboard.type(people.ada.email);
    await tabTo(page, /^Password/);
    await page.keyboard.type(people.ada.password);
    await page.keyboard.press('Enter');
    await page.waitForURL('**/inbox/mine');

    await page.keyboard.press('Tab');
    expect(await focusedName(page)).toBe('Skip to the content');
    await page.keyboard.press('Enter');
    await tabTo(page, /^Unassigned/);
    await page.keyboard.press('Enter');
    await page.waitForURL('**/inbox/unassigned');
    await tabTo(page, /Noor Chipo/);
    await page.keyboard.press('Enter');
    await page.locator('.msg', { hasText: 'this is Noor' }).waitFor();
    expect(await focusedName(page)).toBe('Noor Chipo');

    await tabTo(page, /^Assigned to/);
    await page.keyboard.press('Enter');
    await tabTo(page, /^Assign to me$/);
    await page.keyboard.press('Enter');
    await page.locator('.head__assignee summary', { hasText: 'Ada' }).waitFor();
    expect(await focusedName(page)).toContain('Ada Lungu');
    await page.locator('#say', { hasText: 'Assignment changed.' }).waitFor();

    await tabTo(page, /^Message actions|^Actions/i);
    await page.keyboard.press('Enter');
    await tabTo(page, /👍/);
    await page.keyboard.press('Enter');
    await page.locator('.msg--in .react', { hasText: '👍' }).waitFor();
    expect(await focusedName(page)).toMatch(/actions/i);

    await tabTo(page, /^Message to Noor/);
    await page.keyboard.type('Good morning Noor');
    await page.keyboard.press('Shift+Enter');
    await page.keyboard.type('What can we do for you?');
    await page.keyboard.press('Enter');
    await page.locator('.msg--out', { hasText: 'What can we do for you?' }).waitFor();
    expect(await focusedName(page)).toMatch(/^Message to Noor/);

    await tabTo(page, /^Close case$/, 'Shift+Tab');
    await page.keyboard.press('Enter');
    await page.locator('.head__state[data-state=closed]').waitFor();
    await page.waitForFunction(() => document.activeElement?.matches('.thread h2'));
    await page.locator('#say', { hasText: 'Case closed.' }).waitFor();

    await tabTo(page, /Ravi Naidoo/, 'Shift+Tab');
    await page.keyboard.press('Enter');
    await page.locator('.msg', { hasText: 'this is Ravi' }).waitFor();
    expect(await focusedName(page)).toBe('Ravi Naidoo');
  });
});

test('Escape closes a menu and gives the focus back to what opened it', async () => {
  await withPage({ url: box.url, cookie: (await box.as('ada')).cookie ?? '' }, async (page) => {
    await page.goto('/inbox/unassigned');
    await tabTo(page, /^More/);
    await page.keyboard.press('Enter');
    await tabTo(page, /^Closing/);
    await page.keyboard.press('Escape');
    expect(await focusedName(page)).toMatch(/^More/);
    expect(await page.locator('details[open]').count()).toBe(0);
  });
});

test('a row that changes under the focus keeps it, and typing is never interrupted', async () => {
  await withPage({ url: box.url, cookie: (await box.as('ada')).cookie ?? '' }, async (page) => {
    const ravi = box.simulator.customer(customers.ravi.phone, customers.ravi);
    await page.goto('/inbox/unassigned');
    await tabTo(page, /Ravi Naidoo/);
    await ravi.say(box.number.phoneNumberId, 'Are you there?');
    await page.locator('.row', { hasText: 'Are you there?' }).waitFor();
    expect(await focusedName(page)).toContain('Ravi Naidoo');

    await page.keyboard.press('Enter');
    await page.locator('.msg', { hasText: 'Are you there?' }).waitFor();
    await tabTo(page, /^Message to Ravi/);
    await page.keyboard.type('Yes, we ');
    await ravi.say(box.number.phoneNumberId, 'Hello?');
    await page.locator('.msg', { hasText: 'Hello?' }).waitFor();
    await page.keyboard.type('are here');
    expect(await page.locator('textarea').inputValue()).toBe('Yes, we are here');
  });
});

test('a list that is drawn anew under the focus keeps it', async () => {
  await withPage({ url: box.url, cookie: (await box.as('ada')).cookie ?? '' }, async (page) => {
    await page.routeWebSocket(/\/live/, () => undefined);
    await page.goto('/inbox/unassigned');
    await tabTo(page, /Ravi Naidoo/);
    await page.evaluate(() => {
      document.querySelector('.row:focus')?.setAttribute('data-before', '');
      document.dispatchEvent(new CustomEvent('oono:stale'));
    });
    await page.locator('[data-before]').waitFor({ state: 'detached' });
    await page.locator('.row:focus', { hasText: 'Ravi Naidoo' }).waitFor();
  });
});

test('on a phone nothing that can be reached is out of sight', async () => {
  const viewport = { width: 360, height: 740 };
  await withPage({ url: box.url, cookie: (await box.as('ada')).cookie ?? '', viewport }, async (page) => {
    await page.goto('/inbox/unassigned');
    await tabTo(page, /Ravi Naidoo/);
    await tabTo(page, /^More/);
    await tabTo(page, /Ravi Naidoo/, 'Shift+Tab');
    await page.keyboard.press('Enter');
    await page.locator('.msg', { hasText: 'this is Ravi' }).waitFor();
    await tabTo(page, /^Message to Ravi/);
    await tabTo(page, /^Back to/, 'Shift+Tab');
    await page.keyboard.press('Enter');
    await page.locator('.list').waitFor();
    // The list is there before the page has looked for the row that was left.
    await until('the focus to be back on the row', async () =>
      (await focusedName(page)).includes('Ravi Naidoo'),
    );
  });
});
