import { expect, test } from 'bun:test';
import { SHOP, startScene, textMessage } from '../fixture.ts';
import { type SampleName, sample } from '../samples/samples.ts';
import type { SimulatorOptions } from '../simulator.ts';

const NUMBER = SHOP.phoneNumberId;

function openPhone(options: SimulatorOptions = {}) {
  const scene = startScene(options);
  const url = `${scene.simulator.phoneUrl}/${scene.tendai.waId}`;
  const submit = (action: string, body: FormData | URLSearchParams) =>
    fetch(`${url}/${action}`, { method: 'POST', body, redirect: 'manual' });
  return Object.assign(scene, {
    url,
    page: async () => (await fetch(url)).text(),
    submit,
    /** Submits what makes a webhook, and waits for that. */
    async send(action: string, body: FormData | URLSearchParams) {
      const before = scene.received.length;
      const answer = await submit(action, body);
      await scene.arrived(before + 1);
      return answer;
    },
    webhooks: () =>
      scene.received.map(({ json }) => json.entry[0]?.changes[0]?.value.messages?.[0]).filter(Boolean),
    /** The files that the page shows, fetched as a browser does. */
    async shown() {
      const html = await (await fetch(url)).text();
      const paths = [...html.matchAll(/(?:src|href)="(\/phone\/\d+\/files\/[^"]+)"/g)].map(([, path = '']) =>
        path.replaceAll('&amp;', '&'),
      );
      return Promise.all([...new Set(paths)].map((path) => fetch(new URL(path, url))));
    },
  });
}

async function formWith(name: SampleName, more: Record<string, string> = {}) {
  const { bytes, mime, filename } = await sample(name);
  const form = new FormData();
  for (const [field, value] of Object.entries({ number: NUMBER, ...more })) {
    form.append(field, value);
  }
  form.append('file', new Blob([bytes], { type: mime }), filename);
  return form;
}

test('a photo with a caption is sent, and shown on the phone', async () => {
  await using scene = openPhone();
  const { bytes } = await sample('photo');

  const answer = await scene.send('files', await formWith('photo', { caption: 'Like this one' }));

  expect(answer.status).toBe(303);
  expect(scene.webhooks()).toMatchObject([
    { type: 'image', image: { mime_type: 'image/jpeg', caption: 'Like this one' } },
  ]);
  expect(await scene.page()).toContain('Like this one');
  const [photo] = await scene.shown();
  expect(photo?.headers.get('content-type')).toBe('image/jpeg');
  expect(await photo?.bytes()).toEqual(bytes);
});

test('a recording is sent as a voice note, any other file as a document under its name', async () => {
  await using scene = openPhone();
  const page = new FormData();
  page.append('number', NUMBER);
  page.append('file', new Blob(['<script>alert(1)</script>'], { type: 'text/html' }), '../a page.html');

  await scene.send('files', await formWith('voice'));
  await scene.send('files', page);

  expect(scene.webhooks()).toMatchObject([
    { type: 'audio', audio: { mime_type: 'audio/ogg; codecs=opus', voice: true } },
    {
      type: 'document',
      document: { mime_type: 'text/html', filename: expect.stringContaining('a page.html') },
    },
  ]);
  const [, html] = await scene.shown();
  expect(html?.headers.get('content-type')).toBe('application/octet-stream');
  expect(html?.headers.get('content-disposition')).toBe('attachment');
});

test('samples of every kind are one press away', async () => {
  await using scene = openPhone();

  for (const name of ['photo', 'voice', 'document', 'video', 'sticker']) {
    await scene.send('samples', new URLSearchParams({ number: NUMBER, sample: name }));
  }

  expect(scene.webhooks()).toMatchObject([
    { type: 'image' },
    { type: 'audio', audio: { voice: true } },
    { type: 'document', document: { filename: 'materials.pdf' } },
    { type: 'video' },
    { type: 'sticker', sticker: { animated: false } },
  ]);
  expect((await scene.shown()).map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
});

test('a form without a file says what to do', async () => {
  await using scene = openPhone();
  const form = new FormData();
  form.append('number', NUMBER);

  const answer = await scene.submit('files', form);

  expect(answer.status).toBe(422);
  expect(await answer.text()).toBe('Choose a file of at most 100 MB, then send it.');
});

test('what the business sends is shown, and a voice message is played once', async () => {
  await using scene = openPhone();
  const { media } = scene.simulator;
  await scene.tendai.say(NUMBER, 'Mhoro');
  const { bytes, mime } = await sample('voice');
  const id = media.add({ phoneNumberId: NUMBER, from: 'business', bytes, mime, name: 'voice.ogg' });
  await scene.post(textMessage('', { text: undefined, type: 'audio', audio: { id, voice: true } }));
  await scene.simulator.settled();
  const wamid = scene.simulator.sent[0]?.wamid ?? '';
  expect(await scene.page()).toContain(`data-played="${wamid}"`);

  await scene.send('plays', new URLSearchParams({ number: NUMBER, wamid }));
  await scene.submit('plays', new URLSearchParams({ number: NUMBER, wamid }));

  expect(scene.statuses().map(({ status }) => status)).toEqual(['sent', 'delivered', 'played']);
  expect(await scene.page()).not.toContain('data-played');
  const [voice] = await scene.shown();
  expect(await voice?.bytes()).toEqual(bytes);
});

test('a picture above buttons is shown with what they ask', async () => {
  await using scene = openPhone();
  await scene.tendai.say(NUMBER, 'Mhoro');
  const { bytes, mime } = await sample('photo');
  const id = scene.simulator.media.add({
    phoneNumberId: NUMBER,
    from: 'business',
    bytes,
    mime,
    name: 'a.jpg',
  });
  const interactive = {
    type: 'button',
    header: { type: 'image', image: { id } },
    body: { text: 'Shall we keep ten?' },
    action: { buttons: [{ type: 'reply', reply: { id: 'yes', title: 'Yes' } }] },
  };

  await scene.post(textMessage('', { text: undefined, type: 'interactive', interactive }));

  expect(await scene.page()).toContain('Shall we keep ten?');
  const [photo] = await scene.shown();
  expect(await photo?.bytes()).toEqual(bytes);
});

test('the picture of a template’s heading and those of its cards are shown, in their order', async () => {
  await using scene = openPhone();
  const { media, templates } = scene.simulator;
  await scene.tendai.say(NUMBER, 'Mhoro');
  const [photo, video] = await Promise.all([sample('photo'), sample('video')]);
  const add = ({ bytes, mime, filename }: typeof photo) =>
    media.add({ phoneNumberId: NUMBER, from: 'business', bytes, mime, name: filename });
  const picture = (id: string) => ({ type: 'header', parameters: [{ type: 'image', image: { id } }] });
  const clip = (id: string) => ({ type: 'header', parameters: [{ type: 'video', video: { id } }] });
  const send = (name: string, components: object[]) =>
    scene.post(
      textMessage('', {
        text: undefined,
        type: 'template',
        template: { name, language: { code: 'en' }, components },
      }),
    );
  const card = (format: string) => ({
    components: [
      { type: 'HEADER', format },
      { type: 'BODY', text: 'A sheet.' },
      { type: 'BUTTONS', buttons: [{ type: 'QUICK_REPLY', text: 'Take it' }] },
    ],
  });
  templates.add(SHOP.wabaId, {
    name: 'order_ready',
    components: [
      { type: 'HEADER', format: 'IMAGE' },
      { type: 'BODY', text: 'It is ready.' },
    ],
  });
  templates.add(SHOP.wabaId, {
    name: 'sheets',
    components: [
      { type: 'BODY', text: 'New sheets.' },
      { type: 'CAROUSEL', cards: [card('IMAGE'), card('VIDEO')] },
    ],
  });

  expect(await send('order_ready', [picture(add(photo))])).toMatchObject({ status: 200 });
  const cards = [picture(add(photo)), clip(add(video))].map((header, index) => ({
    card_index: index,
    components: [
      header,
      {
        type: 'button',
        sub_type: 'quick_reply',
        index: '0',
        parameters: [{ type: 'payload', payload: `take-${index}` }],
      },
    ],
  }));
  expect(await send('sheets', [{ type: 'carousel', cards }])).toMatchObject({ status: 200 });

  const html = await scene.page();
  expect(html).toContain('It is ready.');
  expect(html).toContain('New sheets.');
  const hash = (bytes: Uint8Array) => new Bun.CryptoHasher('sha256').update(bytes).digest('hex');
  const shown = await Promise.all((await scene.shown()).map((one) => one.bytes()));
  expect(shown.map(hash)).toEqual([photo, photo, video].map(({ bytes }) => hash(bytes)));
});

test('a phone shows the files of its own threads only', async () => {
  await using scene = openPhone();
  const stranger = scene.simulator.customer('+263771111111');
  const wamid = await stranger.sendFile(NUMBER, { ...(await sample('photo')) });

  const path = `files/${encodeURIComponent(wamid)}?number=${NUMBER}`;

  expect((await fetch(`${scene.url}/${path}`)).status).toBe(404);
  expect((await fetch(`${scene.simulator.phoneUrl}/${stranger.waId}/${path}`)).status).toBe(200);
});
