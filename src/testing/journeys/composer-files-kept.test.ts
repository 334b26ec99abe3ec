import { afterAll, beforeAll, beforeEach, expect, test } from 'bun:test';
import type { Page } from 'playwright-core';
import { customers } from '../people.ts';
import { until } from '../until.ts';
import { type DraftWorld, openDraftWorld } from './composer-draft-world.ts';
import { choose, inTray, quote, ready, uploads } from './composer-files-page.ts';
import { holding, show, writing } from './composer-world.ts';

let world: DraftWorld;
beforeAll(async () => {
  world = await openDraftWorld();
});
beforeEach(() => world.emptyDraft());
afterAll(() => world.close());

test('files that end their way at once while another conversation is shown are all in the draft of their own', async () => {
  await world.open('ada', async (page) => {
    const names = ['meanwhile.pdf', 'and another.pdf'];
    await page.clock.install();
    await page.route('**/draft', (route) => route.fulfill({ status: 503 }), { times: 1 });
    await leaveUploading(page, names);
    // The socket stays up, so that time alone brings another try.
    await page.locator('body[data-refused]').waitFor();
    await page.clock.fastForward(15_000);
    await until('both are in the draft', async () => (await filesOfDraft()).length === 2);
    expect(await page.locator('.tray__file').count()).toBe(0);
    await show(page, world.path);
    for (const name of names) {
      await ready(page, name);
    }
  });
});

test('a file that waits behind another one for its draft stands in its box whenever that is opened', async () => {
  await world.open('ada', async (page) => {
    const names = ['in front.pdf', 'behind.pdf'];
    await page.clock.install();
    const drafts = await holding(page, '**/draft');
    await leaveUploading(page, names);
    await page.clock.fastForward(11_000);
    await page.locator(`#row-${world.id} a`).click();
    for (const name of names) {
      await ready(page, name);
    }
    drafts.letGo();
    await until('both are in the draft', async () => (await filesOfDraft()).length === 2);
    for (const name of names) {
      await inTray(page, name).getByRole('button').click();
    }
    await until('none is in the draft', async () => (await filesOfDraft()).length === 0);
  });
});

test('a file whose draft could not be reached goes on with the next page', async () => {
  await world.open('ada', async (page) => {
    await page.route('**/draft', (route) => route.fulfill({ status: 503 }));
    await leaveUploading(page, ['next page.pdf']);
    await page.locator('body[data-refused]').waitFor();
    await page.unrouteAll();
    await show(page, world.path);
    await ready(page, 'next page.pdf');
    expect(await page.locator('.tray__file').count()).toBe(1);
  });
});

/** Files that arrive once another conversation is shown, and is live. */
async function leaveUploading(page: Page, names: readonly string[]): Promise<void> {
  const upload = await holding(page, uploads);
  await choose(page, ...names.map((name) => quote(name)));
  await inTray(page, names.at(-1) ?? '').waitFor();
  await page.evaluate(() => {
    const note = (what: string) => document.body.setAttribute(`data-${what}`, '');
    const ask = window.fetch;
    const noting = async (...asked: Parameters<typeof ask>) => {
      const answer = await ask(...asked);
      // After whoever asked has made something of it.
      setTimeout(() => answer.status === 503 && note('refused'));
      return answer;
    };
    Object.assign(window, { fetch: noting });
    document.addEventListener('oono:connected', () => note('joined'));
    let arrived = 0;
    document.addEventListener('oono:file-changed', (event) => {
      if (event instanceof CustomEvent && event.detail.state === 'ready') {
        arrived += 1;
        note(`arrived-${arrived}`);
      }
    });
  });
  await page.locator('.row__item a', { hasText: customers.ravi.name }).click();
  await page.locator('.msg', { hasText: 'Is the drill back?' }).waitFor();
  await page.locator('body[data-joined]').waitFor();
  upload.letGo();
  await page.locator(`body[data-arrived-${names.length}]`).waitFor();
}

const filesOfDraft = async () => (await world.draft()).files;

test('a file gets into a draft that is changed elsewhere at the same moment, and leaves that change as it is', async () => {
  const { ada, draftPath } = world;
  await world.open('ada', async (page) => {
    const upload = await holding(page, uploads);
    await choose(page, quote('in-between.pdf'));
    await inTray(page, 'in-between.pdf').waitFor();
    await page.locator('.row__item a', { hasText: customers.ravi.name }).click();
    await page.locator('.msg', { hasText: 'Is the drill back?' }).waitFor();
    await page.route(
      `**${draftPath}`,
      async (route) => {
        const read = await route.fetch();
        const { key, revision } = (await read.json()) as { key: string; revision: number };
        await ada.post(draftPath, { text: 'From the phone.', key, revision: String(revision), files: '' });
        await route.fulfill({ response: read });
      },
      { times: 1 },
    );
    const kept = page.waitForResponse(
      (answer) => answer.url().endsWith(draftPath) && answer.request().method() === 'POST' && answer.ok(),
    );
    upload.letGo();
    await kept;
    await show(page, world.path);
    await ready(page, 'in-between.pdf');
    expect(await writing(page).inputValue()).toBe('From the phone.');
  });
});

test('what was not uploaded lies in this browser, goes on with the next page that can read it, and signing out asks', async () => {
  await world.open('ada', async (page) => {
    await page.route(uploads, (route) => route.abort());
    await choose(page, quote('offline.pdf'));
    await inTray(page, 'offline.pdf').getByText('kept in this browser').waitFor();
    const asked = page.waitForEvent('dialog');
    await page.evaluate(() =>
      document.querySelector<HTMLFormElement>('form[action="/logout"]')?.requestSubmit(),
    );
    const question = await asked;
    expect(question.message()).toContain('files were not sent');
    await question.dismiss();

    await page.unrouteAll();
    await page.addInitScript(() => {
      if (sessionStorage.getItem('unreadable') !== null) {
        IDBObjectStore.prototype.getKey = () => {
          document.documentElement.setAttribute('data-unreadable', '');
          throw new DOMException('The disk does not answer.', 'UnknownError');
        };
      }
    });
    await page.evaluate(() => sessionStorage.setItem('unreadable', ''));
    await show(page, world.path);
    await page.locator('html[data-unreadable]').waitFor();
    await page.evaluate(() => sessionStorage.clear());
    await show(page, world.path);
    await ready(page, 'offline.pdf');
    await show(page, world.path);
    expect(await inTray(page, 'offline.pdf').count()).toBe(1);
  });
});

test('what waits in one tab is left to it by another, and taken up once by the one that comes after it', async () => {
  await world.open('ada', async (one) => {
    const two = await one.context().newPage();
    const posts: string[] = [];
    for (const page of [one, two]) {
      page.on('request', (request) => {
        if (request.method() === 'POST' && /\/files$/.test(request.url())) {
          posts.push(request.headers()['x-file-name'] ?? '');
        }
      });
    }
    await one.route(uploads, (route) => route.abort());
    await choose(one, quote('mine.pdf'));
    await inTray(one, 'mine.pdf').getByText('kept in this browser').waitFor();

    await show(two, world.path);
    await choose(two, quote('yours.pdf'));
    await ready(two, 'yours.pdf');
    expect(posts).toEqual(['mine.pdf', 'yours.pdf']);

    await one.close();
    const script = await holding(two, '**/tray.js*');
    await show(two, world.path);
    await two.evaluate(
      () =>
        new Promise((resolve) => {
          document.addEventListener('oono:tray', () => resolve(null));
          document.dispatchEvent(new CustomEvent('oono:opened'));
        }),
    );
    script.letGo();
    await ready(two, 'mine.pdf');
    await choose(two, quote('after.pdf'));
    await ready(two, 'after.pdf');
    expect(posts).toEqual(['mine.pdf', 'yours.pdf', 'mine.pdf', 'after.pdf']);
    for (const name of ['mine.pdf', 'yours.pdf', 'after.pdf']) {
      expect(await inTray(two, name).count()).toBe(1);
    }
  });
});
