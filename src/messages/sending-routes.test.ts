import { afterAll, beforeAll, expect, test } from 'bun:test';
import { type FileBox, hiddenIn, openFileBox, RUDO } from './file-testing.ts';

let box: FileBox;
beforeAll(async () => {
  box = await openFileBox();
});
afterAll(() => box.close());

const formOf = (kind: string) => `/conversations/${box.conversationId}/messages/${kind}`;
/** Fills in a form as a browser without scripts does: with what the page has put into its hidden fields. */
async function send(kind: string, fields: Record<string, string>, query = '') {
  const page = await (await box.ada.get(`${formOf(kind)}${query}`)).text();
  return box.ada.post(formOf(kind), { ...hiddenIn(page), ...fields });
}
const lastSent = async () => {
  await box.settled();
  return box.simulator.sent.at(-1)?.body ?? {};
};

test('each kind has a form of its own, and what is filled in reaches the customer', async () => {
  const frame = { text: 'Which one?', header: 'Seeds', footer: 'Mbare' };
  const asked: [kind: string, fields: Record<string, string>, sent: object][] = [
    [
      'location',
      { latitude: '-17,8292', longitude: '31.0522', placeName: 'Shop', address: '' },
      { location: { latitude: -17.8292, longitude: 31.0522, name: 'Shop' } },
    ],
    [
      'contacts',
      { contactName: 'Tendai', contactPhone: '+263 77 2', contactEmail: '', contactCompany: 'Seeds' },
      {
        contacts: [
          {
            name: { formatted_name: 'Tendai', first_name: 'Tendai' },
            phones: [{ phone: '+263 77 2' }],
            org: { company: 'Seeds' },
          },
        ],
      },
    ],
    [
      'button',
      { ...frame, button1: 'Yes', button2: '', button3: 'No' },
      {
        interactive: {
          type: 'button',
          header: { type: 'text', text: 'Seeds' },
          body: { text: 'Which one?' },
          footer: { text: 'Mbare' },
          action: {
            buttons: [
              { type: 'reply', reply: { id: '1', title: 'Yes' } },
              { type: 'reply', reply: { id: '3', title: 'No' } },
            ],
          },
        },
      },
    ],
    [
      'list',
      {
        text: 'Which one?',
        listButton: 'See them',
        row1: 'SC 513',
        description1: 'Early',
        section2: 'Beans',
        row2: 'Sugar',
        section1: 'Maize',
      },
      {
        interactive: {
          type: 'list',
          body: { text: 'Which one?' },
          action: {
            button: 'See them',
            sections: [
              { title: 'Maize', rows: [{ id: '1', title: 'SC 513', description: 'Early' }] },
              { title: 'Beans', rows: [{ id: '2', title: 'Sugar' }] },
            ],
          },
        },
      },
    ],
    [
      'cta_url',
      { text: 'Follow it', linkLabel: 'Open', url: 'https://shop.example/1' },
      {
        interactive: {
          type: 'cta_url',
          body: { text: 'Follow it' },
          action: { name: 'cta_url', parameters: { display_text: 'Open', url: 'https://shop.example/1' } },
        },
      },
    ],
    [
      'location_request_message',
      { text: 'Where?' },
      {
        interactive: {
          type: 'location_request_message',
          body: { text: 'Where?' },
          action: { name: 'send_location' },
        },
      },
    ],
    [
      'request_contact_info',
      { text: 'Who?' },
      {
        interactive: {
          type: 'request_contact_info',
          body: { text: 'Who?' },
          action: { name: 'request_contact_info' },
        },
      },
    ],
  ];
  for (const [kind, fields, sent] of asked) {
    const answer = await send(kind, fields);
    expect([kind, answer.status, answer.headers.get('location')]).toEqual([
      kind,
      303,
      `/inbox/all/${box.conversationId}`,
    ]);
    expect(await lastSent()).toMatchObject({ to: RUDO, ...sent });
  }
});

test('a form that is past a limit comes back as it was, with each limit beside its field', async () => {
  const answer = await send('list', {
    text: 'Which one?',
    listButton: 'x'.repeat(21),
    row1: 'SC 513',
    section2: 'Beans',
    row2: 'y'.repeat(25),
  });
  const page = await answer.text();
  expect(answer.status).toBe(422);
  expect(page).toContain('href="#listButton"');
  expect(page).toContain('id="row2-wrong"');
  expect(page).toContain('at most 24 characters on WhatsApp. This one has 25');
  expect(page).toContain('id="section1-wrong"');
  expect(page).toContain('value="SC 513"');
});

test('a form that was sent otherwise from another window says so, and is sent when it is sent again', async () => {
  const hidden = hiddenIn(await (await box.ada.get(formOf('location'))).text());
  const shop = { ...hidden, latitude: '-17.8', longitude: '31', placeName: 'Shop', address: '' };
  expect((await box.ada.post(formOf('location'), shop)).status).toBe(303);
  await box.settled();
  const before = box.simulator.sent.length;

  const refused = await box.ada.post(formOf('location'), { ...shop, placeName: 'Yard' });
  expect(refused.status).toBe(422);
  const html = await refused.text();
  expect(html).toContain('already been sent from another window');
  expect(html).toContain('value="Yard"');
  await box.settled();
  expect(box.simulator.sent).toHaveLength(before);

  const anew = hiddenIn(html);
  expect(anew.key).not.toBe(hidden.key);
  const sent = await box.ada.post(formOf('location'), { ...shop, ...anew, placeName: 'Yard' });
  expect(sent.status).toBe(303);
  expect(await lastSent()).toMatchObject({ location: { name: 'Yard' } });
});

test('a contact of the inbox fills in the card, with the number that WhatsApp knows', async () => {
  const tafara = box.simulator.customer('+263772000009', { name: 'Tafara Ncube' });
  await tafara.say(box.number.phoneNumberId, 'Hi');
  await box.settled();
  const found = await (await box.ada.get(`${formOf('contacts')}?q=Tafara`)).text();
  const chosen = /href="[^"]+(\?[^"]+contact=\d+)"/.exec(found)?.[1]?.replaceAll('&amp;', '&') ?? '';
  const answer = await send('contacts', { contactName: 'Tafara', contactPhone: '+263772000009' }, chosen);
  expect(answer.status).toBe(303);
  expect(await lastSent()).toMatchObject({
    contacts: [{ phones: [{ phone: '+263772000009', wa_id: '263772000009' }] }],
  });
});

test('a message of the thread can be answered with any kind', async () => {
  const { data } = await (await box.api(`/api/v1/conversations/${box.conversationId}/messages`)).json();
  const question = data.at(-1);
  await send('location_request_message', { text: 'Where?' }, `?quote=${question.id}`);
  expect(await lastSent()).toMatchObject({ context: { message_id: question.wamid } });
});

test('what is begun in the box stays there when something else is sent, without the quote that was answered', async () => {
  const { data } = await (await box.api(`/api/v1/conversations/${box.conversationId}/messages`)).json();
  const quoted = String(data.at(-1).id);
  const draft = `/conversations/${box.conversationId}/draft`;
  const begun = { text: 'Half a sentence', key: 'half', quoted, files: '' };
  const read = async () => (await box.ada.get(draft)).json();
  const { revision } = await read();
  await box.ada.post(draft, { ...begun, revision: String(revision) });
  await send('location', { latitude: '1', longitude: '2' });
  expect(await lastSent()).toMatchObject({ context: { message_id: data.at(-1).wamid } });
  expect(await read()).toMatchObject({ text: 'Half a sentence', quotedId: null });
});

test('a text goes without a preview of its link, unless its writer asks for one', async () => {
  const text = 'See https://shop.example/maize';
  const post = (fields: object) =>
    box.ada.post(`/conversations/${box.conversationId}/messages`, {
      text,
      key: crypto.randomUUID(),
      ...fields,
    });
  await post({});
  expect(await lastSent()).toMatchObject({ text: { body: text, preview_url: false } });
  await post({ preview: '1' });
  expect(await lastSent()).toMatchObject({ text: { body: text, preview_url: true } });
});

test('the address of a preview leads to its form', async () => {
  const answer = await box.ada.get(`${formOf('button')}/preview`);
  expect([answer.status, answer.headers.get('location')]).toEqual([303, formOf('button')]);
});

test('a kind that there is not is nowhere', async () => {
  expect((await box.ada.get(formOf('carousel'))).status).toBe(404);
  expect((await box.ada.get(`${formOf('carousel')}/preview`)).status).toBe(404);
});

test('a number that is paused for its token says so in its conversations until it has another', async () => {
  const thread = async () => (await box.ada.get(`/inbox/all/${box.conversationId}`)).text();
  const said = 'WhatsApp does not accept its access token any more';
  expect(await thread()).not.toContain(said);
  box.simulator.trouble.expireToken(box.number.phoneNumberId);
  await box.send([], 'Is it there?');
  await box.settled();
  expect(await thread()).toContain(said);
  expect(await (await box.ada.get('/numbers')).text()).toContain('Sending is paused');
  box.simulator.trouble.renewToken(box.number.phoneNumberId);
  await box.resumeNumber();
  await box.settled();
  expect(await thread()).not.toContain(said);
  expect(await lastSent()).toMatchObject({ text: { body: 'Is it there?' } });
});
