import { afterAll, beforeAll, beforeEach, expect, test } from 'bun:test';
import { desc, eq } from 'drizzle-orm';
import { consents, contacts, messages } from '#src/db/schema/inbox/index.ts';
import type { Customer } from '#src/simulator/simulator.ts';
import { sampleTemplates } from '#src/simulator/templates/samples.ts';
import { type Box, openBox } from '#src/testing/box.ts';
import { readBodies } from '#src/whatsapp/bodies/bodies.ts';

const DAY = 24 * 60 * 60_000;
let clock = Date.UTC(2026, 10, 20, 12);
let box: Box;
let customer: Customer;
let conversationId: number;

beforeAll(async () => {
  box = await openBox({ now: () => clock });
  for (const template of sampleTemplates) {
    box.simulator.templates.add(box.number.wabaId, template);
  }
  clock += DAY;
  box.services.templates.poke(box.accountId);
  await box.services.templates.idle();
  customer = box.simulator.customer('+263771234567', { name: 'Tendai Moyo' });
  await customer.say(box.number.phoneNumberId, 'Mhoro');
  await box.settled();
  const { data } = await (await box.api('/api/v1/conversations')).json();
  conversationId = data[0].id;
});
afterAll(() => box.close());
beforeEach(() => {
  // The window is closed in every test: the customer wrote long ago.
  clock += 2 * DAY;
});

let keys = 0;
async function send(name: string, components?: unknown[], key = `key-${++keys}`, language = 'en') {
  const response = await box.api(`/api/v1/conversations/${conversationId}/messages`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'idempotency-key': key },
    body: JSON.stringify({
      type: 'template',
      template: { name, language: { code: language }, ...(components ? { components } : {}) },
    }),
  });
  return { status: response.status, body: await response.json() };
}
async function sent() {
  await box.services.delivery.idle();
  return box.simulator.sent.at(-1)?.body.template;
}
const text = (...texts: string[]) => texts.map((one) => ({ type: 'text', text: one }));
const ready = [
  { type: 'header', parameters: text('MH-1180') },
  { type: 'body', parameters: text('Tendai', 'Ardbennie Road', '17:00') },
];
async function upload(bytes: Uint8Array<ArrayBuffer>, name: string): Promise<number> {
  const response = await box.api('/api/v1/media', {
    method: 'POST',
    headers: { 'x-file-name': name },
    body: bytes,
  });
  expect(response.status).toBe(201);
  return (await response.json()).id;
}
const sample = Bun.file(new URL('../simulator/samples/tap.jpg', import.meta.url));
const picture = new Uint8Array(await sample.arrayBuffer());
const pdf = new TextEncoder().encode('%PDF-1.4\n%invoice\n1 0 obj\nendobj\n');

/** A file of ours for every file of Meta's that the body names, and the other way round. */
async function withOurFiles(components: object[]) {
  const text = JSON.stringify(components);
  const ids: number[] = [];
  for (const [, kind] of text.matchAll(/"(image|document)":\{"id":"\d+"/g)) {
    ids.push(
      kind === 'image' ? await upload(picture, `${ids.length}.jpg`) : await upload(pdf, 'invoice.pdf'),
    );
  }
  let place = 0;
  const given = JSON.parse(text.replace(/\{"id":"\d+"/g, () => `{"id":${ids[place++]}`));
  return { given, count: ids.length };
}

const bodies = readBodies('sending').filter(({ name }) => name.startsWith('template-'));
test.each(bodies.map(({ name, value }) => [name, value]))(
  '%s reaches Meta as it is written',
  async (_, { template }) => {
    const { name, language, components } = template as {
      name: string;
      language: { code: string };
      components: object[];
    };
    const { given, count } = await withOurFiles(components);
    expect((await send(name, given, undefined, language.code)).status).toBe(202);
    const received = JSON.stringify(await sent());
    const uploads = box.simulator.uploads.slice(box.simulator.uploads.length - count);
    expect(count === 0 || uploads.every(({ id }) => received.includes(`"id":"${id}"`))).toBe(true);
    const ids = JSON.stringify(components).matchAll(/"id":"(\d+)"/g);
    const expected = [...ids].reduce(
      (text, [, id], index) => text.replace(`"${id}"`, `"${uploads[index]?.id}"`),
      JSON.stringify(components),
    );
    expect(JSON.parse(received)).toEqual({ name, language, components: expect.any(Array) });
    const byText = (list: object[]) => list.map((one) => JSON.stringify(one)).sort();
    expect(byText(JSON.parse(received).components)).toEqual(byText(JSON.parse(expected)));
  },
);
test('a template goes to a customer whose window is closed, and reads as they see it', async () => {
  const answer = await send('order_ready', ready);
  expect(answer.status).toBe(202);
  expect(answer.body).toMatchObject({
    type: 'template',
    text: 'Order MH-1180 is ready\nHello Tendai, your order is packed and waits for you at Ardbennie Road. We are open until 17:00.\nMbare Hardware, Ardbennie Road',
  });
  expect(await sent()).toEqual({
    name: 'order_ready',
    language: { code: 'en' },
    components: [
      ...ready,
      ...['order_ready:0', 'order_ready:1'].map((payload, index) => ({
        type: 'button',
        sub_type: 'quick_reply',
        index: String(index),
        parameters: [{ type: 'payload', payload }],
      })),
    ],
  });
  expect(customer.thread(box.number.phoneNumberId).at(-1)?.content).toMatchObject({
    text: expect.stringContaining('Hello Tendai, your order is packed and waits for you at Ardbennie Road.'),
  });
  const { data } = await (await box.api(`/api/v1/conversations/${conversationId}/messages`)).json();
  expect(data[0]).toMatchObject({
    id: answer.body.id,
    status: expect.stringMatching(/sent|delivered|accepted/),
  });
});

test('named values go by their names, in whatever order they are given', async () => {
  const named = { quote_number: 'MH-2291', news: 'it is ready', first_name: 'Tendai' };
  const parameters = Object.entries(named).map(([parameter_name, value]) => ({
    type: 'text',
    parameter_name,
    text: value,
  }));
  const answer = await send('quote_follow_up', [{ type: 'body', parameters }]);
  expect(answer.body.text).toContain('Hello Tendai, there is news on quote MH-2291: it is ready.');
  expect((await sent()) as object).toMatchObject({
    components: [
      {
        type: 'body',
        parameters: [
          { type: 'text', parameter_name: 'first_name', text: 'Tendai' },
          { type: 'text', parameter_name: 'quote_number', text: 'MH-2291' },
          { type: 'text', parameter_name: 'news', text: 'it is ready' },
        ],
      },
      {},
      {},
    ],
  });
});

test('a place and the end of a link are filled in', async () => {
  const location = { latitude: -17.8634, longitude: 31.0297, name: 'Your site', address: '4 Jongwe Avenue' };
  const components = [
    { type: 'header', parameters: [{ type: 'location', location }] },
    { type: 'body', parameters: text('Tendai', '14:00 and 16:00') },
    { type: 'button', sub_type: 'url', index: '0', parameters: text('MH-1180') },
  ];
  expect((await send('delivery_today', components)).status).toBe(202);
  expect(await sent()).toMatchObject({ components });
});

test('a file of ours is given to Meta before its template goes, once', async () => {
  const id = await upload(pdf, 'invoice.pdf');
  const components = [
    { type: 'header', parameters: [{ type: 'document', document: { id, filename: 'invoice.pdf' } }] },
    { type: 'body', parameters: text('Tendai', 'MH-1180') },
  ];
  const answer = await send('invoice_sent', components);
  expect(answer.status).toBe(202);
  await box.services.delivery.idle();
  const mediaId = box.simulator.uploads.at(-1)?.id;
  expect(await sent()).toMatchObject({
    components: [
      {
        type: 'header',
        parameters: [{ type: 'document', document: { id: mediaId, filename: 'invoice.pdf' } }],
      },
      {},
    ],
  });
  expect(answer.body.attachments).toMatchObject([{ id }]);
});

test('every card of a carousel has its own file, values and payload', async () => {
  const ids = [await upload(picture, 'one.jpg'), await upload(picture, 'two.jpg')];
  const before = box.simulator.uploads.length;
  const answer = await send('new_arrivals', [
    { type: 'body', parameters: text('Tendai') },
    {
      type: 'carousel',
      cards: ids.map((id, card_index) => ({
        card_index,
        components: [
          { type: 'header', parameters: [{ type: 'image', image: { id } }] },
          { type: 'body', parameters: text('US$ 89') },
          { type: 'button', sub_type: 'url', index: 1, parameters: text(`item-${card_index}`) },
        ],
      })),
    },
  ]);
  expect(answer.status).toBe(202);
  const template = await sent();
  expect(box.simulator.uploads).toHaveLength(before + 2);
  const [one, two] = box.simulator.uploads.slice(-2);
  const cards = [one, two].map((file, card_index) => ({
    card_index,
    components: [
      { type: 'header', parameters: [{ type: 'image', image: { id: file?.id } }] },
      { type: 'body', parameters: text('US$ 89') },
      {
        type: 'button',
        sub_type: 'quick_reply',
        index: '0',
        parameters: [{ type: 'payload', payload: `new_arrivals:card.${card_index}.0` }],
      },
      { type: 'button', sub_type: 'url', index: '1', parameters: text(`item-${card_index}`) },
    ],
  }));
  expect(template).toMatchObject({ components: [{ type: 'body' }, { type: 'carousel', cards }] });
});

test('an offer has its end, its code and its link', async () => {
  const id = await upload(pdf, 'x.pdf');
  const ends = clock + DAY;
  const components = [
    { type: 'header', parameters: [{ type: 'image', image: { link: 'https://mbare.example/paint.jpg' } }] },
    {
      type: 'limited_time_offer',
      parameters: [{ type: 'limited_time_offer', limited_time_offer: { expiration_time_ms: ends } }],
    },
    { type: 'body', parameters: text('Tendai', '20 %') },
    {
      type: 'button',
      sub_type: 'copy_code',
      index: '0',
      parameters: [{ type: 'coupon_code', coupon_code: 'PAINT20' }],
    },
    { type: 'button', sub_type: 'url', index: '1', parameters: text('whatsapp') },
  ];
  expect((await send('november_offers', components)).status).toBe(202);
  expect(await sent()).toMatchObject({
    components: expect.arrayContaining(components.map((one) => expect.objectContaining(one))),
  });
  const wrong = [{ type: 'header', parameters: [{ type: 'image', image: { id } }] }, ...components.slice(1)];
  expect(await send('november_offers', wrong)).toMatchObject({
    status: 422,
    body: { errors: [{ field: 'header' }] },
  });
});

test('a code stands in the words and on the button', async () => {
  const components = [{ type: 'body', parameters: text('482913') }];
  expect((await send('login_code', components)).body.text).toStartWith('*482913* is your code');
  expect(await sent()).toMatchObject({
    components: [
      { type: 'body', parameters: text('482913') },
      { type: 'button', sub_type: 'url', index: '0', parameters: text('482913') },
    ],
  });
});

test('a flow gets a token of its own, or the one that is given', async () => {
  const components = [{ type: 'body', parameters: text('Tendai') }];
  await send('delivery_survey', components);
  expect(await sent()).toMatchObject({
    components: [
      {},
      { sub_type: 'flow', parameters: [{ action: { flow_token: expect.stringMatching(/^[\w-]{36}$/) } }] },
    ],
  });
  const action = { flow_token: 'order 1180', flow_action_data: { order: 1180 } };
  const flow = { type: 'button', sub_type: 'flow', index: '0', parameters: [{ type: 'action', action }] };
  await send('delivery_survey', [...components, flow]);
  expect(await sent()).toMatchObject({ components: [{}, flow] });
});

test('the same request under its key is the same message, and another one is refused', async () => {
  const first = await send('order_ready', ready, 'once');
  await sent();
  const before = box.simulator.sent.length;
  expect((await send('order_ready', ready, 'once')).body.id).toBe(first.body.id);
  const other = [ready[0], { type: 'body', parameters: text('Tendai', 'Ardbennie Road', '18:00') }];
  expect(await send('order_ready', other, 'once')).toMatchObject({
    status: 422,
    body: { type: expect.stringContaining('idempotency-mismatch') },
  });
  await sent();
  expect(box.simulator.sent).toHaveLength(before);
});

const wrong: [string, string, unknown[] | undefined, string, string][] = [
  [
    'too few values',
    'order_ready',
    [{ type: 'body', parameters: text('Tendai') }],
    'template.components[0].parameters',
    'takes 3 values, and 1 are given',
  ],
  ['a value that is not there', 'order_ready', undefined, 'header.1', 'Fill this in'],
  [
    'an empty value',
    'order_ready',
    [ready[0], { type: 'body', parameters: text('Tendai', ' ', '17:00') }],
    'body.2',
    'Fill this in',
  ],
  [
    'a line break',
    'order_ready',
    [ready[0], { type: 'body', parameters: text('Tendai', 'a\nb', '17:00') }],
    'body.2',
    'no line breaks',
  ],
  [
    'a text that becomes too long',
    'order_ready',
    [ready[0], { type: 'body', parameters: text('Tendai', 'x'.repeat(1000), '17:00') }],
    'body.2',
    'WhatsApp takes 1,024',
  ],
  [
    'a heading that becomes too long',
    'order_ready',
    [{ type: 'header', parameters: text('x'.repeat(50)) }, ready[1]],
    'header.1',
    'WhatsApp takes 60',
  ],
  [
    'a name where values are counted',
    'order_ready',
    [
      ready[0],
      { type: 'body', parameters: [...text('a', 'b'), { type: 'text', parameter_name: 'x', text: 'c' }] },
    ],
    'template.components[1].parameters[2]',
    'leave out parameter_name',
  ],
  [
    'another kind of header',
    'order_ready',
    [
      { type: 'header', parameters: [{ type: 'image', image: { link: 'https://a.example/b.jpg' } }] },
      ready[1],
    ],
    'template.components[0]',
    'of the kind text',
  ],
  [
    'a link that is not https',
    'november_offers',
    [{ type: 'header', parameters: [{ type: 'image', image: { link: 'http://a.example/b.jpg' } }] }],
    'template.components[0].parameters[0].image',
    'begins with https',
  ],
  [
    'a card too few',
    'new_arrivals',
    [{ type: 'body', parameters: text('Tendai') }],
    'template.components',
    'has 2 cards, and 0 are given',
  ],
];
test.each(wrong)(
  '%s is refused with the place and what to do',
  async (_, name, components, field, sentence) => {
    const answer = await send(name, components);
    expect(answer.status).toBe(422);
    const problem = (answer.body.errors as { field: string; detail: string }[]).find(
      (one) => one.field === field,
    );
    expect(problem?.detail).toContain(sentence);
  },
);

test('a template that is unknown, in another language or not approved is refused', async () => {
  expect(await send('no_such')).toMatchObject({
    status: 422,
    body: { type: expect.stringContaining('template-unknown') },
  });
  expect((await send('order_ready', ready, 'pt', 'pt_BR')).body.type).toContain('template-unknown');
  const paused = await send('loyalty_points', [{ type: 'body', parameters: text('Tendai', '240') }]);
  expect(paused.body.type).toContain('template-not-approved');
});

test('marketing does not go to who has stopped it, and other templates do', async () => {
  const [contact] = await box.inbox(({ sql }) => sql.select().from(contacts));
  await box.inbox((inbox) =>
    inbox.write('full', [
      inbox.sql.insert(consents).values({
        id: inbox.nextId(),
        contactId: contact?.id ?? 0,
        purpose: 'marketing',
        state: 'withdrawn',
        source: 'whatsapp',
        at: clock,
      }),
    ]),
  );
  const offer = [
    { type: 'header', parameters: [{ type: 'image', image: { link: 'https://mbare.example/paint.jpg' } }] },
    {
      type: 'limited_time_offer',
      parameters: [{ type: 'limited_time_offer', limited_time_offer: { expiration_time_ms: clock + DAY } }],
    },
    { type: 'body', parameters: text('Tendai', '20 %') },
    {
      type: 'button',
      sub_type: 'copy_code',
      index: '0',
      parameters: [{ type: 'coupon_code', coupon_code: 'PAINT20' }],
    },
    { type: 'button', sub_type: 'url', index: '1', parameters: text('whatsapp') },
  ];
  expect(await send('november_offers', offer)).toMatchObject({
    status: 422,
    body: { type: expect.stringContaining('opted-out'), title: 'This customer wants no marketing from you.' },
  });
  expect((await send('order_ready', ready)).status).toBe(202);
});

test('what Meta refuses after all fails with plain words', async () => {
  box.simulator.trouble.failNext(132015);
  const { body } = await send('order_ready', ready);
  await sent();
  const [row] = await box.inbox(({ sql }) =>
    sql.select().from(messages).where(eq(messages.id, body.id)).orderBy(desc(messages.id)),
  );
  expect(row).toMatchObject({ status: 'failed', errorCode: 132015 });
  expect(JSON.parse(row?.error ?? '')).toMatchObject({ title: expect.stringContaining('paused') });
});
