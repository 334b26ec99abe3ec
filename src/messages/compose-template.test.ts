import { afterAll, beforeAll, expect, test } from 'bun:test';
import { eq } from 'drizzle-orm';
import { messages, numbers, templates } from '#src/db/schema/inbox/index.ts';
import { readBodies } from '#src/whatsapp/bodies/bodies.ts';
import { openTemplateBox, ready, type TemplateBox, texts } from './template-testing.ts';

let box: TemplateBox;
beforeAll(async () => {
  box = await openTemplateBox();
});
afterAll(() => box.close());

const DAY = 24 * 60 * 60_000;
const sample = Bun.file(new URL('../simulator/samples/tap.jpg', import.meta.url));
const picture = new Uint8Array(await sample.arrayBuffer());
const pdf = new TextEncoder().encode('%PDF-1.4\n%invoice\n1 0 obj\nendobj\n');

/** A file of ours for every file of Meta's that the body names, and the other way round. */
async function withOurFiles(components: object[]) {
  const text = JSON.stringify(components);
  const ids: number[] = [];
  for (const [, kind] of text.matchAll(/"(image|document)":\{"id":"\d+"/g)) {
    ids.push(
      kind === 'image'
        ? await box.upload(picture, `${ids.length}.jpg`)
        : await box.upload(pdf, 'invoice.pdf'),
    );
  }
  let place = 0;
  const given = JSON.parse(text.replace(/\{"id":"\d+"/g, () => `{"id":${ids[place++]}`));
  return { given, count: ids.length };
}

type Written = { name: string; language: { code: string }; components: object[] };
const bodies = readBodies('sending').filter(({ name }) => name.startsWith('template-'));
test.each(bodies.map(({ name, value }) => [name, value]))(
  '%s reaches Meta as it is written',
  async (_, { template }) => {
    const { name, language, components } = template as Written;
    const { given, count } = await withOurFiles(components);
    expect((await box.send(name, given, { language: language.code })).status).toBe(202);
    const received = JSON.stringify(await box.sent());
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

test('what Meta has forgotten of a heading or of the cards is uploaded anew, all of it, and the template goes once', async () => {
  const { simulator, clock, services, accountId } = box;
  for (const wanted of ['template-document', 'template-carousel']) {
    const { template } = bodies.find(({ name }) => name === wanted)?.value ?? {};
    const { name, language, components } = template as Written;
    const { given, count } = await withOurFiles(components);
    const before = { sent: simulator.sent.length, uploads: simulator.uploads.length };
    simulator.trouble.failNext(131016, { on: 'message' });
    const { body } = await box.send(name, given, { language: language.code });
    await services.delivery.idle();
    const forgotten = simulator.uploads.slice(before.uploads);
    for (const { id } of forgotten) {
      simulator.media.expire(id);
    }
    clock.now += 2_000;
    services.delivery.poke(accountId);
    const received = JSON.stringify(await box.sent());
    const anew = simulator.uploads.slice(before.uploads + count);
    expect([forgotten.length, anew.length, simulator.sent.length - before.sent]).toEqual([count, count, 1]);
    expect(anew.every(({ id }) => received.includes(`"id":"${id}"`))).toBe(true);
    expect(forgotten.some(({ id }) => received.includes(`"id":"${id}"`))).toBe(false);
    expect(count).toBeGreaterThan(wanted === 'template-carousel' ? 1 : 0);
    expect(body.type).toBe('template');
  }
});

test('a template whose files Meta could not process goes again with all of them, though the window is closed', async () => {
  const { simulator } = box;
  const { template } = bodies.find(({ name }) => name === 'template-carousel')?.value ?? {};
  const { name, language, components } = template as Written;
  const { given, count } = await withOurFiles(components);
  simulator.trouble.unprocessable(1);
  const { body } = await box.send(name, given, { language: language.code });
  await box.services.delivery.idle();
  await box.settled();
  const uploads = simulator.uploads.length;
  const ada = await box.as('ada');
  expect((await ada.post(`/messages/${body.id}/repetition`)).status).toBe(303);
  const received = JSON.stringify(await box.sent());
  const anew = simulator.uploads.slice(uploads);
  expect(anew).toHaveLength(count);
  expect(anew.every(({ id }) => received.includes(`"id":"${id}"`))).toBe(true);
});

test('a template goes to a customer whose window is closed, and reads as they see it', async () => {
  const answer = await box.send('order_ready', ready);
  expect(answer.status).toBe(202);
  expect(answer.body).toMatchObject({
    type: 'template',
    text: 'Order MH-1180 is ready\nHello Tendai, your order is packed and waits for you at Ardbennie Road. We are open until 17:00.\nMbare Hardware, Ardbennie Road',
  });
  expect(await box.sent()).toEqual({
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
  expect(box.customer.thread(box.number.phoneNumberId).at(-1)?.content).toMatchObject({
    text: expect.stringContaining('Hello Tendai, your order is packed and waits for you at Ardbennie Road.'),
  });
  const [{ id: conversationId }] = (await (await box.api('/api/v1/conversations')).json()).data;
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
  const answer = await box.send('quote_follow_up', [{ type: 'body', parameters }]);
  expect(answer.body.text).toContain('Hello Tendai, there is news on quote MH-2291: it is ready.');
  expect((await box.sent()) as object).toMatchObject({
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

test('an offer has its end, its code and its link', async () => {
  const id = await box.upload(pdf, 'x.pdf');
  const ends = box.clock.now + DAY;
  const components = [
    { type: 'header', parameters: [{ type: 'image', image: { link: 'https://mbare.example/paint.jpg' } }] },
    {
      type: 'limited_time_offer',
      parameters: [{ type: 'limited_time_offer', limited_time_offer: { expiration_time_ms: ends } }],
    },
    { type: 'body', parameters: texts('Tendai', '20 %') },
    {
      type: 'button',
      sub_type: 'copy_code',
      index: '0',
      parameters: [{ type: 'coupon_code', coupon_code: 'PAINT20' }],
    },
    { type: 'button', sub_type: 'url', index: '1', parameters: texts('whatsapp') },
  ];
  expect((await box.send('november_offers', components)).status).toBe(202);
  expect(await box.sent()).toMatchObject({
    components: expect.arrayContaining(components.map((one) => expect.objectContaining(one))),
  });
  const wrong = [{ type: 'header', parameters: [{ type: 'image', image: { id } }] }, ...components.slice(1)];
  expect(await box.send('november_offers', wrong)).toMatchObject({
    status: 422,
    body: { errors: [{ field: 'header' }] },
  });
});

test('a code stands in the words and on the button', async () => {
  const components = [{ type: 'body', parameters: texts('482913') }];
  expect((await box.send('login_code', components)).body.text).toStartWith('*482913* is your code');
  expect(await box.sent()).toMatchObject({
    components: [
      { type: 'body', parameters: texts('482913') },
      { type: 'button', sub_type: 'url', index: '0', parameters: texts('482913') },
    ],
  });
});

test('a flow gets a token of its own, or the one that is given', async () => {
  const components = [{ type: 'body', parameters: texts('Tendai') }];
  await box.send('delivery_survey', components);
  expect(await box.sent()).toMatchObject({
    components: [
      {},
      { sub_type: 'flow', parameters: [{ action: { flow_token: expect.stringMatching(/^[\w-]{36}$/) } }] },
    ],
  });
  const action = { flow_token: 'order 1180', flow_action_data: { order: 1180 } };
  const flow = { type: 'button', sub_type: 'flow', index: '0', parameters: [{ type: 'action', action }] };
  await box.send('delivery_survey', [...components, flow]);
  expect(await box.sent()).toMatchObject({ components: [{}, flow] });
});

test('an offer whose end is no date, which was taken once, costs nobody the list it is in', async () => {
  const { body } = await box.send('order_ready', ready);
  const [row] = await box.inbox(({ sql }) => sql.select().from(messages).where(eq(messages.id, body.id)));
  const offer = { text: 'Paint week', expiresAt: Number.MAX_SAFE_INTEGER };
  const content = JSON.stringify({ ...JSON.parse(row?.content ?? ''), offer });
  await box.inbox((inbox) =>
    inbox.write('normal', [inbox.sql.update(messages).set({ content }).where(eq(messages.id, body.id))]),
  );
  const [{ id: conversationId }] = (await (await box.api('/api/v1/conversations')).json()).data;
  const { data } = await (await box.api(`/api/v1/conversations/${conversationId}/messages`)).json();
  expect(data[0]).toMatchObject({
    id: body.id,
    content: { shown: { limited_time_offer: { text: 'Paint week', expires_at: null } } },
  });
});

test('the same request under its key is the same message, and another one is refused', async () => {
  const first = await box.send('order_ready', ready, { key: 'once' });
  await box.sent();
  const before = box.simulator.sent.length;
  expect((await box.send('order_ready', ready, { key: 'once' })).body.id).toBe(first.body.id);
  const other = [ready[0], { type: 'body', parameters: texts('Tendai', 'Ardbennie Road', '18:00') }];
  expect(await box.send('order_ready', other, { key: 'once' })).toMatchObject({
    status: 422,
    body: { type: expect.stringContaining('idempotency-mismatch') },
  });
  await box.sent();
  expect(box.simulator.sent).toHaveLength(before);
});

test('a form that was sent otherwise from another window says so, and goes on under a key of its own', async () => {
  const [survey] = await box.inbox(({ sql: db }) =>
    db.select().from(templates).where(eq(templates.name, 'delivery_survey')),
  );
  const [{ id }] = (await (await box.api('/api/v1/conversations')).json()).data;
  const ada = await box.as('ada');
  const post = (name: string, key: string) =>
    ada.post(`/conversations/${id}/templates/${survey?.id}/messages`, { key, 'v.body.1': name });
  expect((await post('Tendai', 'shared')).status).toBe(303);
  const refused = await post('Rudo', 'shared');
  expect(refused.status).toBe(422);
  const html = await refused.text();
  expect(html).toContain('already been sent from another window');
  const key = html.match(/name="key" value="([^"]+)"/)?.[1] ?? 'shared';
  expect((await post('Rudo', key)).status).toBe(303);
  expect(JSON.stringify(await box.sent())).toContain('Rudo');
});

test('while Meta lets nobody be written to first, a template waits, and goes as an answer once the customer writes', async () => {
  box.clock.now += DAY;
  await box.inbox((inbox) =>
    inbox.write('full', [inbox.sql.update(numbers).set({ startsForbiddenUntil: box.clock.now + 7 * DAY })]),
  );
  const before = box.simulator.sent.length;
  expect(await box.send('order_ready', ready)).toMatchObject({ status: 202, body: { status: 'queued' } });
  await box.services.delivery.idle();
  expect(box.simulator.sent.length).toBe(before);

  await box.customer.say(box.number.phoneNumberId, 'Is my order ready?');
  await box.settled();
  await box.services.delivery.idle();
  expect(box.simulator.sent.length).toBe(before + 1);
  expect(await box.sent()).toMatchObject({ name: 'order_ready' });
});
