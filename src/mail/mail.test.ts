import { afterEach, beforeEach, expect, test } from 'bun:test';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import { expectErrorInLog, loggedLines } from '#src/testing/log.ts';
import { HOUR, type MailRoom, MINUTE, openMailRoom, SECRET_LINK } from './testing.ts';
import { openPostOffice, type PostOffice } from './testing-post-office.ts';

const DAY = 24 * HOUR;
let office: PostOffice;
let room: MailRoom;

beforeEach(async () => {
  office = await openPostOffice();
  room = await openMailRoom(`smtp://127.0.0.1:${office.port}`);
});
afterEach(async () => {
  await room.close();
  await office.close();
});

const sendDue = () => room.pass(0);
const taken = () => office.taken.map(({ headers }) => headers.get('to'));

test('a letter is handed over once, and what it said is let go of', async () => {
  const id = await room.queue('ada@mbare.example');
  await sendDue();
  const [letter] = office.taken;
  expect(letter?.headers.get('from')).toBe('Our inbox <inbox@example.com>');
  expect(letter?.headers.get('to')).toBe('ada@mbare.example');
  expect(letter?.headers.get('subject')).toBe('Choose a new password');
  expect(letter?.headers.get('message-id')).toBe(`<${id}.${room.storage.keyring.installId}@example.com>`);
  expect(letter?.text).toContain(SECRET_LINK);
  expect(letter?.html).toContain(`href="${SECRET_LINK}"`);
  expect(await room.row(id)).toMatchObject({
    state: 'sent',
    tries: 1,
    letter: null,
    error: null,
    endedAt: room.clock.now,
  });
  await room.pass(DAY);
  expect(office.taken).toHaveLength(1);
});

test('what is refused for now is tried again when its wait is over, under the same name', async () => {
  office.refuse('RCPT TO', 450, '4.2.0 greylisted');
  const id = await room.queue('ada@mbare.example');
  await sendDue();
  expect(await room.row(id)).toMatchObject({
    state: 'queued',
    tries: 1,
    error: 'later 450 4.2.0',
    nextAt: room.clock.now + MINUTE,
  });
  office.refuse('DATA', 451);
  await room.pass(MINUTE - 1);
  expect(office.recipients).toHaveLength(1);
  await room.pass(1);
  expect(await room.row(id)).toMatchObject({ tries: 2, nextAt: room.clock.now + 5 * MINUTE });
  await room.pass(5 * MINUTE);
  expect(await room.row(id)).toMatchObject({ state: 'sent', tries: 3, error: null });
  expect(new Set(office.seen.map(({ headers }) => headers.get('message-id'))).size).toBe(1);
});

test.each([
  ['RCPT TO', 550, '5.1.1 no such user', 'recipient 550 5.1.1'],
  ['DATA', 554, 'looks like spam', 'message 554'],
] as const)('what is refused for certain at %s is never tried again', async (step, code, text, error) => {
  office.refuse(step, code, text);
  const id = await room.queue('nobody@mbare.example');
  await sendDue();
  expect(await room.row(id)).toMatchObject({ state: 'failed', tries: 1, letter: null, error });
  await room.pass(DAY);
  expect(office.recipients).toHaveLength(1);
});

test('a refusal of our own sender is not held against the letter', async () => {
  office.refuse('MAIL FROM', 553, '5.7.1 not yours');
  const id = await room.queue('ada@mbare.example');
  await sendDue();
  expect(await room.row(id)).toMatchObject({ state: 'queued', error: 'sender 553 5.7.1' });
  await room.pass(MINUTE);
  expect(taken()).toEqual(['ada@mbare.example']);
});

test('one letter that is refused holds up none behind it', async () => {
  office.refuse('RCPT TO', 550);
  await room.queue('nobody@mbare.example');
  await room.queue('ada@mbare.example');
  await sendDue();
  expect(taken()).toEqual(['ada@mbare.example']);
});

test('while the server is down one letter a minute asks for it; once it is up all go in order', async () => {
  const { port } = office;
  await office.close();
  const ids = [];
  for (const name of ['one', 'two', 'three']) {
    ids.push(await room.queue(`${name}@mbare.example`));
    room.clock.now += 1;
  }
  await sendDue();
  expect((await room.rows()).map(({ tries }) => tries)).toEqual([1, 0, 0]);
  await sendDue();
  expect((await room.rows()).map(({ tries }) => tries)).toEqual([1, 0, 0]);
  await room.pass(MINUTE - 1);
  expect((await room.rows()).map(({ tries }) => tries)).toEqual([1, 0, 0]);
  await room.pass(1);
  expect((await room.rows()).map(({ tries, error }) => [tries, error])).toEqual([
    [1, 'unreachable'],
    [1, 'unreachable'],
    [0, null],
  ]);

  office = await openPostOffice({ port });
  await room.pass(6 * MINUTE);
  expect(taken()).toEqual(['three@mbare.example', 'one@mbare.example', 'two@mbare.example']);
  expect((await room.rows()).map(({ state }) => state)).toEqual(['sent', 'sent', 'sent']);
});

test('waits grow to six hours, and after two days a letter is given up', async () => {
  await office.close();
  const id = await room.queue('ada@mbare.example');
  const waits: number[] = [];
  await sendDue();
  for (let row = await room.row(id); row.state === 'queued'; row = await room.row(id)) {
    waits.push((row.nextAt - room.clock.now) / MINUTE);
    await room.pass(row.nextAt - room.clock.now);
  }
  expect(waits).toEqual([1, 5, 15, 60, 180, 360, 360, 360, 360, 360, 360, 360]);
  expect(await room.row(id)).toMatchObject({
    state: 'failed',
    letter: null,
    error: 'unreachable',
    tries: 13,
  });
  office = await openPostOffice();
});

test('after a restart the queue goes on in order, with what came while nothing ran', async () => {
  await room.mail.stop();
  for (const name of ['one', 'two', 'three', 'four']) {
    await room.queue(`${name}@mbare.example`);
    room.clock.now += 1;
  }
  room.mail.wake();
  await room.mail.idle();
  expect(office.recipients).toEqual([]);
  await room.restart();
  expect(taken()).toEqual(['one', 'two', 'three', 'four'].map((name) => `${name}@mbare.example`));
});

test('the clock is set back: what waited for a moment of it does not wait for that', async () => {
  office.refuse('RCPT TO', 450);
  await room.queue('ada@mbare.example');
  await sendDue();
  await room.pass(-30 * DAY);
  expect(taken()).toEqual(['ada@mbare.example']);
});

test('a letter whose link is over is not sent', async () => {
  const until = room.clock.now + HOUR;
  office.refuse('RCPT TO', 450);
  const id = await room.queue('ada@mbare.example', { kind: 'reset', link: SECRET_LINK, until });
  await sendDue();
  await room.pass(2 * HOUR);
  expect(await room.row(id)).toMatchObject({ state: 'failed', letter: null, error: 'expired' });
  expect(office.recipients).toHaveLength(1);
});

test('told to stop, it waits for the answer to what is being sent, and begins nothing else', async () => {
  const first = await room.queue('one@mbare.example');
  const second = await room.queue('two@mbare.example');
  const held = office.hold();
  room.mail.wake();
  const answer = await held;
  const stopped = room.mail.stop();
  answer();
  await stopped;
  expect((await room.row(first)).state).toBe('sent');
  expect(await room.row(second)).toMatchObject({ state: 'queued', tries: 0 });
});

test('what gets no answer in the seconds it is given is sent again at the next start, under the same name', async () => {
  const id = await room.queue('ada@mbare.example');
  const held = office.hold();
  room.mail.wake();
  await held;
  await room.mail.stop();
  expect(await room.row(id)).toMatchObject({ state: 'queued', tries: 1, error: null });
  await room.restart();
  const names = office.seen.map(({ headers }) => headers.get('message-id'));
  expect(names).toHaveLength(2);
  expect(new Set(names).size).toBe(1);
  expect((await room.row(id)).state).toBe('sent');
}, 30_000);

test('a queue that could not be read is looked at again a minute later, though nobody wakes it', async () => {
  await sendDue();
  const { control } = room.storage;
  const rename = (from: string, to: string) =>
    control.write('full', [sql.raw(`alter table ${from} rename to ${to}`)]);
  await rename('mails', 'mails_elsewhere');
  expectErrorInLog(/could not be looked at/);
  expectErrorInLog(/could not be read/);
  const waits: unknown[] = [];
  const { setTimeout: original } = globalThis;
  globalThis.setTimeout = Object.assign((...given: Parameters<typeof original>) => {
    waits.push(given[1]);
    return original(...given);
  }, original);
  await sendDue().finally(() => {
    globalThis.setTimeout = original;
  });
  expect(waits).toContain(MINUTE);
  await rename('mails_elsewhere', 'mails');
});

test('after 30 days it is forgotten that there was a letter', async () => {
  await room.queue('ada@mbare.example');
  await sendDue();
  await room.pass(29 * DAY);
  const newer = await room.queue('bo@mbare.example');
  await room.pass(DAY + 1);
  expect((await room.rows()).map(({ id }) => id)).toEqual([newer]);
});

test('nothing secret lies in the database in plain, and neither it nor an address in the log', async () => {
  office.refuse('RCPT TO', 550, 'ada@mbare.example is unknown here');
  office.refuse('DATA', 451, `I do not like ${SECRET_LINK}`);
  await room.queue('ada@mbare.example');
  await room.queue('bo@mbare.example');
  await sendDue();
  const { folder } = room.storage;
  const files = readdirSync(folder).filter((name) => name.startsWith('control.db'));
  const stored = files.map((name) => readFileSync(join(folder, name), 'latin1')).join('');
  expect(stored.length).toBeGreaterThan(0);
  const known = JSON.stringify(
    (await room.rows()).map(({ letter, ...row }) => [row, letter && Buffer.from(letter).toString('latin1')]),
  );
  const logged = loggedLines().join('');
  expect(logged).toContain('a letter was not taken');
  for (const text of [stored, known, logged]) {
    expect(text).not.toContain('canary-token');
  }
  expect(stored + logged).not.toContain('mbare.example');
});
