import { afterAll, beforeAll, expect, test } from 'bun:test';
import { eq } from 'drizzle-orm';
import { messages } from '#src/db/schema/inbox/index.ts';
import { type FileBox, openFileBox, RUDO } from '#src/messages/file-testing.ts';
import { checkMessage } from '#src/simulator/checks/message.ts';
import { sample } from '#src/simulator/samples/samples.ts';
import { readBodies } from '#src/whatsapp/bodies/bodies.ts';
import { LIMITS } from '#src/whatsapp/outgoing-limits.ts';

let box: FileBox;
let question: { id: number; wamid: string };
beforeAll(async () => {
  box = await openFileBox();
  const { data } = await (await box.api(`/api/v1/conversations/${box.conversationId}/messages`)).json();
  question = data[0];
});
afterAll(() => box.close());

type Body = Record<string, unknown> & { type: string };
const bodies = readBodies('sending');
const messageBodies = bodies
  .filter(({ value }) => 'type' in value)
  .map(({ name, value }) => ({ name, value: value as Body }));
/** Those that are no file themselves, to somebody with a phone number. */
const written = messageBodies.filter(
  ({ name, value }) =>
    ['text', 'location', 'contacts', 'interactive'].includes(value.type) && name !== 'text-to-bsuid',
);

const send = (message: object, key: string = crypto.randomUUID()) =>
  box.api(`/api/v1/conversations/${box.conversationId}/messages`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'idempotency-key': key },
    body: JSON.stringify(message),
  });

test('the stand-in for Meta takes the body of every kind that is sent', () => {
  expect(messageBodies.map(({ value }) => checkMessage(value))).toEqual(
    messageBodies.map(({ value }) => value.type),
  );
  expect(new Set(messageBodies.map(({ value }) => value.type))).toEqual(
    new Set([
      'audio',
      'contacts',
      'document',
      'image',
      'interactive',
      'location',
      'reaction',
      'sticker',
      'template',
      'text',
      'video',
    ]),
  );
});

test('what a program sends as Meta writes it reaches Meta as it was written', async () => {
  const from = box.simulator.sent.length;
  for (const { value } of written) {
    const { type, context } = value;
    const answer = await send({
      ...(await box.withOwnFiles({ type, [type]: value[type] })),
      ...(context === undefined ? {} : { reply_to: question.id }),
    });
    expect([type, answer.status]).toEqual([type, 202]);
    await box.settled();
  }
  const sent = box.simulator.sent.slice(from).map(({ body }) => withoutFiles(body));
  expect(sent).toEqual(
    written.map(({ value }) => ({
      ...withoutFiles(value),
      to: RUDO,
      ...(value.context === undefined ? {} : { context: { message_id: question.wamid } }),
      biz_opaque_callback_data: expect.any(String),
    })),
  );
});

test('a card comes back as it was sent, and one without the parts of a name goes with the whole as the first', async () => {
  const whole = written.find(({ name }) => name === 'contacts-whole')?.value.contacts;
  expect(await (await send({ type: 'contacts', contacts: whole })).json()).toMatchObject({
    content: { kind: 'contacts', contacts: whole },
  });
  const contacts = [{ name: { formatted_name: 'Ada', last_name: ' ' }, addresses: [{ type: 'WORK' }] }];
  expect((await send({ type: 'contacts', contacts })).status).toBe(202);
  await box.settled();
  expect(box.simulator.sent.at(-1)?.body.contacts).toEqual([
    { name: { formatted_name: 'Ada', first_name: 'Ada' } },
  ]);
});

/** The same, whichever file it names. */
const withoutFiles = (body: object): object =>
  JSON.parse(JSON.stringify(body).replace(/("(?:image|video|document)":\{"id":)"\d+"/g, '$1"of a file"'));

test('a file goes above one message, as the kind that it is', async () => {
  const { bytes } = await sample('document');
  const headers = { 'x-file-name': 'Pricelist.pdf' };
  const { id } = await (await box.api('/api/v1/media', { method: 'POST', headers, body: bytes })).json();
  const under = (header: object) =>
    interactive('button', { buttons: [button('yes')] }, { header, body: { text: 'Is it right?' } });
  const asPicture = await send(under({ type: 'image', image: { id } }), 'picture');
  expect([asPicture.status, (await asPicture.json()).errors]).toEqual([
    422,
    [{ field: 'interactive.header.image.id', detail: expect.stringContaining('Send it as document') }],
  ]);

  const sent = await (await send(under({ type: 'document', document: { id } }), 'document')).json();
  expect(sent).toMatchObject({
    type: 'interactive',
    attachments: [{ id, mime_type: 'application/pdf', url: `/api/v1/media/${id}` }],
  });
  const repeated = await (await send(under({ type: 'document', document: { id } }), 'document')).json();
  expect(repeated.id).toBe(sent.id);
  await box.settled();
  const [upload] = box.simulator.uploads.slice(-1);
  expect(box.simulator.sent.at(-1)?.body).toMatchObject({
    interactive: { header: { type: 'document', document: { id: upload?.id, filename: 'Pricelist.pdf' } } },
  });
  const found = await (await box.api('/api/v1/search?q=Pricelist')).json();
  expect(JSON.stringify(found)).toContain(String(sent.id));

  const twice = await send(under({ type: 'document', document: { id } }));
  expect((await twice.json()).errors).toEqual([
    { field: 'interactive.header.document.id', detail: expect.stringContaining('sent already') },
  ]);
});

test('a repeat with the same key is the same message, and another kind under it is refused', async () => {
  const place = { type: 'location', location: { latitude: 1, longitude: 2 } };
  const { id } = await (await send(place, 'place')).json();
  expect(await (await send(place, 'place')).json()).toMatchObject({ id });
  const moved = await send({ type: 'location', location: { latitude: 1, longitude: 3 } }, 'place');
  expect([moved.status, (await moved.json()).type]).toEqual([422, 'idempotency-mismatch']);
});

const long = (limit: number) => 'x'.repeat(limit + 1);
const interactive = (type: string, action: object, more: object = {}) => ({
  type: 'interactive',
  interactive: { type, body: { text: 'Which?' }, action, ...more },
});
const card = (parts: object) => ({
  type: 'contacts',
  contacts: [{ name: { formatted_name: 'Ada' }, ...parts }],
});
const button = (id: string, title = id) => ({ type: 'reply', reply: { id, title } });
const rows = (count: number) => Array.from({ length: count }, (_, id) => ({ id: `${id}`, title: `${id}` }));
const list = (sections: object[], label = 'Open') => interactive('list', { button: label, sections });
const link = (label: string, url: string) =>
  interactive('cta_url', { name: 'cta_url', parameters: { display_text: label, url } });

const refused: [field: string, words: string, body: object][] = [
  ['text.body', '4,096', { type: 'text', text: { body: long(LIMITS.text) } }],
  ['text.body', 'Write something', { type: 'text', text: { body: ' ', preview_url: true } }],
  ['image.id', 'no longer there', { type: 'image', image: { id: 1 } }],
  ['reply_to', 'not in this conversation', { type: 'text', text: { body: 'Yes' }, reply_to: 1 }],
  ['text.body', 'not of the kind', { type: 'text', text: { body: 7 } }],
  ['contacts[0].name.formatted_name', 'not of the kind', { type: 'contacts', contacts: [{ name: {} }] }],
  ['location.latitude', '90', { type: 'location', location: { latitude: 91, longitude: 0 } }],
  [
    'reply_to',
    'no quote with a template',
    { type: 'template', template: { name: 'any', language: { code: 'en' } }, reply_to: 1 },
  ],
  ['contacts', '1 to 257', { type: 'contacts', contacts: [] }],
  [
    'contacts[0].name.formatted_name',
    'missing',
    { type: 'contacts', contacts: [{ name: { formatted_name: ' ' } }] },
  ],
  [
    'contacts[0].addresses[1].street',
    '1,000',
    card({ addresses: [{ city: 'Gweru' }, { street: long(1000) }] }),
  ],
  ['contacts[0].urls[0].type', '1,000', card({ urls: [{ url: 'https://ada.example', type: long(1000) }] })],
  ['contacts[0].phones', 'at most 20', card({ phones: Array(21).fill({ phone: '+263 77 123 4567' }) })],
  [
    'interactive.body.text',
    '1,024',
    interactive('button', { buttons: [button('a')] }, { body: { text: long(1024) } }),
  ],
  [
    'interactive.footer.text',
    '60',
    interactive('button', { buttons: [button('a')] }, { footer: { text: long(60) } }),
  ],
  [
    'interactive.action.buttons',
    '1 to 3',
    interactive('button', { buttons: 'abcd'.split('').map((id) => button(id)) }),
  ],
  [
    'interactive.action.buttons[0].reply.title',
    'at most 20 characters on WhatsApp. This one has 21',
    interactive('button', { buttons: [button('a', long(20))] }),
  ],
  [
    'interactive.action.buttons',
    'differ',
    interactive('button', { buttons: [button('a', 'x'), button('b', 'x')] }),
  ],
  ['interactive.action.buttons', 'missing', interactive('button', {})],
  ['interactive.action.button', '20', list([{ rows: rows(1) }], long(20))],
  ['interactive.action.sections', '1 to 10', list([{ rows: rows(11) }])],
  ['interactive.action.sections[1].title', 'missing', list([{ title: 'A', rows: rows(1) }, { rows: [] }])],
  [
    'interactive.action.sections[0].rows[0].description',
    '72',
    list([{ rows: [{ id: '1', title: 'x', description: long(72) }] }]),
  ],
  ['interactive.action.parameters.display_text', '20', link(long(20), 'https://shop.example')],
  ['interactive.action.parameters.url', 'https://', link('Open', 'javascript:alert(1)')],
  [
    'interactive.header',
    'only a text of at most 60 characters',
    interactive(
      'list',
      { button: 'Open', sections: [{ rows: rows(1) }] },
      { header: { type: 'image', image: { id: 1 } } },
    ),
  ],
  [
    'interactive.header.video',
    'missing',
    interactive('button', { buttons: [button('a')] }, { header: { type: 'video', image: { id: 1 } } }),
  ],
  [
    'interactive.header.image.id',
    'no longer there',
    interactive('button', { buttons: [button('a')] }, { header: { type: 'image', image: { id: 1 } } }),
  ],
  [
    'interactive.header.text',
    'at most 60',
    interactive('button', { buttons: [button('a')] }, { header: { type: 'text', text: long(60) } }),
  ],
  [
    'interactive.header',
    'no heading',
    interactive(
      'location_request_message',
      { name: 'send_location' },
      { header: { type: 'text', text: 'x' } },
    ),
  ],
];

test('what is past a limit of Meta’s is refused before it is sent, with the limit in the sentence', async () => {
  await box.settled();
  const from = box.simulator.requests.length;
  for (const [field, words, body] of refused) {
    const answer = await send(body);
    const { errors } = await answer.json();
    expect([field, answer.status]).toEqual([field, 422]);
    expect(errors).toContainEqual({ field, detail: expect.stringContaining(words) });
  }
  await box.settled();
  expect(box.simulator.requests.length).toBe(from);
});

const react = (method: string, id: number | string, emoji?: string) =>
  box.api(`/api/v1/messages/${id}/reaction`, {
    method,
    headers: emoji === undefined ? {} : { 'content-type': 'application/json' },
    body: emoji === undefined ? null : JSON.stringify({ emoji }),
  });
const reactions = async () => {
  const answer = await box.api(`/api/v1/conversations/${box.conversationId}/messages?limit=100`);
  const { data } = await answer.json();
  return data.find(({ id }: { id: number }) => id === question.id).reactions;
};

test('a reaction is put once, replaced and taken back, however often it is asked for', async () => {
  const from = box.simulator.sent.length;
  const put = await react('PUT', question.id, '👍');
  expect(put.status).toBe(202);
  const given = await put.json();
  // It may have left by then.
  const on = { message_id: question.id, status: expect.any(String), reacted_at: expect.any(String) };
  expect(given).toEqual({ ...on, emoji: '👍' });
  await box.settled();
  expect((await react('PUT', question.id, '👍')).status).toBe(202);
  await react('PUT', question.id, '❤️');
  await box.settled();
  expect(await reactions()).toEqual([
    { emoji: '❤️', direction: 'out', by: null, status: 'sent', reacted_at: given.reacted_at },
  ]);
  for (const status of [204, 204]) {
    const answer = await react('DELETE', question.id);
    expect([answer.status, await answer.text()]).toEqual([status, '']);
  }
  await box.settled();
  expect(await reactions()).toEqual([]);
  const sent = box.simulator.sent.slice(from).map(({ body }) => body.reaction);
  expect(sent).toEqual(['👍', '❤️', ''].map((emoji) => ({ message_id: question.wamid, emoji })));
});

test('what cannot be reacted to, or with, is refused with the reason', async () => {
  const from = box.simulator.requests.length;
  const { id: ours } = await (await send({ type: 'text', text: { body: 'Ours' } }, 'ours')).json();
  const refused: [answer: Response, status: number, type: string][] = [
    [await react('PUT', question.id, 'yes'), 422, 'invalid'],
    [await react('PUT', question.id, ' '), 422, 'invalid'],
    [await react('PUT', question.id), 422, 'invalid'],
    [await react('PUT', ours, '👍'), 422, 'no-reaction'],
    [await react('PUT', 404_404, '👍'), 404, 'not-found'],
    [await react('DELETE', 'abc'), 404, 'not-found'],
  ];
  await box.inbox((inbox) =>
    inbox.write('normal', [
      inbox.sql.update(messages).set({ revokedAt: 1 }).where(eq(messages.id, question.id)),
    ]),
  );
  refused.push([await react('PUT', question.id, '👍'), 409, 'message-deleted']);
  for (const [answer, status, type] of refused) {
    expect(answer.status).toBe(status);
    expect(await answer.json()).toMatchObject({ status, type });
  }
  expect((await react('DELETE', question.id)).status).toBe(204);
  await box.settled();
  expect(box.simulator.requests.length - from).toBe(1);
});
