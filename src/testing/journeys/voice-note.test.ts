import { afterAll, beforeAll, expect, test } from 'bun:test';
import type { Page } from 'playwright-core';
import { hasFfprobe, probe } from '../ffprobe.ts';
import { until } from '../until.ts';
import { findBarriers } from './barriers.ts';
import { type ComposerWorld, openComposerWorld, writing } from './composer-world.ts';

let world: ComposerWorld;
beforeAll(async () => {
  world = await openComposerWorld();
});
afterAll(() => world.close());

const microphone = (page: Page) => page.locator('.composer__mic');
const recorder = (page: Page) => page.locator('.recorder');
const note = (page: Page) => page.locator('.tray__file', { hasText: 'Voice note' });
const ready = (page: Page) => page.locator('.tray__file[data-state="ready"] audio').waitFor();
const said = (page: Page, text: string) => page.locator('#say', { hasText: text }).waitFor();
/** Until so much is recorded: the timer says it. */
const recorded = (page: Page, time: string) => recorder(page).getByText(time, { exact: true }).waitFor();
const audio = () => world.box.simulator.sent.filter(({ type }) => type === 'audio');
const lastUpload = () => {
  const file = world.box.simulator.uploads.at(-1);
  if (file === undefined) {
    throw new Error('Nothing was uploaded.');
  }
  return file;
};

/** What reached the Graph API, by a program that has nothing to do with ours. */
async function expectVoiceNote(seconds: number): Promise<void> {
  const { name, mime, bytes } = lastUpload();
  expect(mime).toBe('audio/ogg; codecs=opus');
  expect(name).toEndWith('.ogg');
  expect(bytes.length).toBeLessThan(512 * 1024);
  if (hasFfprobe) {
    const { format, streams } = await probe(bytes);
    expect(format.format_name).toBe('ogg');
    expect(streams).toHaveLength(1);
    expect(streams[0]).toMatchObject({ codec_name: 'opus', channels: 1, sample_rate: '48000' });
    expect(Number(format.duration)).toBeGreaterThanOrEqual(seconds);
  }
}

test('a voice note is recorded with two taps, heard, and reaches WhatsApp as Ogg Opus of one channel', async () => {
  await world.open('ada', async (page) => {
    await microphone(page).click();
    await recorded(page, '0:02');
    expect(await microphone(page).getAttribute('aria-pressed')).toBe('true');
    expect(await recorder(page).locator('path').getAttribute('d')).toContain('V');
    expect(await findBarriers(page)).toEqual([]);
    await microphone(page).click();
    await ready(page);
    expect(await findBarriers(page)).toEqual([]);
    expect(await recorder(page).count()).toBe(0);
    expect(await note(page).textContent()).toMatch(/\d kB/);

    const player = note(page).locator('audio');
    await player.evaluate((element: HTMLAudioElement) => element.play());
    expect(await player.evaluate((element: HTMLAudioElement) => element.duration)).toBeGreaterThan(1);

    expect(audio()).toHaveLength(0);
    await page.locator('.composer__send').click();
    await page.locator('.log .msg--out:not(.msg--pending)').waitFor();
    expect(await note(page).count()).toBe(0);
    expect(await page.locator('.log .msg--out .voice__about').textContent()).toMatch(/^0:0[2-9]/);
    await page.locator('.row__text', { hasText: 'Voice note' }).waitFor();
  });
  await world.box.simulator.waitFor(({ type }) => type === 'audio');
  expect(audio()[0]?.body).toMatchObject({ audio: { id: lastUpload().id, voice: true } });
  await expectVoiceNote(2);
});

test('a press that is held records until it ends', async () => {
  await world.open('ada', async (page) => {
    await microphone(page).hover();
    await page.mouse.down();
    await recorded(page, '0:01');
    await page.mouse.up();
    await ready(page);
    await note(page).getByRole('button', { name: 'Remove' }).click();
  });
});

test('by keyboard: Space begins and ends it, what is heard can be recorded again, Escape throws it away', async () => {
  await world.open('ada', async (page) => {
    await microphone(page).focus();
    await page.keyboard.press('Space');
    await said(page, 'Recording. Press again to stop');
    await recorded(page, '0:01');
    await page.keyboard.press('Enter');
    await ready(page);
    await said(page, 'Listen to it, or send it.');

    await note(page).getByRole('button', { name: 'Record again' }).click();
    await recorded(page, '0:01');
    expect(await note(page).count()).toBe(0);
    await page.keyboard.press('Escape');
    await said(page, 'thrown away');
    expect(await recorder(page).count()).toBe(0);
    expect(await note(page).count()).toBe(0);

    await writing(page).press('Alt+r');
    await recorded(page, '0:01');
    await writing(page).press('Enter');
    await ready(page);
    await note(page).getByRole('button', { name: 'Remove' }).click();
  });
  expect(audio()).toHaveLength(1);
});

test('a browser that records something else encodes it anew', async () => {
  await world.open('ada', async (page) => {
    await page.evaluate(() => {
      MediaRecorder.isTypeSupported = (type) => type === 'audio/mp4';
    });
    await microphone(page).click();
    await recorded(page, '0:02');
    await microphone(page).click();
    await ready(page);
    await page.locator('.composer__send').click();
    await page.locator('.log .msg--out:not(.msg--pending)').nth(1).waitFor();
  });
  await world.box.simulator.waitFor(() => audio().length === 2);
  await expectVoiceNote(1);
});

/** The microphone of the tests is always there and nobody is asked: what a browser would answer elsewhere. */
const answerWith = (page: Page, name: string) =>
  page.evaluate((name) => {
    navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('', name));
  }, name);

test('without leave, without a microphone, or where browsers do not record, it says what to do', async () => {
  const why = {
    NotAllowedError: 'does not let OonoBox use the microphone',
    NotFoundError: 'No microphone was found.',
    NotReadableError: 'used by another program',
  };
  await world.open('ada', async (page) => {
    for (const [name, sentence] of Object.entries(why)) {
      await answerWith(page, name);
      await microphone(page).click();
      await page.locator('#text-wrong', { hasText: sentence }).waitFor();
      expect(await recorder(page).count()).toBe(0);
      expect(await microphone(page).getAttribute('aria-pressed')).toBeNull();
    }
    await page.evaluate(() => {
      Reflect.deleteProperty(window, 'MediaRecorder');
    });
    await microphone(page).click();
    await page.locator('#text-wrong', { hasText: 'This browser cannot record.' }).waitFor();
  });
});

test('a microphone that was opened for nothing is off again, and nothing stands there as if it recorded', async () => {
  await world.open('ada', async (page) => {
    await page.evaluate(() => {
      const opened: MediaStreamTrack[] = [];
      const ask = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
      navigator.mediaDevices.getUserMedia = async (wanted) => {
        const stream = await ask(wanted);
        opened.push(...stream.getTracks());
        return stream;
      };
      Object.assign(window, { opened });
    });
    const states = () =>
      page.evaluate(() =>
        Reflect.get(window, 'opened')
          .map((track: MediaStreamTrack) => track.readyState)
          .join(),
      );
    for (const [part, ended] of [
      ['MediaStreamAudioSourceNode', 'ended'],
      ['MediaRecorder', 'ended,ended'],
    ] as const) {
      await page.evaluate((name) => {
        const original = Reflect.get(window, name);
        const failing = () => {
          Reflect.set(window, name, original);
          throw new DOMException('', 'NotSupportedError');
        };
        Reflect.set(window, name, new Proxy(original, { construct: failing }));
      }, part);
      await microphone(page).click();
      await until('the microphone to be off', async () => (await states()) === ended);
      await page.locator('#text-wrong', { hasText: 'This browser cannot record.' }).waitFor();
      expect(await recorder(page).count()).toBe(0);
      expect(await microphone(page).getAttribute('aria-pressed')).toBeNull();
    }
  });
});

test('a press that came to nothing for want of a connection begins no recording later', async () => {
  await world.open('ada', async (page) => {
    await page.route('**/tray.js*', (route) => route.abort());
    await microphone(page).click();
    await page.locator('#text-wrong', { hasText: 'could not be reached' }).waitFor();
    await page.unrouteAll();
    await page.evaluate(() => document.dispatchEvent(new CustomEvent('oono:connected')));
    await page.locator('.composer__pick input').setInputFiles({
      name: 'after.txt',
      mimeType: 'text/plain',
      buffer: Buffer.from('The tray is here now.'),
    });
    await page.locator('.tray__file[data-state="ready"]').waitFor();
    expect(await recorder(page).count()).toBe(0);
  });
});
