import { expect, test } from 'bun:test';
import { SHOP, startScene, textMessage } from '../fixture.ts';
import { sample } from '../samples/samples.ts';
import type { NewTemplate } from '../templates/store.ts';

const button = (id: string, title = id) => ({ type: 'reply', reply: { id, title } });
const buttons = (...all: unknown[]) => ({
  type: 'button',
  body: { text: 'Which?' },
  action: { buttons: all },
});
const row = (id: string) => ({ id, title: `Row ${id}` });
const list = (sections: unknown[]) => ({
  type: 'list',
  body: { text: 'Which?' },
  action: { button: 'Choose', sections },
});
const link = { name: 'cta_url', parameters: { display_text: 'Open', url: 'https://example.com/' } };
const card = (card_index: number, kind = 'image') => ({
  card_index,
  type: 'cta_url',
  header: { type: kind, [kind]: { id: '1' } },
  action: link,
});
const template = (components: unknown[], name = 'order_ready') => ({
  name,
  language: { code: 'en_US' },
  components,
});
const variable = (text: string, parameter_name?: string) => ({ type: 'text', text, parameter_name });

const TEMPLATES: NewTemplate[] = [
  {
    name: 'order_ready',
    language: 'en_US',
    parameterFormat: 'NAMED',
    components: [{ type: 'BODY', text: 'Hello {{name}}, order {{order}} is ready.' }],
  },
  {
    name: 'track',
    language: 'en_US',
    components: [
      { type: 'BODY', text: 'It comes.' },
      { type: 'BUTTONS', buttons: [{ type: 'URL', text: 'Track', url: 'https://example.com/{{1}}' }] },
    ],
  },
];

const ACCEPTED: [type: string, content: unknown][] = [
  ['text', { body: 'x'.repeat(4096), preview_url: true }],
  ['image', { id: '1', caption: 'x'.repeat(1024) }],
  ['video', { link: 'https://example.com/a.mp4' }],
  ['audio', { id: '1', voice: true }],
  ['document', { id: '1', filename: 'quote.pdf', caption: 'Your quote' }],
  ['sticker', { id: '1' }],
  ['location', { latitude: -17.8, longitude: 31, name: 'Shop', address: 'Mbare' }],
  ['contacts', [{ name: { formatted_name: 'Ada' }, phones: [{ phone: '+1', type: 'WORK' }] }]],
  ['interactive', buttons(button('a'), button('b'), button('c'))],
  [
    'interactive',
    { ...buttons(button('a')), header: { type: 'image', image: { id: '1' } }, footer: { text: 'x' } },
  ],
  ['interactive', list([{ rows: [row('1'), row('2')] }])],
  ['interactive', { type: 'cta_url', body: { text: 'Look' }, action: link }],
  [
    'interactive',
    {
      type: 'cta_url',
      header: { type: 'document', document: { id: '1', filename: 'quote.pdf' } },
      body: { text: 'Look' },
      action: link,
    },
  ],
  [
    'interactive',
    { type: 'location_request_message', body: { text: 'Where?' }, action: { name: 'send_location' } },
  ],
  [
    'interactive',
    { type: 'request_contact_info', body: { text: 'Who?' }, action: { name: 'request_contact_info' } },
  ],
  ['interactive', { type: 'carousel', body: { text: 'Look' }, action: { cards: [card(0), card(1)] } }],
  ['interactive', { type: 'catalog_message', body: { text: 'Look' }, action: { name: 'catalog_message' } }],
  ['template', template([{ type: 'body', parameters: [variable('Ada', 'name'), variable('7', 'order')] }])],
  [
    'template',
    template([{ type: 'button', sub_type: 'url', index: 0, parameters: [variable('a')] }], 'track'),
  ],
];

const REFUSED: [why: string, type: string, content: unknown, code: number][] = [
  ['no text', 'text', {}, 131008],
  ['an empty text', 'text', { body: '' }, 100],
  ['a text that is no string', 'text', { body: 5 }, 100],
  ['a text over 4096', 'text', { body: 'x'.repeat(4097) }, 100],
  ['a preview that is no boolean', 'text', { body: 'x', preview_url: 'yes' }, 100],
  ['a misspelt key', 'text', { body: 'x', previewUrl: true }, 100],
  ['no object at all', 'text', undefined, 131008],
  ['an image without a file', 'image', { caption: 'x' }, 131008],
  ['an image by id and by link', 'image', { id: '1', link: 'https://example.com/a.png' }, 100],
  ['an image by a link that is none', 'image', { link: 'file:///etc/passwd' }, 100],
  ['a caption over 1024', 'image', { id: '1', caption: 'x'.repeat(1025) }, 100],
  ['a caption on audio', 'audio', { id: '1', caption: 'x' }, 100],
  ['a latitude off the globe', 'location', { latitude: 91, longitude: 0 }, 100],
  ['a latitude as text', 'location', { latitude: '1', longitude: 0 }, 100],
  ['a location without a longitude', 'location', { latitude: 1 }, 131008],
  ['a contact without a name', 'contacts', [{ phones: [] }], 131008],
  ['no contacts', 'contacts', [], 100],
  ['four buttons', 'interactive', buttons(button('a'), button('b'), button('c'), button('d')), 100],
  ['two buttons of the same title', 'interactive', buttons(button('a', 'Yes'), button('b', 'Yes')), 100],
  ['a button title over 20', 'interactive', buttons(button('a', 'x'.repeat(21))), 100],
  ['eleven rows', 'interactive', list([{ rows: [...'abcdefghijk'].map(row) }]), 100],
  ['sections without titles', 'interactive', list([{ rows: [row('1')] }, { rows: [row('2')] }]), 131008],
  ['rows of the same id', 'interactive', list([{ rows: [row('1'), row('1')] }]), 100],
  ['a footer over 60', 'interactive', { ...buttons(button('a')), footer: { text: 'x'.repeat(61) } }, 100],
  [
    'a picture above a list',
    'interactive',
    {
      ...list([{ rows: [row('1')] }]),
      header: { type: 'image', image: { link: 'https://example.com/a.png' } },
    },
    100,
  ],
  [
    'a sound above buttons',
    'interactive',
    { ...buttons(button('a')), header: { type: 'audio', audio: { link: 'https://example.com/a.mp3' } } },
    100,
  ],
  [
    'a video above buttons under the name of a picture',
    'interactive',
    { ...buttons(button('a')), header: { type: 'image', video: { link: 'https://example.com/a.mp4' } } },
    100,
  ],
  ['an unknown kind of interactive', 'interactive', { type: 'dance' }, 100],
  ['one card', 'interactive', { type: 'carousel', body: { text: 'x' }, action: { cards: [card(0)] } }, 100],
  [
    'cards of two kinds',
    'interactive',
    { type: 'carousel', body: { text: 'x' }, action: { cards: [card(0), card(1, 'video')] } },
    100,
  ],
  ['a template without a language', 'template', { name: 'order_ready' }, 131008],
  ['a template name in capitals', 'template', { name: 'Order', language: { code: 'en' } }, 132001],
  ['a language with a hyphen', 'template', { name: 'order', language: { code: 'en-US' } }, 100],
  [
    'named and numbered variables together',
    'template',
    template([{ type: 'body', parameters: [variable('Ada', 'name'), variable('7')] }]),
    132012,
  ],
  [
    'a button of a template without a place',
    'template',
    template([{ type: 'button', sub_type: 'url' }]),
    100,
  ],
];

test.each(ACCEPTED)('%s is accepted: %j', async (type, content) => {
  await using scene = startScene();
  await scene.tendai.say(SHOP.phoneNumberId, 'Mhoro');
  for (const one of TEMPLATES) {
    scene.simulator.templates.add(SHOP.wabaId, one);
  }
  scene.simulator.media.add({ ...(await sample('photo')), phoneNumberId: SHOP.phoneNumberId, id: '1' });

  expect(await scene.post(textMessage('', { text: undefined, type, [type]: content }))).toMatchObject({
    status: 200,
  });
});

test.each(REFUSED)('%s is refused', async (_why, type, content, code) => {
  await using scene = startScene();
  await scene.tendai.say(SHOP.phoneNumberId, 'Mhoro');

  const answer = await scene.post(textMessage('', { text: undefined, type, [type]: content }));

  expect(answer.body.error?.code).toBe(code);
  expect(scene.simulator.sent).toBeEmpty();
});
