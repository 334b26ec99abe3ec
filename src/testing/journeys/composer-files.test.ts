import { afterAll, beforeAll, beforeEach, expect, test } from 'bun:test';
import type { Page } from 'playwright-core';
import { customers } from '../people.ts';
import { until } from '../until.ts';
import { findBarriers, findCutOff } from './barriers.ts';
import { type DraftWorld, openDraftWorld } from './composer-draft-world.ts';
import { choose, inTray, quote, ready, trayLoaded, uploads } from './composer-files-page.ts';
import { holding, pending, show, writing } from './composer-world.ts';

let world: DraftWorld;
let picture: Buffer;
beforeAll(async () => {
  world = await openDraftWorld();
  picture = await world.open('ada', (page) => page.screenshot({ type: 'jpeg', quality: 60 }));
});
beforeEach(() => world.emptyDraft());
afterAll(() => world.close());

const photo = (name = 'roof.jpg') => ({ name, mimeType: 'image/jpeg', buffer: picture });
const out = (page: Page) => page.locator('.log .msg--out:not(.msg--pending)');
const sendButton = (page: Page) => page.locator('.composer__send');
const uploaded = () => world.box.simulator.uploads.map(({ mime }) => mime);
/** Waits for the message that takes a file named so to WhatsApp, and answers its body. */
const sentWith = (what: string) =>
  world.box.simulator.waitFor(({ body }) => JSON.stringify(body).includes(what));

/** As if they were dragged from a folder over the thread, or pasted. */
const hand = (page: Page, event: 'drop' | 'paste', name: string, type: string, text?: string) =>
  page.evaluate(
    ([event, name, type, text, bytes]) => {
      const data = new DataTransfer();
      data.items.add(new File([new Uint8Array(bytes)], name, { type }));
      if (text !== undefined) {
        data.setData('text/plain', text);
      }
      const init = { bubbles: true, cancelable: true, dataTransfer: data, clipboardData: data };
      const target = document.querySelector(event === 'drop' ? '.thread' : 'compose-box textarea');
      target?.dispatchEvent(event === 'drop' ? new DragEvent(event, init) : new ClipboardEvent(event, init));
    },
    [event, name, type, text, [...picture]] as const,
  );

test('a picture and a document go out from the file button, the text under the first', async () => {
  await world.open('ada', async (page) => {
    const before = await out(page).count();
    await choose(page, photo(), quote());
    await ready(page, 'roof.jpg');
    await ready(page, 'quote.pdf');
    await page.getByText('Your text goes under the first file.').waitFor();
    await writing(page).fill('Cut to 6 metres.'.padEnd(1025));
    await page.getByText('Your text goes out before this').waitFor();
    await writing(page).fill('Cut to 6 metres.');
    const message = await holding(page, '**/conversations/*/messages');
    await sendButton(page).click();
    await pending(page, 'Cut to 6 metres.').locator('img').waitFor();
    await pending(page, 'Cut to 6 metres.').getByText('quote.pdf').waitFor();
    message.letGo();
    await out(page)
      .nth(before + 1)
      .waitFor();
    await page.locator('.msg--pending').waitFor({ state: 'detached' });

    expect(await page.locator('.tray__file').count()).toBe(0);
    expect(await out(page).nth(before).textContent()).toContain('Cut to 6 metres.');
    await sentWith('quote.pdf');
  });
  expect(uploaded().slice(-2).sort()).toEqual(['application/pdf', 'image/jpeg']);
  expect(world.box.simulator.sent.map(({ type }) => type).slice(-2)).toEqual(['image', 'document']);
});

test('files are dropped onto the thread, and a screenshot is pasted; copied text stays text', async () => {
  await world.open('ada', async (page) => {
    await page.evaluate(() => {
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File(['x'], 'x.txt'));
      document
        .querySelector('.thread')
        ?.dispatchEvent(new DragEvent('dragenter', { bubbles: true, cancelable: true, dataTransfer }));
    });
    await page.locator('.dropzone', { hasText: 'Drop the files here' }).waitFor();
    await hand(page, 'drop', 'dropped.jpg', 'image/jpeg');
    await ready(page, 'dropped.jpg');
    expect(await page.locator('.dropzone').count()).toBe(0);
    await hand(page, 'paste', 'image.png', 'image/png');
    await ready(page, 'image.png');
    await hand(page, 'paste', 'cells.png', 'image/png', 'A cell of a table');
    expect(await inTray(page, 'cells.png').count()).toBe(0);

    await inTray(page, 'dropped.jpg').getByRole('button').click();
    await inTray(page, 'image.png').getByRole('button').click();
    expect(await page.locator('.tray').count()).toBe(0);
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('text');
  });
});

test('what WhatsApp would not take is refused before a byte of it is sent, with the limit', async () => {
  await world.open('ada', async (page) => {
    let posts = 0;
    await page.route(uploads, (route) => {
      posts += 1;
      return route.continue();
    });
    await page.evaluate(() => {
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File([new Uint8Array(17 * 1024 * 1024)], 'film.mp4', { type: 'video/mp4' }));
      dataTransfer.items.add(new File([], 'nothing.txt', { type: 'text/plain' }));
      document
        .querySelector('.thread')
        ?.dispatchEvent(new DragEvent('drop', { bubbles: true, cancelable: true, dataTransfer }));
    });
    await inTray(page, 'film.mp4').getByText('WhatsApp takes videos of at most 16 MB.').waitFor();
    await inTray(page, 'nothing.txt').getByText('This file is empty.').waitFor();
    expect(posts).toBe(0);

    await choose(page, ...Array.from({ length: 11 }, (_, index) => quote(`${index + 1}.pdf`)));
    await inTray(page, '11.pdf').getByText('At most 10 files').waitFor();
    for (let left = 13; left > 0; left--) {
      expect(await page.locator('.tray__file').count()).toBe(left);
      await page.locator('.tray__file [type=submit]').first().click();
    }
  });
});

test('what the server refuses says why; what the line cut off goes on when it is tried again', async () => {
  await world.open('ada', async (page) => {
    const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>');
    await page.route(uploads, (route) => route.abort());
    await choose(page, quote('later.pdf'));
    await inTray(page, 'later.pdf').getByText('could not be reached').waitFor();
    await page.unrouteAll();
    await inTray(page, 'later.pdf').getByRole('button', { name: 'Retry' }).click();
    await ready(page, 'later.pdf');

    await choose(page, { name: 'photo.jpg', mimeType: 'image/heic', buffer: heic });
    await inTray(page, 'photo.jpg').getByText('HEIC').waitFor();
    expect(await inTray(page, 'photo.jpg').getByRole('button', { name: 'Retry' }).isVisible()).toBe(false);
    await choose(page, { name: 'logo.jpg', mimeType: 'image/jpeg', buffer: svg });
    await ready(page, 'logo.jpg');
    for (const name of ['later.pdf', 'photo.jpg', 'logo.jpg']) {
      await inTray(page, name).getByRole('button', { name: 'Remove' }).click();
    }
  });
});

const heic = Buffer.from('\0\0\0\x18ftypheic\0\0\0\0mif1heic\0\0\0\x08free', 'latin1');

test('files chosen while nothing could be loaded for them are taken with the next connection', async () => {
  await world.open('ada', async (page) => {
    await page.route('**/tray.js*', (route) => route.abort());
    await choose(page, quote('early.pdf'));
    await page.locator('#text-wrong', { hasText: 'could not be reached' }).waitFor();
    await page.unrouteAll();
    // What was still being asked for was not let through, and waits for the connection after this one.
    await until('the file is in the tray', async () => {
      await page.evaluate(() => document.dispatchEvent(new CustomEvent('oono:connected')));
      return (await inTray(page, 'early.pdf').count()) > 0;
    });
    await ready(page, 'early.pdf');
  });
});

test('Send waits for what is still on its way, even before there is a tray to put it in', async () => {
  await world.open('ada', async (page) => {
    const script = await holding(page, '**/tray.js*');
    const upload = await holding(page, uploads);
    await choose(page, quote('slow.pdf'));
    await writing(page).fill('With the slow one.');
    await sendButton(page).click();
    script.letGo();
    await page.getByRole('button', { name: 'Sends when uploaded' }).waitFor();
    expect(await page.locator('.msg--pending').count()).toBe(0);
    upload.letGo();
    await out(page).filter({ hasText: 'With the slow one.' }).waitFor();
    expect(await sendButton(page).textContent()).toBe('Send');
  });
  await sentWith('slow.pdf');
});

test('files stay through a look at another conversation and a new page, and are removed without a trace', async () => {
  await world.open('ada', async (page) => {
    await choose(page, photo('kept.jpg'));
    await ready(page, 'kept.jpg');
    await page.locator('.row__item a', { hasText: customers.ravi.name }).click();
    await page.locator('.msg', { hasText: 'Is the drill back?' }).waitFor();
    expect(await page.locator('.tray__file').count()).toBe(0);
    await page.locator(`#row-${world.id} a`).click();
    await ready(page, 'kept.jpg');
    await show(page, world.path);
    await ready(page, 'kept.jpg');

    await trayLoaded(page);
    const removed = page.waitForResponse(/removal/);
    await inTray(page, 'kept.jpg').getByRole('button', { name: 'Remove kept.jpg' }).click();
    expect((await removed).status()).toBe(204);
    await show(page, world.path);
    expect(await page.locator('.tray__file').count()).toBe(0);
  });
});

test('another window shows the same files, and lets them go when they are sent', async () => {
  await world.open('ada', async (one) => {
    await world.open('ada', async (two) => {
      await choose(one, quote('both.pdf'));
      await ready(two, 'both.pdf');
      await sendButton(two).click();
      await one.locator('.tray__file').waitFor({ state: 'detached' });
      await out(one).filter({ hasText: 'both.pdf' }).waitFor();
    });
  });
  await sentWith('both.pdf');
});

test('nothing of it is a barrier, and no word is cut off on a phone', async () => {
  await world.open(
    'ada',
    async (page) => {
      await choose(
        page,
        photo(),
        quote('a quotation with a rather long name, for the whole roof and the gutters.pdf'),
      );
      await ready(page, 'roof.jpg');
      await page.route(uploads, (route) => route.abort());
      await choose(page, quote('cut-off.pdf'));
      await inTray(page, 'cut-off.pdf').getByText('could not be reached').waitFor();
      await writing(page).fill('All of it.');
      await sendButton(page).click();
      await page.getByRole('button', { name: 'Sends when uploaded' }).waitFor();
      expect(await findBarriers(page)).toEqual([]);
      expect(await findCutOff(page)).toEqual([]);
      for (let left = 3; left > 0; left--) {
        expect(await page.locator('.tray__file').count()).toBe(left);
        await page.locator('.tray__file [type=submit]').first().click();
      }
    },
    { viewport: { width: 360, height: 740 } },
  );
});

test('a message that is refused keeps its files', async () => {
  await world.open('ada', async (page) => {
    await choose(page, quote('once.pdf'));
    await ready(page, 'once.pdf');
    await writing(page).fill('a'.repeat(4097));
    await sendButton(page).click();
    await page.locator('#text-wrong', { hasText: '4,096' }).waitFor();
    await ready(page, 'once.pdf');
    await writing(page).fill('Shorter.');
    await sendButton(page).click();
    await out(page).filter({ hasText: 'Shorter.' }).waitFor();
    expect(await page.locator('.tray__file').count()).toBe(0);
  });
  await sentWith('once.pdf');
});

test('without JavaScript files are added with the form, keep what was typed, and go out', async () => {
  await world.open(
    'ada',
    async (page) => {
      await writing(page).fill('By hand.');
      await choose(page, quote('plain.pdf'), photo('plain.jpg'));
      await sendButton(page).click();
      await page.getByRole('alert').getByText('were not added yet').waitFor();
      expect(await writing(page).inputValue()).toBe('By hand.');
      await choose(page, quote('plain.pdf'), photo('plain.jpg'));
      await page.locator('.composer__add').click();
      await ready(page, 'plain.pdf');
      expect(await writing(page).inputValue()).toBe('By hand.');
      await inTray(page, 'plain.jpg').getByRole('button').click();
      expect(await inTray(page, 'plain.jpg').count()).toBe(0);
      expect(await writing(page).inputValue()).toBe('By hand.');
      await sendButton(page).click();
      await out(page).filter({ hasText: 'By hand.' }).waitFor();
      expect(await page.locator('.tray__file').count()).toBe(0);
    },
    { javaScript: false },
  );
  await sentWith('plain.pdf');
});
