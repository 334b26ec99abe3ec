import { afterAll, beforeAll, describe, expect, test } from 'bun:test';
import type { Page } from 'playwright-core';
import { contacts, numbers } from '#src/db/schema/inbox/index.ts';
import { type FileBox, openFileBox } from '#src/messages/file-testing.ts';
import { sendingKinds } from '#src/messages/sending-form.ts';
import { sample } from '#src/simulator/samples/samples.ts';
import { readBodies } from '#src/whatsapp/bodies/bodies.ts';
import { withPage } from '../browser.ts';
import { findBarriers, findCutOff } from './barriers.ts';

const wide = { width: 1440, height: 900 };
const tablet = { width: 820, height: 1180 };
const phone = { width: 320, height: 640 };

let box: FileBox;
let thread: string;
beforeAll(async () => {
  box = await openFileBox();
  thread = `/inbox/all/${box.conversationId}`;
});
afterAll(() => box.close());

const asAda = () => ({ url: box.url, cookie: box.ada.cookie ?? '' });
const lastSent = async () => {
  await box.settled();
  return box.simulator.sent.at(-1)?.body ?? {};
};

test('a list is sent by the keyboard alone, from the box and back to the conversation', async () => {
  await withPage(asAda(), async (page) => {
    await page.goto(thread);
    await page.locator('textarea').first().focus();
    await page.keyboard.press('Alt+ArrowUp');
    await page.locator('.menu--start > summary').focus();
    await page.keyboard.press('Enter');
    await page.locator('.menu--start .pop a', { hasText: 'List to choose from' }).focus();
    await page.keyboard.press('Enter');
    await page.waitForURL('**/messages/list?*');
    for (const [field, text] of [
      ['text', 'Which seed?'],
      ['listButton', 'See them'],
      ['row1', 'SC 513'],
    ] as const) {
      await page.locator(`#${field}`).focus();
      await page.keyboard.type(text);
    }
    await page.keyboard.press('Enter');
    await page.waitForURL(`**${thread}`);
    await page.locator('.msg--out .asks summary', { hasText: 'See them' }).waitFor();
  });
  expect(await lastSent()).toMatchObject({
    interactive: { type: 'list', body: { text: 'Which seed?' } },
    context: { message_id: expect.any(String) },
  });
});

test('the preview of a link is chosen for one text, and the next goes without', async () => {
  await withPage(asAda(), async (page) => {
    await page.goto(thread);
    for (const isWanted of [true, false]) {
      if (isWanted) {
        await page.locator('.menu--start > summary').click();
        await page.locator('input[name=preview]').check();
      }
      const text = `https://shop.example/${isWanted}`;
      await page.locator('textarea').first().fill(text);
      await page.locator('.composer__send').click();
      await page.locator('.msg--out:not(.msg--pending)', { hasText: text }).waitFor();
      expect(await lastSent()).toMatchObject({ text: { body: text, preview_url: isWanted } });
    }
  });
});

test('without JavaScript a place and a picture above a link are sent, and a customer is blocked and unblocked', async () => {
  await withPage({ ...asAda(), javaScript: false }, async (page) => {
    await page.goto(thread);
    await page.locator('.menu--start > summary').click();
    await page.locator('.menu--start .pop a', { hasText: 'Location' }).first().click();
    await page.locator('#latitude').fill('-17.8');
    await page.locator('#longitude').fill('31.05');
    await page.locator('#send').click();
    await page.waitForURL(`**${thread}`);
    expect(await lastSent()).toMatchObject({ location: { latitude: -17.8, longitude: 31.05 } });

    await lookAtPicture(page);
    await page.locator('#send').click();
    await page.waitForURL(`**${thread}`);
    expect(await lastSent()).toMatchObject({
      interactive: { type: 'cta_url', header: { type: 'image' }, body: { text: 'Look' } },
    });

    await page.locator('.contact summary', { hasText: 'Block this customer' }).click();
    await page.locator('form[action$="/blocking"] button').click();
    await page.locator('.shut', { hasText: 'You have blocked this customer' }).waitFor();
    await page.locator('compose-box form[action$="/unblocking"] button').click();
    await page.locator('textarea').first().waitFor();
  });
});

test('a block takes the box from everybody who has the conversation open, and gives it back with its end', async () => {
  await withPage(asAda(), async (page) => {
    await page.goto(thread);
    await block('blocking');
    await page.locator('.shut', { hasText: 'You have blocked this customer' }).waitFor();
    await block('unblocking');
    await page.locator('compose-box textarea').waitFor();
  });
});

describe('nothing of it keeps anybody out, in light and in dark', () => {
  beforeAll(async () => {
    for (const { value } of readBodies('sending')) {
      const type = String(value.type);
      if (['location', 'contacts', 'interactive'].includes(type)) {
        const message = await box.withOwnFiles({ type, [type]: value[type] });
        await box.api(`/api/v1/conversations/${box.conversationId}/messages`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID() },
          body: JSON.stringify(message),
        });
      }
    }
    await box.settled();
  });

  describe.each([
    ['wide screens', wide],
    ['phones', phone],
  ])('on %s', (_, viewport) => {
    const at = (work: (page: Page, look: (path: string) => Promise<void>) => Promise<void>) =>
      withPage(asAda(), async (page) => {
        await page.setViewportSize(viewport);
        await work(page, async (path) => {
          expect(await findBarriers(page), path).toEqual([]);
          expect(await findCutOff(page), path).toEqual([]);
        });
      });

    test('what was sent, the menu and the forms', () =>
      at(async (page, look) => {
        await page.goto(thread);
        await page.evaluate(() => {
          for (const list of document.querySelectorAll('details.asks')) {
            list.setAttribute('open', '');
          }
        });
        await look('the thread');
        await page.locator('.menu--start > summary').click();
        await look('the menu');
        for (const kind of sendingKinds) {
          const path = `/conversations/${box.conversationId}/messages/${kind}?back=all`;
          // One of them as it comes back with a preview: that page has everything the others have.
          await (kind === 'cta_url' ? lookAtPicture(page) : page.goto(path));
          await look(path);
        }
      }));

    test('the settings, a customer who is blocked, and a number that is paused', () =>
      at(async (page, look) => {
        await page.goto(`/numbers/${await numberId()}/sending`);
        await look('the settings of a number');
        await block('blocking');
        for (const path of [thread, `${thread}/contact`, '/inbox/blocked']) {
          await page.goto(path);
          await look(`blocked: ${path}`);
        }
        await page.setViewportSize(tablet);
        const [inner = 1, outer = 0] = await page
          .locator('.tabs')
          .evaluate(({ scrollWidth, clientWidth }) => [scrollWidth, clientWidth]);
        expect(inner, 'the menu of views is in the list').toBeLessThanOrEqual(outer);
        await page.setViewportSize(viewport);
        await block('unblocking');
        await box.pauseNumber('token');
        await page.goto(thread);
        await page.locator('.paused').waitFor();
        await look('a paused number');
        const way = page.locator('.paused').getByRole('link', { name: 'What can be done' });
        expect(await way.getAttribute('href')).toBe(`/numbers/${await numberId()}`);
        expect(await way.isVisible()).toBe(true);
        await page.evaluate(() =>
          document.querySelector('.thread')?.setAttribute('data-may', 'messages.send'),
        );
        expect(await way.isVisible()).toBe(false);
        await box.resumeNumber();
      }));
  });
});

/** A link as a button with a picture above it, filled in and shown as the customer would see it. */
async function lookAtPicture(page: Page): Promise<void> {
  await page.goto(`/conversations/${box.conversationId}/messages/cta_url?back=all`);
  const [words, file] = [page.locator('input[name=header]'), page.locator('input[type=file]')];
  expect([await words.isVisible(), await file.isVisible()]).toEqual([false, false]);
  await page.locator('input[name=heading][value=file]').check();
  expect([await words.isVisible(), await file.isVisible()]).toEqual([false, true]);
  const { bytes, mime, filename } = await sample('photo');
  await file.setInputFiles({ name: filename, mimeType: mime, buffer: Buffer.from(bytes) });
  await page.locator('#text').fill('Look');
  await page.locator('#linkLabel').fill('Open');
  await page.locator('#url').fill('https://shop.example/1');
  await page.locator('button[formaction]').click();
  await page.locator('.seen .bubble img').waitFor();
}

const numberId = () => box.inbox(async ({ sql: db }) => (await db.select().from(numbers))[0]?.id);
async function block(verb: 'blocking' | 'unblocking'): Promise<void> {
  const [contact] = await box.inbox(({ sql: db }) => db.select().from(contacts));
  await box.ada.post(`/contacts/${contact?.id}/${verb}`, { back: 'all' });
}
