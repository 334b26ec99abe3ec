import { afterAll, beforeAll, expect, test } from 'bun:test';
import type { Page } from 'playwright-core';
import { type Box, openBox } from '../box.ts';
import { type PageOptions, withPage } from '../browser.ts';
import { customers, people } from '../people.ts';
import { findBarriers, findCutOff } from './barriers.ts';

let box: Box;
const { noor, ravi } = customers;
let second = Math.floor(Date.now() / 1000) - 60;

beforeAll(async () => {
  box = await openBox();
  for (const who of [noor, ravi]) {
    await box.simulator.customer(who.phone, who).say(box.number.phoneNumberId, `${who.name} is here`);
  }
  await box.settled();
});
afterAll(() => box.close());

const as = async <T>(
  person: keyof typeof people,
  work: (page: Page) => Promise<T>,
  options: Pick<PageOptions, 'javaScript' | 'viewport'> = {},
): Promise<T> => withPage({ url: box.url, cookie: (await box.as(person)).cookie ?? '', ...options }, work);

const rows = (page: Page) => page.locator('.row__item .row__name bdi');
const bubble = (page: Page, text: string) => page.locator('.log .msg', { hasText: text });

/** A message as WhatsApp sends it about somebody it names by some of their ids only. */
async function hear(
  text: string,
  ids: { from?: string; from_user_id?: string },
  name?: string,
): Promise<void> {
  second += 1;
  const { phoneNumberId, wabaId } = box.number;
  const profile = name === undefined ? {} : { name };
  const message = {
    id: `wamid.heard.${second}`,
    timestamp: String(second),
    type: 'text',
    text: { body: text },
  };
  const value = {
    messaging_product: 'whatsapp',
    metadata: { display_phone_number: '263770000100', phone_number_id: phoneNumberId },
    contacts: [{ profile, wa_id: ids.from, user_id: ids.from_user_id }],
    messages: [{ ...message, ...ids }],
  };
  const entry = [{ id: wabaId, changes: [{ field: 'messages', value }] }];
  await box.simulator.deliver(phoneNumberId, { object: 'whatsapp_business_account', entry });
  await box.settled();
}

test('somebody merges two contacts without a script, and parts them again', async () => {
  await as(
    'ada',
    async (page) => {
      await page.goto('/inbox/all');
      await page.locator('.row__item a', { hasText: ravi.name }).click();
      await page.goto(page.url().replace(/(\?.*)?$/, '/contact'));
      await page.getByRole('link', { name: 'Merge with another contact' }).click();
      await page.getByRole('searchbox').fill('Noor');
      await page.getByRole('button', { name: 'Search' }).click();
      await page.locator('.choose a', { hasText: noor.name }).click();
      await page.getByText('two conversations become one').waitFor();
      await page.getByText('WhatsApp knows them as two people').waitFor();
      await page.getByRole('button', { name: 'Merge the two' }).click();
      await page.getByText('The two are one contact now.').waitFor();
      await page.goto('/inbox/all');
      expect(await rows(page).allTextContents()).toEqual([noor.name]);
      await page.locator('.row__item a').first().click();
      await bubble(page, `${noor.name} is here`).waitFor();
      await bubble(page, `${ravi.name} is here`).waitFor();
      await page.getByText(`${people.ada.name} merged two contacts`).waitFor();

      await page.goto(page.url().replace(/(\?.*)?$/, '/contact'));
      await page.getByRole('link', { name: 'Merge with another contact' }).click();
      await page.getByRole('button', { name: `Undo the merge with ${ravi.name}` }).click();
      await page.getByText('The two are separate again.').waitFor();
      await page.goto('/inbox/all');
      expect((await rows(page).allTextContents()).sort()).toEqual([noor.name, ravi.name]);
    },
    { javaScript: false },
  );
});

test('the search, what happens, and what was merged stand in nobody’s way, at any width', async () => {
  const ids = await box.inbox(async ({ rows }) =>
    rows('select id from contacts order by id').map(([id]) => Number(id)),
  );
  const [one, other] = ids;
  for (const width of [360, 820, 1440]) {
    await as(
      'ada',
      async (page) => {
        const look = async () => {
          expect(await findBarriers(page)).toEqual([]);
          expect(await findCutOff(page)).toEqual([]);
        };
        await page.goto(`/contacts/${one}/merge?q=Ravi`);
        await look();
        await page.goto(`/contacts/${one}/merge?other=${other}`);
        await look();
        await page.getByRole('button', { name: 'Merge the two' }).click();
        await page.getByText('The two are one contact now.').waitFor();
        await look();
        await page.goto(`/contacts/${one}/merge?other=${other}`);
        await page.getByRole('alert').getByText('These two are one contact already.').waitFor();
        await page.getByRole('searchbox').waitFor();
        await look();
        await page.getByRole('button', { name: 'Undo the merge' }).click();
        await page.getByText('The two are separate again.').waitFor();
      },
      { viewport: { width, height: 900 } },
    );
  }
});

test('when WhatsApp shows two contacts to be one, screens that are open show one', async () => {
  await hear('By my number', { from: '263775550142' });
  await hear('Under my username', { from_user_id: 'ZW.7755501429' });
  await as('bo', async (page) => {
    await page.goto('/inbox/all');
    await page.locator('.row__item a', { hasText: 'ZW.7755501429' }).click();
    await bubble(page, 'Under my username').waitFor();
    await hear('It is me', { from: '263775550142', from_user_id: 'ZW.7755501429' }, 'Rudo Moyo');
    await bubble(page, 'It is me').waitFor();
    await bubble(page, 'By my number').waitFor();
    await page.locator('.row__item a', { hasText: 'Rudo Moyo' }).waitFor();
    expect(await page.locator('.row__item', { hasText: 'ZW.7755501429' }).count()).toBe(0);
    await page.locator('.head__who h2', { hasText: 'Rudo Moyo' }).waitFor();
  });
});

test('what is drawn anew in its place goes on being live', async () => {
  const ada = await box.as('ada');
  await as('bo', async (page) => {
    await page.goto('/inbox/all');
    await page.locator('.row__item a', { hasText: ravi.name }).click();
    await bubble(page, `${ravi.name} is here`).waitFor();
    await page.waitForLoadState('networkidle');
    await page.evaluate(() =>
      document.addEventListener('oono:opened', () => {
        const isAgain = () => document.body.setAttribute('data-joined', '');
        document.addEventListener('oono:connected', isAgain, { once: true });
      }),
    );
    const path = await page.locator('.contact form[action$="/blocking"]').getAttribute('action');
    await ada.post(path ?? '', {});
    await page.locator('.shut', { hasText: 'blocked' }).waitFor();
    await page.locator('body[data-joined]').waitFor();
  });
});

test('a box that comes back after a gap holds the draft that is kept', async () => {
  const ada = await box.as('ada');
  const bo = await box.as('bo');
  await as('bo', async (page) => {
    await page.routeWebSocket(/\/live/, () => undefined);
    await page.goto('/inbox/blocked');
    await page.locator('.row__item a', { hasText: ravi.name }).click();
    await page.locator('.shut', { hasText: 'blocked' }).waitFor();
    const path = await page.locator('.contact form[action$="/unblocking"]').getAttribute('action');
    const id = page.url().split('/').at(-1);
    await bo.post(`/conversations/${id}/draft`, { text: 'Half a thought', key: 'k', revision: '5' });
    await ada.post(path ?? '', {});
    await page.evaluate(() => document.dispatchEvent(new CustomEvent('oono:stale')));
    await page.locator('textarea').waitFor();
    expect(await page.locator('textarea').inputValue()).toBe('Half a thought');
  });
});
