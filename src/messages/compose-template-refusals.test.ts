import { afterAll, beforeAll, expect, test } from 'bun:test';
import { desc, eq } from 'drizzle-orm';
import { consents, contacts, messages } from '#src/db/schema/inbox/index.ts';
import { openTemplateBox, ready, type TemplateBox, texts } from './template-testing.ts';

let box: TemplateBox;
beforeAll(async () => {
  box = await openTemplateBox();
});
afterAll(() => box.close());

const DAY = 24 * 60 * 60_000;
const lists = () => box.simulator.requests.filter(({ path }) => path.endsWith('/message_templates')).length;

const wrong: [string, string, unknown[] | undefined, string, string][] = [
  [
    'too few values',
    'order_ready',
    [{ type: 'body', parameters: texts('Tendai') }],
    'template.components[0].parameters',
    'takes 3 values, and 1 are given',
  ],
  ['a value that is not there', 'order_ready', undefined, 'header.1', 'Fill this in'],
  [
    'an empty value',
    'order_ready',
    [ready[0], { type: 'body', parameters: texts('Tendai', ' ', '17:00') }],
    'body.2',
    'Fill this in',
  ],
  [
    'a line break',
    'order_ready',
    [ready[0], { type: 'body', parameters: texts('Tendai', 'a\nb', '17:00') }],
    'body.2',
    'no line breaks',
  ],
  [
    'a text that becomes too long',
    'order_ready',
    [ready[0], { type: 'body', parameters: texts('Tendai', 'x'.repeat(1000), '17:00') }],
    'body.2',
    'WhatsApp takes 1,024',
  ],
  [
    'a heading that becomes too long',
    'order_ready',
    [{ type: 'header', parameters: texts('x'.repeat(50)) }, ready[1]],
    'header.1',
    'WhatsApp takes 60',
  ],
  [
    'a name where values are counted',
    'order_ready',
    [
      ready[0],
      { type: 'body', parameters: [...texts('a', 'b'), { type: 'text', parameter_name: 'x', text: 'c' }] },
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
    'an end that is no date',
    'november_offers',
    [
      {
        type: 'limited_time_offer',
        parameters: [
          {
            type: 'limited_time_offer',
            limited_time_offer: { expiration_time_ms: Number.MAX_SAFE_INTEGER },
          },
        ],
      },
    ],
    'offer',
    'choose an earlier moment',
  ],
  [
    'a card too few',
    'new_arrivals',
    [{ type: 'body', parameters: texts('Tendai') }],
    'template.components',
    'has 2 cards, and 0 are given',
  ],
];
test.each(wrong)(
  '%s is refused with the place and what to do',
  async (_, name, components, field, sentence) => {
    const answer = await box.send(name, components);
    expect(answer.status).toBe(422);
    const problem = answer.body.errors.find((one) => one.field === field);
    expect(problem?.detail).toContain(sentence);
  },
);

test('a template that is unknown, in another language or not approved is refused', async () => {
  expect(await box.send('no_such')).toMatchObject({
    status: 422,
    body: { type: expect.stringContaining('template-unknown') },
  });
  expect((await box.send('order_ready', ready, { language: 'pt_BR' })).body.type).toContain(
    'template-unknown',
  );
  const paused = await box.send('loyalty_points', [{ type: 'body', parameters: texts('Tendai', '240') }]);
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
        at: box.clock.now,
      }),
    ]),
  );
  const offer = [
    { type: 'header', parameters: [{ type: 'image', image: { link: 'https://mbare.example/paint.jpg' } }] },
    {
      type: 'limited_time_offer',
      parameters: [
        { type: 'limited_time_offer', limited_time_offer: { expiration_time_ms: box.clock.now + DAY } },
      ],
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
  expect(await box.send('november_offers', offer)).toMatchObject({
    status: 422,
    body: { type: expect.stringContaining('opted-out'), title: 'This customer wants no marketing from you.' },
  });
  expect((await box.send('order_ready', ready)).status).toBe(202);
});

test('what Meta refuses after all fails with plain words, and has the list read again', async () => {
  await box.sent();
  box.simulator.trouble.failNext(132015);
  const before = lists();
  const { body } = await box.send('order_ready', ready);
  await box.sent();
  await box.services.templates.idle();
  expect(lists()).toBe(before + 1);
  const [row] = await box.inbox(({ sql }) =>
    sql.select().from(messages).where(eq(messages.id, body.id)).orderBy(desc(messages.id)),
  );
  expect(row).toMatchObject({ status: 'failed', errorCode: 132015 });
  expect(JSON.parse(row?.error ?? '')).toMatchObject({ title: expect.stringContaining('paused') });
});
