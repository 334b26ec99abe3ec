import { afterAll, beforeAll, expect, test } from 'bun:test';
import { sample } from '#src/simulator/samples/samples.ts';
import { type FileBox, openFileBox, RUDO } from './file-testing.ts';

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
function hiddenIn(page: string): Record<string, string> {
  const hidden = [...page.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/g)];
  return Object.fromEntries(hidden.map(([, name = '', value = '']) => [name, value]));
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

/** Sends the form that a page shows, with files in it, as a browser without scripts does. */
async function submit(path: string, page: string, fields: Record<string, string | File>) {
  const form = new FormData();
  for (const [name, value] of Object.entries({ ...hiddenIn(page), ...fields })) {
    form.append(name, value);
  }
  const headers = { ...box.own, accept: 'text/html' };
  return fetch(`${box.url}${path}`, { method: 'POST', headers, body: form, redirect: 'manual' });
}
const begin = async (kind: string) => (await box.ada.get(formOf(kind))).text();
async function fileOf(name: 'photo' | 'voice', filename: string): Promise<File> {
  return new File([(await sample(name)).bytes], filename);
}
const tapped = { text: 'Shall we keep ten?', button1: 'Yes', heading: 'file' };
const NO_FILE = new File([], '');

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

test('a picture for the heading is looked at first, then goes above the buttons', async () => {
  const before = (await box.written()).length;
  const seen = await submit(`${formOf('button')}/preview`, await begin('button'), {
    ...tapped,
    'file.header': await fileOf('photo', 'tap.jpg'),
  });
  const page = await seen.text();
  const [, id = ''] = /name="kept\.header" value="(\d+)"/.exec(page) ?? [];
  expect(seen.status).toBe(200);
  expect(page).toContain('What Rudo will see');
  expect(page).toContain(`src="/files/${id}/thumbnail"`);
  expect((await box.written()).length).toBe(before);

  const answer = await submit(formOf('button'), page, { ...tapped, 'file.header': NO_FILE });
  expect(answer.status).toBe(303);
  expect(await lastSent()).toMatchObject({
    interactive: {
      type: 'button',
      header: { type: 'image', image: { id: box.simulator.uploads.at(-1)?.id } },
      body: { text: tapped.text },
    },
  });
  const thread = await (await box.ada.get(`/inbox/all/${box.conversationId}`)).text();
  expect(thread).toContain(`id="file-${id}"`);
});

test('a form with a file that is sent twice is one message, and another file under its key is refused', async () => {
  for (const kind of ['photo', 'document'] as const) {
    const { bytes, filename } = await sample(kind);
    const page = await begin('button');
    const before = (await box.written()).length;
    const post = (name: string, content = bytes) =>
      submit(formOf('button'), page, { ...tapped, 'file.header': new File([content], name) });
    const answers = [...(await Promise.all([post(filename), post(filename)])), await post(filename)];
    expect(answers.map(({ status }) => status)).toEqual([303, 303, 303]);
    await box.settled();
    expect((await box.written()).length).toBe(before + 1);

    const refused = [await post(`other-${filename}`)];
    if (kind === 'document') {
      refused.push(await post(filename, new Uint8Array([...bytes, 10])));
    }
    for (const answer of refused) {
      expect(answer.status).toBe(422);
      expect(await answer.text()).toContain('already been sent from another window');
    }
    await box.settled();
    expect((await box.written()).length).toBe(before + 1);
  }
});

test('a heading of some megabytes is taken, looked at and sent, while what is typed stays within its limit', async () => {
  const pages = await sample('document');
  const plan = new File([pages.bytes, new Uint8Array(2 * 1024 * 1024)], 'plan.pdf');
  const seen = await submit(`${formOf('button')}/preview`, await begin('button'), {
    ...tapped,
    'file.header': plan,
  });
  expect(seen.status).toBe(200);
  expect(await seen.text()).toContain('plan.pdf');
  const sent = await submit(formOf('button'), await begin('button'), { ...tapped, 'file.header': plan });
  expect(sent.status).toBe(303);
  expect(await lastSent()).toMatchObject({
    interactive: { header: { type: 'document', document: { filename: 'plan.pdf' } } },
  });

  const before = (await box.written()).length;
  const half = 'x'.repeat(600 * 1024);
  const long = { ...tapped, text: half, footer: half };
  for (const path of [formOf('button'), `${formOf('button')}/preview`]) {
    expect((await box.ada.post(path, long)).status).toBe(413);
    expect((await submit(path, '', long)).status).toBe(413);
  }
  expect((await box.written()).length).toBe(before);
});

test('a heading that cannot go says why beside its field, and nothing of the form is lost', async () => {
  const refuse = async (fields: Record<string, string | File>) => {
    const answer = await submit(formOf('button'), await begin('button'), { ...tapped, ...fields });
    const page = await answer.text();
    expect(answer.status).toBe(422);
    expect(page).toContain(tapped.text);
    expect(page).toMatch(/value="file" checked/);
    return page;
  };
  const none = await refuse({ 'file.header': NO_FILE });
  expect(none).toContain('href="#file.header"');
  expect(none).toContain('The file of the heading is missing');
  const archive = new File(['PK\x03\x04 and more'], 'all.zip');
  expect(await refuse({ 'file.header': archive })).toContain('WhatsApp does not take files of this kind');
  const sound = await refuse({ 'file.header': await fileOf('voice', 'hello.ogg') });
  expect(sound).toContain('takes a picture, a video or a document as a heading');

  const long = await refuse({ 'file.header': await fileOf('photo', 'tap.jpg'), button1: 'x'.repeat(21) });
  expect(long).toContain('id="button1-wrong"');
  const again = await submit(formOf('button'), long, { ...tapped, 'file.header': NO_FILE });
  expect(again.status).toBe(303);
  expect(await lastSent()).toMatchObject({ interactive: { header: { type: 'image' } } });
});

test('a file that cannot go is no matter once the heading is words or none, and no such file is kept', async () => {
  const before = (await box.files()).length;
  const archive = new File(['PK\x03\x04 and more'], 'all.zip');
  const photo = await fileOf('photo', 'tap.jpg');
  for (const [heading, file] of [
    ['text', archive],
    ['none', archive],
    ['none', photo],
  ] as const) {
    const fields = { ...tapped, heading, header: 'Tanks', 'file.header': file };
    const seen = await submit(`${formOf('button')}/preview`, await begin('button'), fields);
    expect(seen.status).toBe(200);
    const answer = await submit(formOf('button'), await seen.text(), fields);
    expect(answer.status).toBe(303);
    const sent = (await lastSent()) as { interactive?: { header?: object } };
    expect(sent.interactive?.header).toEqual(
      heading === 'text' ? { type: 'text', text: 'Tanks' } : undefined,
    );
  }
  const { text, button1 } = tapped;
  const chosenAfter = { text, button1, 'file.header': archive, heading: 'none' };
  expect((await submit(formOf('button'), await begin('button'), chosenAfter)).status).toBe(303);
  expect((await box.files()).length).toBe(before);
});

test('the file of a heading is given to Meta as any other, and again when Meta has it no more', async () => {
  const { trouble, uploads, media } = box.simulator;
  const sendOne = async () => {
    const file = await fileOf('photo', 'tap.jpg');
    await submit(formOf('button'), await begin('button'), { ...tapped, 'file.header': file });
    await box.settled();
  };
  const newest = async () => (await box.written()).at(-1);
  const from = uploads.length;
  trouble.failNext(131016, { on: 'upload' });
  await sendOne();
  expect((await newest())?.status).toBe('queued');
  await box.pass(2_000);
  expect([(await newest())?.status, uploads.length - from]).toEqual(['delivered', 1]);

  trouble.failNext(131016, { on: 'message' });
  await sendOne();
  media.expire(uploads.at(-1)?.id ?? '');
  await box.pass(2_000);
  expect([(await newest())?.status, uploads.length - from]).toEqual(['delivered', 3]);

  trouble.failNext(131026, { on: 'message' });
  await sendOne();
  const failed = await newest();
  expect([failed?.status, uploads.length - from]).toEqual(['failed', 4]);
  await box.expireMediaId((await box.files()).findLast(({ mediaId }) => mediaId !== null)?.id ?? 0);
  await box.ada.post(`/messages/${failed?.id}/repetition`);
  await box.settled();
  expect([(await newest())?.status, uploads.length - from]).toEqual(['delivered', 5]);
  expect(await lastSent()).toMatchObject({
    interactive: { header: { type: 'image', image: { id: uploads.at(-1)?.id } } },
  });
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
