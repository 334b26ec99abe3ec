import { afterAll, beforeAll, expect, test } from 'bun:test';
import type { Page } from 'playwright-core';
import { type Box, openBox } from '../box.ts';
import { withPage } from '../browser.ts';
import { customers } from '../people.ts';
import { weigh } from '../weigh.ts';
import { findBarriers, findCutOff } from './barriers.ts';
import { fillWithFiles, type ShownFiles } from './shown-files.ts';

let box: Box;
let shown: ShownFiles;
let cookie: string;

beforeAll(async () => {
  box = await openBox();
  shown = await fillWithFiles(box);
  cookie = (await box.as('ada')).cookie ?? '';
});

afterAll(() => box.close());

const message = (page: Page, name: string) => page.locator(`#message-${shown.ids[name]}`);

/** Opens the conversation once its players are ours. */
async function openConversation(page: Page): Promise<void> {
  await page.goto(shown.path);
  await message(page, 'our voice').locator('.voice__player').waitFor();
}

test('the first view of a conversation loads small pictures, and nothing of what they stand for', async () => {
  await withPage({ url: box.url, cookie, viewport: { width: 1440, height: 4000 } }, async (page) => {
    const first = await weigh(page, () => openConversation(page));
    const asked = first.parts.filter(({ path }) => path.startsWith('/files/'));
    expect(asked.length).toBeGreaterThan(3);
    expect(asked.filter(({ path }) => !path.endsWith('/thumbnail'))).toEqual([]);
    const ofPlayer = first.parts.filter(({ path }) => /player\.js|media\.css/.test(path));
    expect(ofPlayer.reduce((total, { bytes }) => total + bytes, 0)).toBeLessThan(4 * 1024);
  });
});

test('pictures and videos are walked through by keyboard, and the focus comes back', async () => {
  await withPage({ url: box.url, cookie }, async (page) => {
    await openConversation(page);
    const photo = message(page, 'photo').locator('a.photo');
    const address = (await photo.getAttribute('href')) ?? '';
    await photo.focus();
    await page.keyboard.press('Enter');
    const lightbox = page.locator('dialog.lightbox');
    const status = lightbox.getByRole('status');
    const whole = lightbox.locator(`img[src="${address}"]`);
    await whole.waitFor();
    expect(await status.textContent()).toBe('1 of 6Photo: This is where it drips.');
    expect(await whole.getAttribute('alt')).toBe('Photo: This is where it drips.');
    expect(await lightbox.locator('[data-download]').getAttribute('href')).toBe(`${address}?download`);

    await page.keyboard.press('+');
    expect(await whole.evaluate((image) => image.style.transform)).toContain('scale(1.3)');
    expect(await findBarriers(page)).toEqual([]);

    await page.keyboard.press('ArrowRight');
    expect(await lightbox.locator('video').getAttribute('aria-label')).toBe('Video from Noor Chipo');
    for (const place of ['3 of 6', '4 of 6', '5 of 6', '6 of 6', '6 of 6']) {
      await page.keyboard.press('ArrowRight');
      expect(await status.textContent()).toStartWith(place);
    }
    await page.keyboard.press('ArrowLeft');
    expect(await status.textContent()).toStartWith('5 of 6');
    await page.keyboard.press('Escape');
    expect(await lightbox.isVisible()).toBe(false);
    expect(await page.evaluate(() => document.activeElement?.getAttribute('href'))).toBe(address);
  });
});

test('a voice note plays in parts, at a chosen speed, and goes on while its message changes', async () => {
  const { simulator, number } = box;
  await withPage({ url: box.url, cookie }, async (page) => {
    const answers: string[] = [];
    page.on('response', (answer) => {
      if (/\/files\/\d+$/.test(new URL(answer.url()).pathname)) {
        answers.push(`${answer.status()} ${answer.headers()['content-range']}`);
      }
    });
    await openConversation(page);
    const note = message(page, 'voice');
    expect(await note.locator('.voice__about').textContent()).toContain('0:06');
    await note.getByRole('button', { name: 'Play: Voice note from Noor Chipo' }).focus();
    await page.keyboard.press('Enter');
    await playing(page, 'voice');
    expect(answers[0]).toBe('206 bytes 0-12258/12259');

    await note.getByRole('button', { name: 'Speed' }).click();
    expect(await note.getByRole('button', { name: 'Speed' }).textContent()).toContain('1.5×');
    expect(await note.locator('audio').evaluate((audio: HTMLAudioElement) => audio.playbackRate)).toBe(1.5);

    const noor = simulator.customer(customers.noor.phone, customers.noor);
    await noor.react(number.phoneNumberId, `wamid.${shown.ids.voice}`, '👍');
    await note.locator('.react').waitFor();
    expect(await note.locator('audio').evaluate((audio: HTMLAudioElement) => audio.paused)).toBe(false);

    // It is the last second that is left: then the note after it plays by itself, as fast.
    await note.getByRole('slider', { name: 'Position' }).focus();
    for (let pressed = 0; pressed < 9; pressed += 1) {
      await page.keyboard.press('ArrowRight');
    }
    await playing(page, 'next voice');
    const state = (name: string) =>
      message(page, name)
        .locator('audio')
        .evaluate((audio: HTMLAudioElement) => [audio.paused, audio.playbackRate]);
    expect(await state('next voice')).toEqual([false, 1.5]);
    expect((await state('voice'))[0]).toBe(true);

    await message(page, 'our voice').getByRole('button', { name: 'Play' }).click();
    await playing(page, 'our voice');
    expect((await state('next voice'))[0]).toBe(true);
    expect(await message(page, 'our voice').locator('.tick').textContent()).toContain('Played');
  });
});

/** Waits until some of it has been played. */
const playing = (page: Page, name: string) =>
  page.waitForFunction((id) => {
    const audio = document.querySelector<HTMLAudioElement>(`#message-${id} audio`);
    return audio !== null && !audio.paused && audio.currentTime > 0;
  }, shown.ids[name]);

test('what cannot be played says so, and can be kept instead', async () => {
  await withPage({ url: box.url, cookie }, async (page) => {
    await page.route(/\/files\/\d+$/, (route) => route.fulfill({ status: 500 }));
    await openConversation(page);
    const note = message(page, 'voice');
    await note.getByRole('button', { name: 'Play' }).click();
    await note.getByText('This browser cannot play it.').waitFor();
    expect(await note.locator('.voice__trouble a').getAttribute('href')).toMatch(/^\/files\/\d+\?download$/);
  });
});

test('files of every kind and state can be used by everybody, on every width', async () => {
  await withPage({ url: box.url, cookie }, async (page) => {
    for (const width of [1440, 320]) {
      await page.setViewportSize({ width, height: 800 });
      await openConversation(page);
      expect(await findBarriers(page), `at ${width}`).toEqual([]);
      expect(await findCutOff(page), `at ${width}`).toEqual([]);
    }
  });
});

test('without JavaScript a picture is a link to itself, and the browser plays what sounds', async () => {
  await withPage({ url: box.url, cookie, javaScript: false }, async (page) => {
    await page.goto(shown.path);
    expect(await message(page, 'voice').locator('audio[controls]').isVisible()).toBe(true);
    expect(await message(page, 'failed').locator('form[action$="/fetching"] button').textContent()).toBe(
      'Try again',
    );
    const address = await message(page, 'photo').locator('a.photo').getAttribute('href');
    const answer = await page.request.get(address ?? '');
    expect(answer.headers()).toMatchObject({
      'content-type': 'image/jpeg',
      'content-disposition': expect.stringMatching(/^inline/),
    });
  });
});
