import { expect, test } from 'bun:test';
import { SHOP, startScene, textMessage } from '../fixture.ts';
import { makeMp4 } from '../samples/mp4.ts';
import { type SampleName, sample } from '../samples/samples.ts';

const NUMBER = SHOP.phoneNumberId;

async function openScene() {
  const scene = startScene();
  await scene.tendai.say(NUMBER, 'Mhoro');
  const { media } = scene.simulator;
  return Object.assign(scene, {
    /** The id of a file that the business uploaded. */
    async add(name: SampleName, more: { bytes?: Uint8Array; mime?: string; name?: string } = {}) {
      const { bytes, mime, filename } = await sample(name);
      return media.add({ phoneNumberId: NUMBER, from: 'business', bytes, mime, name: filename, ...more });
    },
    send: (type: string, content: object) =>
      scene.post(textMessage('', { text: undefined, type, [type]: content })),
    async failures() {
      await scene.simulator.settled();
      return scene.statuses().filter(({ status }) => status === 'failed');
    },
  });
}

test.each<[type: string, SampleName, more: object]>([
  ['image', 'photo', { caption: 'Like this one' }],
  ['video', 'video', {}],
  ['audio', 'voice', { voice: true }],
  ['document', 'document', { filename: 'list.pdf' }],
  ['document', 'photo', {}],
  ['sticker', 'sticker', {}],
])('%s goes out with the file of the sample "%s"', async (type, name, more) => {
  await using scene = await openScene();

  expect(await scene.send(type, { id: await scene.add(name), ...more })).toMatchObject({ status: 200 });

  expect(await scene.failures()).toBeEmpty();
  expect(scene.tendai.thread(NUMBER)).toMatchObject([{}, { type, status: 'delivered' }]);
});

test('an id that names nothing is refused at once', async () => {
  await using scene = await openScene();
  const { simulator } = scene;
  simulator.addNumber({ ...SHOP, phoneNumberId: '200' });
  const { bytes, mime } = await sample('photo');
  const expired = await scene.add('photo');
  simulator.media.expire(expired);
  const foreign = simulator.media.add({ phoneNumberId: '200', bytes, mime });

  for (const id of ['4711', expired, foreign]) {
    expect(await scene.send('image', { id })).toMatchObject({
      status: 400,
      body: {
        error: {
          code: 100,
          message: '(#100) Param image.id is not a valid whatsapp business account media attachment ID',
        },
      },
    });
  }
  simulator.templates.add(SHOP.wabaId, {
    name: 'order_ready',
    components: [
      { type: 'HEADER', format: 'IMAGE' },
      { type: 'BODY', text: 'It is ready.' },
    ],
  });
  const template = {
    name: 'order_ready',
    language: { code: 'en' },
    components: [{ type: 'header', parameters: [{ type: 'image', image: { id: '4711' } }] }],
  };
  expect((await scene.send('template', template)).body.error?.message).toStartWith(
    "(#100) Param template['components'][0]['parameters'][0]['image']['id'] is not a valid",
  );
  const headed = {
    type: 'button',
    header: { type: 'image', image: { id: '4711' } },
    body: { text: 'These?' },
    action: { buttons: [{ type: 'reply', reply: { id: 'yes', title: 'Yes' } }] },
  };
  expect((await scene.send('interactive', headed)).body.error?.message).toStartWith(
    "(#100) Param interactive['header']['image']['id'] is not a valid",
  );
  expect(simulator.sent).toBeEmpty();
});

const stereo = async () => {
  const { bytes } = await sample('voice');
  return bytes.with(37, 2);
};
const big = async (name: SampleName, size: number) => {
  const { bytes } = await sample(name);
  const padded = new Uint8Array(size);
  padded.set(bytes);
  return padded;
};

test.each<
  [
    why: string,
    type: string,
    SampleName,
    content: object,
    more: () => Promise<Parameters<Awaited<ReturnType<typeof openScene>>['add']>[1]>,
  ]
>([
  ['a document as a picture', 'image', 'document', {}, async () => ({})],
  ['a video as a sticker', 'sticker', 'video', {}, async () => ({})],
  ['bytes of another type', 'image', 'document', {}, async () => ({ mime: 'image/jpeg' })],
  ['HTML as a picture', 'image', 'photo', {}, async () => ({ bytes: Buffer.from('<html></html>') })],
  ['a name of another type', 'audio', 'voice', { voice: true }, async () => ({ name: 'note.mp4' })],
  [
    'a voice note with two channels',
    'audio',
    'voice',
    { voice: true },
    async () => ({ bytes: await stereo() }),
  ],
  ['a voice note that is none', 'audio', 'video', { voice: true }, async () => ({ mime: 'audio/mp4' })],
  [
    'sound alone as a video',
    'video',
    'video',
    {},
    async () => ({ bytes: makeMp4('mp42', ['soun', 'mp4a']) }),
  ],
  [
    'a video in HEVC',
    'video',
    'video',
    {},
    async () => ({ bytes: makeMp4('mp42', ['vide', 'hvc1'], ['soun', 'mp4a']) }),
  ],
  [
    'sound in AMR as MP4',
    'audio',
    'video',
    {},
    async () => ({ bytes: makeMp4('3gp4', ['soun', 'samr']), mime: 'audio/mp4', name: 'memo.m4a' }),
  ],
  [
    'a still sticker over 100 KB',
    'sticker',
    'sticker',
    {},
    async () => ({ bytes: await big('sticker', 102_401) }),
  ],
])('%s is accepted and fails with 131053', async (_why, type, name, content, more) => {
  await using scene = await openScene();
  const id = await scene.add(name, await more());

  expect(await scene.send(type, { id, ...content })).toMatchObject({ status: 200 });

  expect(await scene.failures()).toMatchObject([{ errors: [{ code: 131053, title: 'Media upload error' }] }]);
  expect(scene.tendai.thread(NUMBER)).toHaveLength(1);
});

test('Meta can fail to process a file on demand; messages without one do not use that up', async () => {
  await using scene = await openScene();
  scene.simulator.trouble.unprocessable(1);
  const id = await scene.add('photo');

  await scene.post(textMessage());
  await scene.send('image', { id });
  await scene.send('image', { id });

  expect(await scene.failures()).toMatchObject([{ errors: [{ code: 131053 }] }]);
  expect(scene.tendai.thread(NUMBER).map(({ type }) => type)).toEqual(['text', 'text', 'image']);
});
