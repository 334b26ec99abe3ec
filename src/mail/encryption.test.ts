import { afterEach, expect, test } from 'bun:test';
import type { SMTPServerOptions } from 'smtp-server';
import { type MailRoom, openMailRoom } from './testing.ts';
import { openPostOffice, type PostOffice } from './testing-post-office.ts';

let office: PostOffice;
let room: MailRoom;

afterEach(async () => {
  await room.close();
  await office.close();
});

/** 0.0.0.0 is this machine, but no loopback address: what is asked of other machines is asked of it. */
const ELSEWHERE = '0.0.0.0';

async function open(url: (port: number) => string, options: SMTPServerOptions = {}): Promise<void> {
  office = await openPostOffice(options);
  room = await openMailRoom(url(office.port));
}

async function sendOne() {
  const id = await room.queue('ada@mbare.example');
  await room.pass(0);
  return room.row(id);
}

test('a certificate that nobody vouches for is refused, and nothing is sent', async () => {
  await open((port) => `smtps://user:secret@${ELSEWHERE}:${port}`, { secure: true });
  expect(await sendOne()).toMatchObject({ state: 'queued', error: 'tls', tries: 1 });
  expect(office.recipients).toEqual([]);
});

test('the same after STARTTLS', async () => {
  await open((port) => `smtp://user:secret@${ELSEWHERE}:${port}`, { disabledCommands: [] });
  expect(await sendOne()).toMatchObject({ state: 'queued', error: 'tls' });
  expect(office.recipients).toEqual([]);
});

test('another machine that offers no TLS gets neither the login nor a letter', async () => {
  let logins = 0;
  await open((port) => `smtp://user:secret@${ELSEWHERE}:${port}`, {
    onAuth(_login, _session, done) {
      logins++;
      done(null, { user: 'user' });
    },
  });
  expect(await sendOne()).toMatchObject({ state: 'queued', error: expect.stringMatching(/^tls/) });
  expect(office.recipients).toEqual([]);
  expect(logins).toBe(0);
});

test('on this machine the certificate of a mail server that begins in the clear is not asked for', async () => {
  await open((port) => `smtp://localhost:${port}`, { disabledCommands: [] });
  expect(await sendOne()).toMatchObject({ state: 'sent' });
  expect(office.sessions).toEqual([{ isEncrypted: false, user: undefined }]);
});

test('the login is given as it is written, whatever stands in it', async () => {
  const seen: unknown[] = [];
  await open((port) => `smtp://ada%40mbare.example:p%40ss%2F%3A%25%20w%C3%B6rd@127.0.0.1:${port}`, {
    onAuth({ username, password }, _session, done) {
      seen.push([username, password]);
      done(null, { user: 'ada' });
    },
  });
  expect(await sendOne()).toMatchObject({ state: 'sent' });
  expect(seen).toEqual([['ada@mbare.example', 'p@ss/:% wörd']]);
});

test('a login that is refused is tried again, with the numbers of the answer and none of its words', async () => {
  await open((port) => `smtp://user:secret@127.0.0.1:${port}`, {
    onAuth: (_login, _session, done) =>
      done(Object.assign(new Error('5.7.8 user and secret do not fit'), { responseCode: 535 })),
  });
  expect(await sendOne()).toMatchObject({ state: 'queued', error: 'login 535 5.7.8' });
  await room.queue('bo@mbare.example');
  await room.pass(0);
  expect((await room.rows()).map(({ tries }) => tries)).toEqual([1, 0]);
});

test('a server that wants a login and gets none', async () => {
  await open((port) => `smtp://127.0.0.1:${port}`, { authOptional: false });
  expect(await sendOne()).toMatchObject({ state: 'queued', error: expect.stringMatching(/^login 530/) });
});
