import { afterAll, beforeAll, beforeEach, expect, test } from 'bun:test';
import type { Page, Request, Route } from 'playwright-core';
import type { Client } from '../client.ts';
import {
  bubbles,
  type ComposerWorld,
  emptyDraft,
  openComposerWorld,
  pending,
  send,
  show,
  taken,
  writing,
} from './composer-world.ts';

let world: ComposerWorld;
let ada: Client;
beforeAll(async () => {
  world = await openComposerWorld();
  ada = await world.box.as('ada');
});
beforeEach(() => emptyDraft(ada, world.id));
afterAll(() => world.close());

const posts = '**/conversations/*/messages';

/** The first post waits until it is let go. */
async function holdPosts(page: Page) {
  const held = Promise.withResolvers<void>();
  const reached = Promise.withResolvers<void>();
  await page.route(posts, async (route: Route) => {
    reached.resolve();
    await held.promise;
    await route.continue();
  });
  return { letGo: held.resolve, reached: reached.promise };
}

/** Counts, at every change of the page, how many bubbles say this; the most there ever were is read at the end. */
async function watchBubbles(page: Page, text: string): Promise<() => Promise<number>> {
  await page.evaluate((said) => {
    const count = () => {
      const all = [...document.querySelectorAll('.log .msg--out')];
      const most = Number(document.body.dataset.most ?? 0);
      const here = all.filter((item) => item.textContent?.includes(said)).length;
      document.body.dataset.most = String(Math.max(most, here));
    };
    new MutationObserver(count).observe(document.body, { childList: true, subtree: true });
  }, text);
  return () => page.evaluate(() => Number(document.body.dataset.most));
}

test('the bubble is there before the server has the message, and becomes the message in its place', async () => {
  await world.open('ada', async (page) => {
    const most = await watchBubbles(page, 'Twenty bags.');
    const { letGo, reached } = await holdPosts(page);
    await send(page, 'Twenty bags.');
    await reached;
    await pending(page, 'Twenty bags.').waitFor();
    expect(await writing(page).inputValue()).toBe('');
    expect(await writing(page).evaluate((box) => box === document.activeElement)).toBe(true);

    letGo();
    await taken(page, 'Twenty bags.').waitFor();
    expect(await pending(page, 'Twenty bags.').count()).toBe(0);
    expect(await most()).toBe(1);
  });
});

test('the message follows the key press within a tenth of a second', async () => {
  await world.open('ada', async (page) => {
    await holdPosts(page);
    await writing(page).fill('At once.');
    // One turn of the loop is far less than a tenth of a second, on the slowest machine too.
    const isShown = await page.evaluate(async () => {
      document.querySelector<HTMLFormElement>('compose-box form')?.requestSubmit();
      await new Promise((resume) => requestAnimationFrame(resume));
      return document.querySelector('.log .msg--pending')?.textContent?.includes('At once.');
    });
    expect(isShown).toBe(true);
    await page.unrouteAll({ behavior: 'ignoreErrors' });
  });
});

test('without a connection the text is kept, and a click sends it under the same key, once', async () => {
  await world.open('ada', async (page) => {
    const keys: (string | null)[] = [];
    page.on('request', (request: Request) => {
      if (request.method() === 'POST' && request.url().endsWith('/messages')) {
        keys.push(new URLSearchParams(request.postData() ?? '').get('key'));
      }
    });
    await page.context().setOffline(true);
    await send(page, 'From the tunnel.');
    const failed = page.locator('.msg--pending.failed', { hasText: 'From the tunnel.' });
    await failed.getByRole('button', { name: 'Retry' }).waitFor();
    expect(await failed.getByRole('alert').textContent()).toContain('could not be reached');

    await failed.getByRole('button', { name: 'Retry' }).click();
    await page.locator('.msg--pending.failed', { hasText: 'From the tunnel.' }).waitFor();
    await page.context().setOffline(false);
    expect(world.sent()).not.toContain('From the tunnel.');
    await failed.getByRole('button', { name: 'Retry' }).click();
    await taken(page, 'From the tunnel.').waitFor();

    expect(await bubbles(page, 'From the tunnel.').count()).toBe(1);
    expect(keys).toHaveLength(3);
    expect(new Set(keys).size).toBe(1);
  });
  expect((await world.allSent()).filter((text) => text === 'From the tunnel.')).toHaveLength(1);
});

test('a message whose answer was lost is shown once, and sent once', async () => {
  await world.open('ada', async (page) => {
    const most = await watchBubbles(page, 'Is it there?');
    await page.route(posts, async (route) => {
      await route.fetch();
      await route.abort();
    });
    await send(page, 'Is it there?');
    await taken(page, 'Is it there?').waitFor();
    // The live push may be here before the answer that is lost.
    await page.unrouteAll({ behavior: 'wait' });
    expect(await page.locator('.msg--pending').count()).toBe(0);
    expect(await most()).toBe(1);
  });
});

test('what did not get through can be thrown away', async () => {
  await world.open('ada', async (page) => {
    await page.route(posts, (route) => route.abort());
    await send(page, 'Never mind.');
    await page.locator('.msg--pending.failed', { hasText: 'Never mind.' }).waitFor();
    await page.getByRole('button', { name: 'Discard' }).click();

    expect(await bubbles(page, 'Never mind.').count()).toBe(0);
    await page.unrouteAll();
    await show(page, world.path);
    expect(await bubbles(page, 'Never mind.').count()).toBe(0);
  });
});

test('messages arrive in the order they were written, however fast', async () => {
  await world.open('ada', async (page) => {
    const { letGo, reached } = await holdPosts(page);
    await send(page, 'One.');
    await send(page, 'Two.');
    await send(page, 'Three.');
    await reached;
    expect(await page.locator('.msg--pending').count()).toBe(3);
    letGo();
    for (const text of ['One.', 'Two.', 'Three.']) {
      await taken(page, text).waitFor();
    }
    const said = await page.locator('.log .msg--out .text').allTextContents();
    expect(said.slice(-3).map((text) => text.split('.')[0])).toEqual(['One', 'Two', 'Three']);
  });
  await world.box.simulator.waitFor(
    ({ type, body }) => type === 'text' && JSON.stringify(body).includes('Three.'),
  );
  expect(world.sent().slice(-3)).toEqual(['One.', 'Two.', 'Three.']);
});

test('what is refused for certain stands in the box again, with the reason and what was typed since', async () => {
  await world.open('ada', async (page) => {
    const { letGo, reached } = await holdPosts(page);
    const tooLong = 'a'.repeat(4097);
    await send(page, tooLong);
    await reached;
    await writing(page).pressSequentially('and');
    letGo();
    await page.locator('#text-wrong', { hasText: '4,096' }).waitFor();

    expect(await writing(page).inputValue()).toBe(`${tooLong}\nand`);
    expect(await page.locator('.msg--pending').count()).toBe(0);
  });
});

test('what is refused once there is no box any more stays in its bubble', async () => {
  const contact = await world.box.inbox(async ({ rows }) => Number(rows('select id from contacts')[0]?.[0]));
  const ada = await world.box.as('ada');
  await world.open('ada', async (page) => {
    const { letGo, reached } = await holdPosts(page);
    await send(page, 'Just as you were blocked.');
    await reached;
    await ada.post(`/contacts/${contact}/blocking`, {});
    await page.locator('.shut', { hasText: 'blocked' }).waitFor();
    letGo();
    const left = page.locator('.msg--pending.failed', { hasText: 'Just as you were blocked.' });
    await left.waitFor();
    await ada.post(`/contacts/${contact}/unblocking`, {});
    await writing(page).waitFor();
    await left.getByRole('button', { name: 'Discard' }).click();
    await left.waitFor({ state: 'detached' });
  });
});

test('a quote is in the bubble at once', async () => {
  await world.open('ada', async (page) => {
    await holdPosts(page);
    await page.locator('.msg--in .msg__more summary').first().click();
    await page.getByRole('link', { name: 'Reply to this' }).click();
    await send(page, 'Quoted.');
    await pending(page, 'Quoted.').locator('.quote', { hasText: 'Do you have cement?' }).waitFor();
    expect(await page.locator('.composer__quote').isHidden()).toBe(true);
    await page.unrouteAll({ behavior: 'ignoreErrors' });
  });
});

test('Enter in an empty box sends nothing', async () => {
  await world.open('ada', async (page) => {
    await writing(page).fill('  ');
    await writing(page).press('Enter');
    expect(await page.locator('.msg--pending').count()).toBe(0);
  });
});

test('the Enter that ends a word of an input method sends nothing, in Safari too', async () => {
  await world.open('ada', async (page) => {
    await writing(page).fill('にほん');
    for (const init of [{ isComposing: true }, { keyCode: 229 }]) {
      await writing(page).dispatchEvent('keydown', { key: 'Enter', ...init });
    }
    expect(await page.locator('.msg--pending').count()).toBe(0);
    expect(await writing(page).inputValue()).toBe('にほん');
    await writing(page).fill('');
  });
});

/** Notes in the page whether a failure was in the browser's store by the time it was first shown. */
function watchStored(page: Page): Promise<void> {
  return page.evaluate(() => {
    const { put } = IDBObjectStore.prototype;
    const said = document.body.dataset;
    IDBObjectStore.prototype.put = function (record) {
      const isFailed = record.letter.isFailed === true;
      this.transaction.addEventListener('complete', () => {
        said.stored = isFailed ? 'failed' : 'sent';
      });
      return put.call(this, record);
    };
    new MutationObserver(() => {
      if (document.querySelector('.msg--pending.failed') !== null) {
        said.storedWhenShown ??= said.stored ?? 'nothing';
      }
    }).observe(document.body, { subtree: true, attributeFilter: ['class'] });
  });
}

test('what was not sent is there again after the page was loaded anew, and goes out once', async () => {
  await world.open('ada', async (page) => {
    await watchStored(page);
    await page.route(posts, (route) => route.abort());
    await writing(page).fill('Kept');
    await page.locator('.row__draft', { hasText: 'Kept' }).waitFor();
    await send(page, 'Kept here.');
    await page.locator('.msg--pending.failed', { hasText: 'Kept here.' }).waitFor();
    expect(await page.evaluate(() => document.body.dataset.storedWhenShown)).toBe('failed');
    await page.unrouteAll();
    await show(page, world.path);
    const kept = page.locator('.msg--pending.failed', { hasText: 'Kept here.' });
    await kept.waitFor();
    // The draft it was written as carries its key.
    expect(await writing(page).inputValue()).toBe('Kept');
    await send(page, 'Another one.');
    await taken(page, 'Another one.').waitFor();
    await kept.getByRole('button', { name: 'Retry' }).click();
    await taken(page, 'Kept here.').waitFor();
    await show(page, world.path);
    expect(await bubbles(page, 'Kept here.').count()).toBe(1);
    expect(await page.locator('.msg--pending').count()).toBe(0);
  });
});

test('signing out asks before it deletes what was not sent, on every page', async () => {
  await world.open('ada', async (page) => {
    await page.route(posts, (route) => route.abort());
    await send(page, 'Lost?');
    await page.locator('.msg--pending.failed', { hasText: 'Lost?' }).waitFor();
    const signOut = () =>
      page.evaluate(() => document.querySelector<HTMLFormElement>('form[action="/logout"]')?.requestSubmit());

    const isAsked = async () => {
      const asked = page.waitForEvent('dialog');
      await signOut();
      const question = await asked;
      expect(question.message()).toContain('not sent');
      await question.dismiss();
    };
    await isAsked();
    expect(await bubbles(page, 'Lost?').count()).toBe(1);
    for (const elsewhere of ['/me', '/operator']) {
      await page.goto(elsewhere);
      await isAsked();
    }

    page.once('dialog', (dialog) => void dialog.accept());
    await signOut();
    await page.waitForURL('**/login**');
  });
});
