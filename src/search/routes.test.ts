import { afterAll, beforeAll, expect, test } from 'bun:test';
import { eq } from 'drizzle-orm';
import fc from 'fast-check';
import { insertRows } from '#src/db/rows.ts';
import { journal, members, messages, roles } from '#src/db/schema/inbox/index.ts';
import { noteRow } from '#src/demo/note-row.ts';
import { type Box, openBox } from '#src/testing/box.ts';
import { asFragment, type Client } from '#src/testing/client.ts';
import { loggedLines } from '#src/testing/log.ts';
import { customers } from '#src/testing/people.ts';
import { until } from '#src/testing/until.ts';
import { intakeIdle, wakeIntake } from '#src/webhooks/intake.ts';
import { appendToJournal, arrivedChange } from '#src/webhooks/journal.ts';
import { routingOf } from '#src/webhooks/routing.ts';
import { readChanges } from '#src/whatsapp/payload.ts';
import { indexMessages } from './index-rows.ts';
import { checkIndexes, segmentsOf } from './testing.ts';

let box: Box;
let ada: Client;
let conversation: number;
/** The clock stands at it until it is null again. */
let stoodAt: number | null = null;

/** Two customers wrote, one of them without a phone number; Ada answered the first, and left a note. */
beforeAll(async () => {
  box = await openBox({ now: () => stoodAt ?? Date.now() });
  ada = await box.as('ada');
  const id = box.number.phoneNumberId;
  const noor = box.simulator.customer(customers.noor.phone, customers.noor);
  await noor.say(id, 'Mangwanani, mune *samende* here?');
  await noor.send(id, {
    type: 'document',
    document: {
      id: '900002',
      mime_type: 'application/pdf',
      filename: 'Roof plan.pdf',
      caption: 'Para amanhã',
    },
  });
  await box.simulator.customer(customers.ravi.phone, customers.ravi).say(id, 'Is the samende dry?');
  await box.settled();
  conversation = await conversationOf('Mangwanani');
  await ada.post(`/conversations/${conversation}/messages`, {
    text: 'Yes, <b>samende</b> is here',
    key: 'one',
  });
  await box.services.delivery.idle();
  await box.settled();
  await box.inbox(async (inbox) => {
    const [about] = await inbox.sql.select().from(messages).where(eq(messages.conversationId, conversation));
    const row = noteRow({
      id: inbox.nextId(),
      conversationId: conversation,
      numberId: about?.numberId ?? 0,
      caseId: null,
      authorId: box.userIds.bo,
      text: 'pays for samende late',
      at: Date.now(),
    });
    await inbox.write('normal', [...insertRows(messages, [row]), ...indexMessages([row])]);
  });
  // The first search starts the reading thread, and is given up when that takes long.
  await until('a search to be answered', async () => (await api({ q: 'samende' })).status === 200);
});

afterAll(() => box.close());

async function conversationOf(text: string): Promise<number> {
  const rows = await box.inbox(({ sql: db }) => db.select().from(messages));
  return rows.find((row) => row.text.startsWith(text))?.conversationId ?? 0;
}

const page = async (query: Record<string, string>, client = ada, headers = {}) =>
  (await client.get(`/search?${new URLSearchParams(query)}`, headers)).text();
const api = async (query: Record<string, string>, call = box.api) => {
  const answer = await call(`/api/v1/search?${new URLSearchParams(query)}`);
  return { status: answer.status, body: await answer.json() };
};
const plain = (html: string) => html.replace(/<[^>]*>/g, '');

test('what was said and answered is found, marked, and leads to its place', async () => {
  const html = await page({ q: 'samende' });
  expect(html.match(/class="row hit"/g)).toHaveLength(4);
  expect(html).toContain('mune *<mark>samende</mark>* here?');
  expect(html).toContain('Yes, &lt;b><mark>samende</mark>&lt;/b> is here');
  expect(plain(html)).toContain('Ada Lungu: Yes');
  expect(plain(html)).toContain('Private noteBo Sithole: pays for samende late');
  const [path = ''] = /\/inbox\/unassigned\/\d+\?message=\d+#message-\d+/.exec(html) ?? [];
  const [address = '', anchor = ''] = path.split('#');
  expect(await (await ada.get(address)).text()).toContain(`id="${anchor}"`);
});

test('files and contacts are found, also by any part of the number, and accents make no difference', async () => {
  expect(await page({ q: 'roof plan' })).toContain('<mark>Roof</mark> <mark>plan</mark>.pdf');
  expect(await page({ q: 'AMANHA' })).toContain('Para <mark>amanhã</mark>');
  const noor = await page({ q: '1234 567' });
  expect(noor).toContain('id="found-contacts"');
  expect(plain(noor)).toContain('+263 77 123 4567');
  expect(noor).toContain('+27 82 123 4567');
  expect(plain(await page({ q: 'noor ch' }))).toContain('Noor Chipo');
});

test('the index holds just what was written, also when WhatsApp repeats itself', async () => {
  await box.inbox(async (inbox) => {
    await inbox.write('normal', [inbox.sql.update(journal).set({ state: 'pending' })]);
  });
  await box.simulator.customer(customers.ravi.phone, customers.ravi).say(box.number.phoneNumberId, 'Again');
  await box.settled();
  await box.inbox(checkIndexes);
  expect((await page({ q: 'samende' })).match(/class="row hit"/g)).toHaveLength(4);
});

test('somebody who has no phone number is found by name, and a new name takes the place of the old one', async () => {
  const id = box.number.phoneNumberId;
  const profile = { username: 'tariro.b', hidePhone: true };
  await box.simulator.customer('+263779999999', { ...profile, name: 'Tariro Old' }).say(id, 'Hello');
  await box.settled();
  const [old] = (await api({ q: 'tariro old' })).body.data.contacts;
  expect(old).toMatchObject({ name: 'Tariro Old', phone: null, username: 'tariro.b' });
  await box.simulator.customer('+263779999999', { ...profile, name: 'Tariro New' }).say(id, 'Hello again');
  await box.settled();
  expect((await api({ q: 'tariro old' })).body.data.contacts).toEqual([]);
  const renamed = { ...old, name: 'Tariro New' };
  for (const q of ['tariro new', '@tariro.b', String(old.bsuid).slice(0, 9)]) {
    expect((await api({ q })).body.data.contacts, q).toEqual([renamed]);
  }
});

test('a search is narrowed by plain fields, which stay as they were chosen', async () => {
  const notes = await page({ q: 'samende', by: 'note', number: '', assignee: '', since: '', until: '' });
  expect(notes.match(/class="row hit"/g)).toHaveLength(1);
  expect(notes).toMatch(/<option value="note" selected/);
  expect(notes).toContain('<details class="finder__filters" open');
  const day = new Date().toISOString().slice(0, 10);
  expect(plain(await page({ q: 'samende', until: '2020-01-01' }))).toContain('Search without filters');
  expect(await page({ q: 'samende', since: day, order: 'best' })).toContain('<mark>samende</mark>');
  // What stands in the field while the year is being typed.
  expect(await page({ q: 'samende', since: '0202-11-23' })).toContain('<mark>samende</mark>');
  expect((await ada.get('/search?q=samende&since=tomorrow')).status).toBe(422);
  expect((await ada.get('/search?q=samende&cursor=x')).status).toBe(422);
});

test('too little, too much and nothing each have their own words', async () => {
  expect(plain(await page({}))).toContain('What are you looking for?');
  expect(plain(await page({ q: ' 👍 ' }))).toContain('A little more, please');
  expect(plain(await page({ q: 'geysr <i>' }))).toContain('Nothing found for “geysr &lt;i>”');
  expect(plain(await page({ q: `samende ${'z'.repeat(80)}` }))).toContain('Only the first 64 characters');
  expect((await ada.get(`/search?q=${'z'.repeat(5000)}`)).status).toBe(422);
});

test('the box gets a part of the page, and what is said aloud', async () => {
  const html = await page({ q: 'samende' }, ada, asFragment);
  expect(html).toStartWith('<div data-say="4 messages">');
  expect(html).not.toContain('<html');
  expect(plain(html)).toContain('All results for “samende”');
});

test('whoever sees only their own conversations finds nothing of others, and strangers nothing at all', async () => {
  const roleId = await box.inbox(async (inbox) => {
    const id = inbox.nextId();
    await inbox.write('normal', [
      inbox.sql.insert(roles).values({
        id,
        name: 'Own',
        permissions: 'conversations.read conversations.write messages.send',
        reach: 'own',
        seesUnassigned: false,
      }),
      inbox.sql.update(members).set({ roleId: id }).where(eq(members.userId, box.userIds.bo)),
    ]);
    return id;
  });
  expect(roleId).toBeGreaterThan(0);
  const bo = await box.as('bo');
  expect(await page({ q: 'samende' }, bo)).not.toContain('row hit');
  expect(await page({ q: 'noor' }, bo)).not.toContain('row hit');
  await ada.post(`/conversations/${conversation}/assignment`, { assignee: String(box.userIds.bo) });
  expect((await page({ q: 'samende' }, bo)).match(/class="row hit"/g)).toHaveLength(3);

  const stranger = await box.asStranger();
  expect(await page({ q: 'samende' }, stranger)).not.toContain('row hit');
  expect((await api({ q: 'samende' }, await box.strangerApi())).body.data).toEqual({
    contacts: [],
    messages: [],
  });
});

test('the API gives contacts and messages without notes, in pages', async () => {
  const { status, body } = await api({ q: 'samende', limit: '2' });
  expect(status).toBe(200);
  expect(body).toMatchObject({ data: { contacts: [] }, complete: true });
  expect(body.data.messages).toHaveLength(2);
  expect(body.data.messages[0]).toEqual({
    id: expect.any(Number),
    conversation_id: conversation,
    number_id: expect.any(Number),
    contact: { id: expect.any(Number), name: 'Noor Chipo' },
    direction: 'out',
    type: 'text',
    text: 'Yes, <b>samende</b> is here',
    excerpt: 'Yes, <b>samende</b> is here',
    file_name: null,
    sent_at: expect.stringMatching(/^\d{4}-.*Z$/),
  });
  const rest = await api({ q: 'samende', limit: '2', cursor: body.next });
  expect(rest.body).toMatchObject({ next: null, complete: true });
  expect(rest.body.data.messages).toHaveLength(1);
  expect((await api({ q: 'roof' })).body.data.messages).toMatchObject([{ file_name: 'Roof plan.pdf' }]);
});

test('the API names what is wrong with a search', async () => {
  expect(await api({ q: 'x' })).toMatchObject({ status: 422, body: { type: 'query-too-short' } });
  expect(await api({})).toMatchObject({ status: 422, body: { type: 'query-too-short' } });
  expect(await api({ q: 'samende', limit: '0' })).toMatchObject({ status: 422, body: { type: 'invalid' } });
  expect(await api({ q: 'samende', cursor: 'x' })).toMatchObject({ status: 422, body: { type: 'invalid' } });
  expect((await fetch(`${box.url}/api/v1/search?q=samende`)).status).toBe(401);
});

test('no query breaks the server, whatever is in the address', async () => {
  const hostile = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 40 }),
    fc.constantFrom(
      '"',
      '*',
      '^',
      'NEAR("a" "b")',
      'a OR',
      '\0',
      '\ud800',
      '\u202e',
      '(((',
      'text:',
      '-',
      '😀 x y',
    ),
  );
  await fc.assert(
    fc.asyncProperty(hostile, async (q) => {
      const { status } = await api({ q });
      expect([200, 422]).toContain(status);
    }),
    { numRuns: 60 },
  );
  expect((await box.api('/api/v1/search?q=%FF%FE%00abc')).status).toBe(200);
});

test('what is searched for is nobody’s business: it is not in the log', async () => {
  await page({ q: 'canary-of-the-page' });
  await page({ q: 'canary-of-the-box' }, ada, asFragment);
  await api({ q: 'canary-of-the-api' });
  expect(loggedLines().join('\n')).not.toContain('canary');
});

test('more than a few searches at once of one key, or in one breath of a person, are asked to wait', async () => {
  const many = await Promise.all(Array.from({ length: 40 }, () => box.api('/api/v1/search?q=samende')));
  const refused = many.filter(({ status }) => status === 429);
  expect(many.filter(({ status }) => status === 200).length).toBeGreaterThanOrEqual(4);
  expect(refused.length).toBeGreaterThan(0);
  expect(refused[0]?.headers.get('retry-after')).toBe('1');
  expect(await refused[0]?.json()).toMatchObject({ type: 'too-many-requests' });

  const breath = [];
  stoodAt = Date.now();
  for (let count = 0; count < 40; count += 1) {
    breath.push(await ada.get('/search?q=samende'));
  }
  stoodAt = null;
  const waiting = breath.filter(({ status }) => status === 429);
  expect(waiting.length).toBeGreaterThanOrEqual(20);
  expect(plain((await waiting[0]?.text()) ?? '')).toContain('One search after the other, please');
});

test('however many customers write at once, a batch adds one segment to each index', async () => {
  const { phoneNumberId } = box.number;
  const bodies = Array.from({ length: 30 }, (_, index) => {
    const name = `Crowd ${index}`;
    const customer = box.simulator.customer(`+26378000${String(index).padStart(4, '0')}`, { name });
    return customer.write(phoneNumberId, { type: 'text', text: { body: `crowd number ${index}` } }).body;
  });
  await box.inbox(async (inbox) => {
    await intakeIdle(inbox);
    const before = [await segmentsOf(inbox), await segmentsOf(inbox, 'contact_search')];
    const routing = await routingOf(box.services.control);
    const appId = routing.routes.get(phoneNumberId)?.appId ?? 0;
    const changes = bodies
      .flatMap((body) => readChanges(body))
      .map((change) => arrivedChange(change, appId, Date.now()));
    await appendToJournal(inbox, changes);
    wakeIntake(box.services, inbox);
    await intakeIdle(inbox);
    const after = [await segmentsOf(inbox), await segmentsOf(inbox, 'contact_search')];
    for (const [index, count] of after.entries()) {
      expect(count).toBeLessThanOrEqual((before[index] ?? 0) + 1);
    }
  });
  expect((await api({ q: 'crowd number', limit: '100' })).body.data.messages).toHaveLength(30);
});
