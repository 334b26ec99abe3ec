import { afterAll, beforeAll, beforeEach, expect, test } from 'bun:test';
import { mails, users } from '#src/db/schema/control.ts';
import { audit } from '#src/db/schema/inbox/index.ts';
import { type Box, openBox } from '#src/testing/box.ts';
import type { Client } from '#src/testing/client.ts';
import { people } from '#src/testing/people.ts';
import { queueMail } from './queue-mail.ts';
import { MINUTE, SECRET_LINK } from './testing.ts';
import { openPostOffice, type PostOffice } from './testing-post-office.ts';

const clock = { now: Date.now() };
let office: PostOffice;
let box: Box;
let ada: Client;

beforeAll(async () => {
  office = await openPostOffice();
  box = await openBox({
    now: () => clock.now,
    env: {
      OONOBOX_SMTP_URL: `smtp://canary-user:canary-password@127.0.0.1:${office.port}`,
      OONOBOX_MAIL_FROM: 'Our inbox <inbox@example.com>',
    },
  });
  ada = await box.as('ada');
});
afterAll(async () => {
  await box.close();
  await office.close();
});
beforeEach(async () => {
  const { control } = box.services;
  await control.write('full', [control.sql.delete(mails)]);
  clock.now += 10 * MINUTE;
});

const read = async (path = '/settings/mail') => plain(await (await ada.get(path)).text());
const plain = (html: string) =>
  html
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ')
    .replaceAll('&#39;', '’')
    .replaceAll('&quot;', '"')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>');

async function queue(to: string): Promise<number> {
  const { control, mail } = box.services;
  const id = control.nextId();
  const letter = { kind: 'reset', link: SECRET_LINK, until: clock.now + 24 * 60 * MINUTE } as const;
  await control.write('full', [queueMail(control, { id, to, letter, accountId: null, at: clock.now })]);
  mail.wake();
  await mail.idle();
  return id;
}

/** Posts as the page does, and reads the page that it leads to. */
async function post(path: string): Promise<string> {
  const answer = await ada.post(path);
  expect(answer.status).toBe(303);
  return read(answer.headers.get('location') ?? '');
}

test('the page says how mail is set up, and nothing that is secret of it', async () => {
  const html = await (await ada.get('/settings/mail')).text();
  expect(plain(html)).toContain(`127.0.0.1:${office.port}`);
  expect(plain(html)).toContain('Our inbox <inbox@example.com>');
  expect(plain(html)).toContain('None: it runs on this machine');
  expect(html).not.toContain('canary');
  expect(plain(html)).toContain('No letters yet');
  expect(await read('/settings')).toContain('What this server has sent by mail');
});

test('a test letter goes to one’s own address, and the page says that it was taken', async () => {
  const words = await post('/settings/mail/tests');
  expect(words).toContain('Handed over.');
  expect(words).toContain(people.ada.email);
  expect(office.taken.at(-1)?.headers.get('to')).toBe(people.ada.email);
  expect(office.taken.at(-1)?.text).toContain('Ada Lungu tried whether letters from this server arrive.');
  expect(await actions()).toContain('mail.tested');
});

test('a test letter that is refused says why, and is not tried again by itself', async () => {
  office.refuse('MAIL FROM', 553, '5.7.1 canary');
  const words = await post('/settings/mail/tests');
  expect(words).toContain('Not sent.');
  expect(words).toContain('does not let this sender write');
  expect(words).toContain('Its answer: 553 5.7.1.');
  expect(words).not.toContain('canary');
  expect(words).not.toContain('Try again');
  const before = office.recipients.length;
  clock.now += 60 * MINUTE;
  box.services.mail.wake();
  await box.services.mail.idle();
  expect(office.recipients).toHaveLength(before);
});

test('test letters are not for flooding a mailbox', async () => {
  const statuses = [];
  for (let count = 0; count < 6; count++) {
    statuses.push((await ada.post('/settings/mail/tests')).status);
  }
  expect(statuses).toEqual([303, 303, 303, 303, 303, 429]);
});

test('what waits after a refusal can be tried at once; what is over cannot', async () => {
  office.refuse('RCPT TO', 450, '4.2.0 later');
  const id = await queue('bo@mbare.example');
  const words = await read();
  expect(words).toContain('New password Waits');
  expect(words).toContain('asks to come later');
  expect(words).toContain('0 sent · one waits · 0 failed');
  expect(words).not.toContain('canary-token');

  expect(await post(`/settings/mail/${id}/tries`)).toContain('Handed over.');
  expect(office.taken.at(-1)?.headers.get('to')).toBe('bo@mbare.example');
  expect(await actions()).toContain('mail.retried');
  expect((await ada.post(`/settings/mail/${id}/tries`)).status).toBe(404);
  expect((await ada.post('/settings/mail/1/tries')).status).toBe(404);

  office.refuse('RCPT TO', 550, '5.1.1 nobody');
  const refused = await queue('nobody@mbare.example');
  expect(await read()).toContain('The mail server refuses this address.');
  expect((await ada.post(`/settings/mail/${refused}/tries`)).status).toBe(404);
});

test('a try again goes out in a pause as well, and what waits behind it follows', async () => {
  office.refuse('MAIL FROM', 535);
  const first = await queue('one@mbare.example');
  await queue('two@mbare.example');
  const before = office.taken.length;
  expect(await read()).toContain('0 sent · 2 wait · 0 failed');
  await post(`/settings/mail/${first}/tries`);
  await box.services.mail.idle();
  expect(office.taken.slice(before).map(({ headers }) => headers.get('to'))).toEqual([
    'one@mbare.example',
    'two@mbare.example',
  ]);
});

test('a letter without an answer yet is said to be on its way', async () => {
  const { control } = box.services;
  await control.write('full', [
    control.sql.insert(mails).values({
      id: 1,
      kind: 'test',
      recipient: people.ada.email,
      letter: new Uint8Array(40),
      state: 'queued',
      tries: 1,
      nextAt: clock.now + MINUTE,
      createdAt: clock.now,
    }),
  ]);
  expect(await read('/settings/mail?letter=1')).toContain('Still on its way.');
  expect((await ada.get('/settings/mail?letter=2')).status).toBe(404);
});

test('the list is shown a page at a time, the newest first', async () => {
  const { control } = box.services;
  const row = { kind: 'reset', state: 'sent', nextAt: 0, createdAt: clock.now, accountId: null } as const;
  await control.write(
    'full',
    Array.from({ length: 60 }, (_, index) =>
      control.sql
        .insert(mails)
        .values({ ...row, id: index + 1, recipient: `person-${index + 1}@mbare.example` }),
    ),
  );
  const first = await (await ada.get('/settings/mail')).text();
  const of = (html: string) => [...html.matchAll(/person-(\d+)@/g)].map(([, number]) => Number(number));
  expect(of(first)).toEqual(Array.from({ length: 50 }, (_, index) => 60 - index));
  const [, next = ''] = /href="(\/settings\/mail\?cursor=\d+)"/.exec(first) ?? [];
  const second = await (await ada.get(next)).text();
  expect(of(second)).toEqual(Array.from({ length: 10 }, (_, index) => 10 - index));
  expect(second).not.toContain('Older letters');
});

test('for everybody else there is nothing, and no link to it', async () => {
  const { control } = box.services;
  for (const other of [await box.as('bo'), await box.asStranger()]) {
    expect((await other.get('/settings/mail')).status).toBe(404);
    expect((await other.post('/settings/mail/tests')).status).toBe(404);
    expect(await (await other.get('/settings')).text()).not.toContain('/settings/mail');
  }
  const set = (isOperator: boolean) => control.write('full', [control.sql.update(users).set({ isOperator })]);
  await set(false);
  expect((await ada.get('/settings/mail')).status).toBe(404);
  await set(true);
});

test('without a mail server the page says how to set one up, and nothing is queued', async () => {
  const other = await openBox();
  try {
    const client = await other.as('ada');
    const words = plain(await (await client.get('/settings/mail')).text());
    expect(words).toContain('Mail is not set up');
    expect(words).toContain('OONOBOX_SMTP_URL=smtps://');
    expect(words).not.toContain('Send a test letter');
    expect(other.services.mail.canSend).toBe(false);
    expect((await client.post('/settings/mail/tests')).headers.get('location')).toBe('/settings/mail');
    expect(await other.services.control.sql.select().from(mails)).toEqual([]);
  } finally {
    await other.close();
  }
});

const actions = async () =>
  (await box.inbox(({ sql: db }) => db.select({ action: audit.action }).from(audit))).map(
    ({ action }) => action,
  );
