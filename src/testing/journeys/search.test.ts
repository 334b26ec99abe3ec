import { afterAll, beforeAll, expect, test } from 'bun:test';
import type { Page } from 'playwright-core';
import { type Box, openBox } from '../box.ts';
import { withPage } from '../browser.ts';
import { customers } from '../people.ts';
import { findBarriers, findCutOff } from './barriers.ts';

const wide = { width: 1440, height: 900 };
const tablet = { width: 820, height: 1180 };
const phone = { width: 320, height: 640 };

let box: Box;
let cookie: string;

/** Noor has written a hundred messages, the seventh about a geyser; Ravi one. */
beforeAll(async () => {
  box = await openBox();
  cookie = (await box.as('ada')).cookie ?? '';
  const id = box.number.phoneNumberId;
  const noor = box.simulator.customer(customers.noor.phone, customers.noor);
  const begin = Date.now() - 200 * 60_000;
  for (let count = 1; count <= 100; count += 1) {
    const text = count === 7 ? 'The old geyser leaks *badly*' : `Line ${count} of many`;
    await noor.say(id, text, { at: begin + count * 60_000 });
  }
  await box.simulator.customer(customers.ravi.phone, customers.ravi).say(id, 'Do you sell geysers?');
  await box.settled();
});

afterAll(() => box.close());

const found = (page: Page) => page.locator('.search__found .hit');

async function searchInBox(page: Page, text: string): Promise<void> {
  await page.goto('/inbox/unassigned');
  await page.keyboard.press('/');
  await page.keyboard.type(text);
  await found(page).first().waitFor();
}

/** Opens the message about the old geyser from the box, with the keyboard alone. */
async function openOldMessage(page: Page): Promise<void> {
  await searchInBox(page, 'old gey');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.waitForURL('**message=*');
  await page.locator('.msg:target').waitFor();
}

async function isInView(page: Page, selector: string): Promise<boolean> {
  // Without its styles a page is longer.
  await page.waitForLoadState();
  return page.locator(selector).evaluate((element) => {
    const { top, bottom } = element.getBoundingClientRect();
    return top >= 0 && bottom <= innerHeight;
  });
}

test('by keyboard alone from the list to an old message in the middle of its thread, and on from there', async () => {
  await withPage({ url: box.url, cookie, viewport: wide }, async (page) => {
    await openOldMessage(page);
    expect(await page.locator('.msg:target').textContent()).toContain('The old geyser leaks');
    expect(await isInView(page, '.msg:target')).toBe(true);
    expect(await page.locator('.log .msg').count()).toBe(27);
    expect(await page.locator('.log .older').count()).toBe(0);

    await page.getByRole('link', { name: 'Later messages' }).click();
    await page.locator('.msg', { hasText: 'Line 40 of many' }).waitFor();
    expect(await page.locator('.log .older').count()).toBe(1);
    await page.getByRole('link', { name: 'Newest messages' }).click();
    await page.locator('.msg', { hasText: 'Line 100 of many' }).waitFor();
    expect(await page.locator('.later').count()).toBe(0);
  });
});

test('what comes in while one reads the past is counted, and a button leads to it', async () => {
  await withPage({ url: box.url, cookie, viewport: wide }, async (page) => {
    await openOldMessage(page);
    await page.waitForLoadState('networkidle');
    const noor = box.simulator.customer(customers.noor.phone, customers.noor);
    await noor.say(box.number.phoneNumberId, 'Are you there?');
    await page.getByRole('button', { name: '1 new' }).waitFor();
    expect(await page.locator('.log .msg', { hasText: 'Are you there?' }).count()).toBe(0);
    const asked = page.waitForRequest((request) => request.headers()['oono-sign'] === 'use');
    await page.getByRole('button', { name: '1 new' }).click();
    await asked;
    await page.locator('.log .msg', { hasText: 'Are you there?' }).waitFor();
    await page.locator('.log .msg', { hasText: 'Line 100 of many' }).waitFor();
    expect(await page.locator('.later').count()).toBe(0);
    expect(new URL(page.url()).search).toBe('');
  });
});

test('the row of who is shown leads out of the past, where the page stays; Back and Forward in and out', async () => {
  await withPage({ url: box.url, cookie, viewport: wide }, async (page) => {
    const last = page.locator('.msg', { hasText: 'Line 100 of many' });
    await openOldMessage(page);
    await page.locator('.row[aria-current]').click();
    await last.waitFor();
    expect(new URL(page.url()).search).toBe('');
    await refresh(page);
    expect(await page.locator('.later').count()).toBe(0);

    await page.goBack();
    await page.locator('.later').waitFor();
    expect(await last.count()).toBe(0);
    await page.waitForLoadState('networkidle');
    await refresh(page);
    expect(await page.locator('.later').count()).toBe(1);

    await page.goForward();
    await last.waitFor();
    expect(new URL(page.url()).search).toBe('');
    expect(await page.locator('.later').count()).toBe(0);
  });
});

/** As after a time without a connection. */
const refresh = (page: Page) =>
  page.evaluate(
    () =>
      new Promise((resolve) => {
        document.addEventListener('oono:fresh', resolve, { once: true });
        document.dispatchEvent(new CustomEvent('oono:stale'));
      }),
  );

test('earlier messages that come when another conversation is shown already are not put into it', async () => {
  await withPage({ url: box.url, cookie, viewport: wide }, async (page) => {
    const row = (name: string) => page.locator('.row', { hasText: name });
    await page.goto('/inbox/unassigned');
    await row(customers.noor.name).click();
    await page.locator('.msg', { hasText: 'Line 100 of many' }).waitFor();
    const { promise, resolve: letGo } = Promise.withResolvers<void>();
    await page.route('**before=**', async (route) => {
      await promise;
      await route.continue();
    });
    await page.getByRole('link', { name: 'Earlier messages' }).click();
    await row(customers.ravi.name).click();
    await page.locator('.msg', { hasText: 'Do you sell geysers?' }).waitFor();
    letGo();
    await page.waitForLoadState('networkidle');
    expect(await page.locator('.log .msg').count()).toBe(1);
  });
});

test('an answer written in the past stands at the end, after what it follows', async () => {
  await withPage({ url: box.url, cookie, viewport: wide }, async (page) => {
    await openOldMessage(page);
    await page.locator('textarea').fill('We have new geysers');
    await page.keyboard.press('Enter');
    await page.locator('.log .msg--out:not(.msg--pending)', { hasText: 'We have new geysers' }).waitFor();
    await page.locator('.log .msg', { hasText: 'Line 100 of many' }).waitFor();
    expect(await page.locator('.later').count()).toBe(0);
    const last = page.locator('.log .msg').last();
    expect(await last.textContent()).toContain('We have new geysers');
  });
});

test('a quote leads to what it quotes: in its place, and where the page does not reach so far', async () => {
  await withPage({ url: box.url, cookie, viewport: wide }, async (page) => {
    const answer = async (said: string, text: string) => {
      const message = page.locator('.log .msg--in', { hasText: said });
      await message.hover();
      await message.locator('.msg__more summary').click();
      await message.getByRole('link', { name: 'Reply to this' }).click();
      await page.locator('textarea').fill(text);
      await page.keyboard.press('Enter');
      await page.locator('.log .msg--out:not(.msg--pending)', { hasText: text }).waitFor();
    };
    const quoteIn = (text: string) => page.locator('.log .msg--out', { hasText: text }).locator('a.quote');
    await openOldMessage(page);
    await answer('The old geyser leaks', 'Since when does it leak?');
    await answer('Line 100 of many', 'So many lines.');
    await page.evaluate(() => document.body.setAttribute('data-same-page', ''));
    for (const _ of ['once', 'and again']) {
      await quoteIn('So many lines.').click();
      await page.locator('.msg:target', { hasText: 'Line 100 of many' }).waitFor();
      expect(await isInView(page, '.msg:target')).toBe(true);
    }
    expect(await page.locator('body[data-same-page]').count()).toBe(1);
    expect(await page.locator('.thread h2:focus').count()).toBe(0);

    await quoteIn('Since when does it leak?').click();
    await page.locator('.msg:target', { hasText: 'The old geyser leaks' }).waitFor();
    expect(await isInView(page, '.msg:target')).toBe(true);
  });
});

test('what came below is read once somebody has gone down to it, and not before', async () => {
  await withPage({ url: box.url, cookie, viewport: wide }, async (page) => {
    await page.goto('/inbox/unassigned');
    await page.locator('.row', { hasText: customers.noor.name }).click();
    await page.locator('.msg--in', { hasText: 'Line 100 of many' }).waitFor();
    await page.waitForLoadState('networkidle');
    await page.locator('.thread__scroll').evaluate((thread) => thread.scrollTo(0, -2_000));
    const noor = box.simulator.customer(customers.noor.phone, customers.noor);
    await noor.say(box.number.phoneNumberId, 'And one more thing');
    await page.locator('.row--unread', { hasText: 'And one more thing' }).waitFor();
    await page.getByRole('button', { name: '1 new' }).click();
    await page.locator('.row:not(.row--unread)', { hasText: 'And one more thing' }).waitFor();
  });
});

test('arrow keys move among what was found, Escape closes it, then leaves to where one was', async () => {
  await withPage({ url: box.url, cookie, viewport: wide }, async (page) => {
    await page.goto('/inbox/unassigned');
    await page.locator('.row').first().focus();
    await page.keyboard.press('/');
    await page.keyboard.type('noor');
    await found(page).first().waitFor();
    expect(await page.locator('search-box [role=status]').textContent()).toBe('one contact');
    await page.keyboard.press('ArrowDown');
    expect(await page.locator(':focus').textContent()).toContain('Noor Chipo');
    await page.keyboard.press('ArrowDown');
    expect(await page.locator(':focus').textContent()).toContain('All results for “noor”');
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('ArrowUp');
    expect(await page.locator(':focus').getAttribute('name')).toBe('q');
    await page.keyboard.press('Escape');
    expect(await found(page).first().isVisible()).toBe(false);
    expect(await page.locator('#q').inputValue()).toBe('noor');
    await page.keyboard.press('Escape');
    expect(await page.locator('#q').inputValue()).toBe('');
    expect(await page.locator(':focus').getAttribute('class')).toContain('row');
  });
});

test('Enter leads to the page of it; a slash that is typed stays a slash', async () => {
  await withPage({ url: box.url, cookie, viewport: wide }, async (page) => {
    await searchInBox(page, 'geyser');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/search?q=geyser');
    expect(await page.locator('.hit').count()).toBeGreaterThan(1);
    await page.locator('.hit', { hasText: 'Ravi' }).click();
    await page.locator('.msg:target', { hasText: 'Do you sell geysers?' }).waitFor();
    await page.locator('textarea').fill('1');
    await page.keyboard.type('/2');
    expect(await page.locator('textarea').inputValue()).toBe('1/2');
  });
});

test('what is typed too short, found nowhere or cannot be asked is said in the box', async () => {
  await withPage({ url: box.url, cookie, viewport: wide }, async (page) => {
    await page.goto('/inbox/unassigned');
    await page.locator('#q').fill('g');
    await page.locator('.search__found', { hasText: 'A little more, please' }).waitFor();
    await page.locator('#q').fill('<b>nowhere');
    await page.locator('.search__found', { hasText: 'Nothing found for “<b>nowhere”' }).waitFor();
    await page.route('**/search?**', (route) => route.abort());
    await page.locator('#q').fill('geyser');
    await page.locator('.search__found', { hasText: 'could not be reached' }).waitFor();
    await page.unroute('**/search?**');
    await page.locator('#q').fill('geysers');
    await found(page).first().waitFor();
    await page.locator('#q').fill('');
    await page.locator('.search__found').waitFor({ state: 'hidden' });
  });
});

test('without JavaScript and on a phone the page is all there is to it', async () => {
  await withPage({ url: box.url, cookie, viewport: phone, javaScript: false }, async (page) => {
    await page.goto('/inbox/unassigned');
    await page.locator('.dock').getByRole('link', { name: 'Search' }).click();
    await page.locator('#q').fill('old geyser');
    await page.getByRole('button', { name: 'Search' }).click();
    await page.locator('.hit').first().click();
    await page.locator('.msg:target').waitFor();
    expect(await isInView(page, '.msg:target')).toBe(true);
  });
});

test('nothing keeps anybody out, at any width', async () => {
  await withPage({ url: box.url, cookie }, async (page) => {
    for (const path of [
      '/search',
      '/search?q=geyser',
      '/search?q=noor&by=&since=2020-01-01',
      '/search?q=zzz',
    ]) {
      await page.goto(path);
      for (const viewport of [wide, tablet, phone]) {
        await page.setViewportSize(viewport);
        expect(await findBarriers(page), `${path} at ${viewport.width}`).toEqual([]);
        expect(await findCutOff(page), `${path} at ${viewport.width}`).toEqual([]);
      }
    }
    for (const viewport of [wide, tablet]) {
      await page.setViewportSize(viewport);
      await searchInBox(page, 'geyser');
      expect(await findBarriers(page), `box at ${viewport.width}`).toEqual([]);
      expect(await findCutOff(page), `box at ${viewport.width}`).toEqual([]);
    }
    await page.setViewportSize(wide);
    await openOldMessage(page);
    expect(await findBarriers(page)).toEqual([]);
  });
});
