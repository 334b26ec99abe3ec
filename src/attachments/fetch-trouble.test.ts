import { afterAll, beforeAll, beforeEach, expect, test } from 'bun:test';
import { createHash } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { accounts } from '#src/db/schema/control.ts';
import { tellInbox } from '#src/demo/connect-number.ts';
import type { FileMessage } from '#src/simulator/simulator.ts';
import { type FetchingBox, openFetchingBox } from './fetch-testing.ts';
import { GONE, MISSING, NO_TOKEN, OTHER_FILE, TIMED_OUT, TOO_LARGE } from './fetch-words.ts';
import type { FileRow } from './load-files.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
const PDF = Buffer.concat([Buffer.from('%PDF-1.7\n'), Buffer.alloc(3_000)]);
const OGG = Buffer.concat([Buffer.from('OggS'), Buffer.alloc(3_000)]);
const pdf: FileMessage = { type: 'document', bytes: PDF, mime: 'application/pdf', filename: 'quote.pdf' };

let box: FetchingBox;
const errorOf = async ({ id }: FileRow) => {
  const { state, error } = await box.file(id);
  return { state, error: error === null ? null : JSON.parse(error) };
};

beforeAll(async () => {
  box = await openFetchingBox();
});
beforeEach(() => box.simulator.trouble.clear());
afterAll(() => box.close());

test.each(['html', 'another-file', 'half', 'cut-short', 'missing'] as const)(
  'what comes instead of the file is not kept, and the file is asked for again: %s',
  async (how) => {
    box.simulator.trouble.spoil(how, { count: 2 });
    const row = await box.send(pdf);
    expect(row).toMatchObject({ state: 'waiting', path: null, error: null });
    box.simulator.trouble.clear();
    await box.pass(5_000);
    expect(await box.file(row.id)).toMatchObject({ state: 'stored', sha256: sha256(PDF) });
  },
);

test('what is another file each time is refused in the end, with a sentence, until somebody tries again', async () => {
  box.simulator.trouble.spoil('another-file', { count: 6 });
  const row = await box.send(pdf);
  for (let tries = 1; tries < 6; tries += 1) {
    expect((await box.file(row.id)).state).toBe('waiting');
    await box.pass(HOUR);
  }
  expect(await errorOf(row)).toEqual({ state: 'refused', error: OTHER_FILE });
  await retry(row);
  expect(await box.file(row.id)).toMatchObject({ state: 'stored', sha256: sha256(PDF), error: null });
});

test('a file that is too large is not fetched when Meta says so, and else only up to the limit', async () => {
  const before = box.downloads();
  box.simulator.trouble.spoil('claims-too-large');
  const announced = await box.send(pdf);
  expect(await errorOf(announced)).toEqual({ state: 'refused', error: TOO_LARGE });
  expect(box.downloads()).toBe(before);

  box.simulator.trouble.spoil('endless');
  const endless = await box.send(pdf);
  expect(await errorOf(endless)).toEqual({ state: 'refused', error: TOO_LARGE });
});

test('a file that Meta does not show to the token is fetched when it does, and spends no try; others are not kept', async () => {
  box.simulator.trouble.failNext(100, { subcode: 33, count: 2, on: 'media' });
  const hidden = await box.send(pdf);
  expect(await errorOf(hidden)).toEqual({ state: 'waiting', error: MISSING });
  await box.pass(10 * MINUTE);
  expect(await box.file(hidden.id)).toMatchObject({ state: 'waiting', tries: 0 });
  expect(await box.send({ ...pdf, bytes: OGG })).toMatchObject({ state: 'stored', sha256: sha256(OGG) });
  await box.pass(10 * MINUTE);
  expect(await box.file(hidden.id)).toMatchObject({ state: 'stored', sha256: sha256(PDF), error: null });
});

test('a file that Meta does not have any more is over at the end of its seven days, with a sentence', async () => {
  box.simulator.trouble.httpError(500, 1, { on: 'media' });
  const row = await box.send(pdf);
  box.simulator.media.remove(row.mediaId ?? '');
  await box.pass(5_000);
  expect(await errorOf(row)).toEqual({ state: 'waiting', error: MISSING });
  await box.pass(7 * DAY);
  expect(await errorOf(row)).toEqual({ state: 'failed', error: GONE });
});

test('what Meta turns down for good is over, and is fetched when somebody tries again', async () => {
  box.simulator.trouble.failNext(131052, { on: 'media' });
  const row = await box.send(pdf);
  expect(await errorOf(row)).toMatchObject({ state: 'failed', error: { code: 131052 } });
  await retry(row);
  expect(await box.file(row.id)).toMatchObject({ state: 'stored', error: null });
});

test('without the network a file is tried for seven days, and then it says so', async () => {
  box.simulator.trouble.httpError(503, 100, { on: 'media' });
  const row = await box.send(pdf);
  for (let hours = 6; hours < 7 * 24; hours += 6) {
    await box.pass(6 * HOUR);
    expect((await box.file(row.id)).state).toBe('waiting');
  }
  expect(box.questions()).toBeGreaterThan(28);
  await box.pass(6 * HOUR);
  expect(await errorOf(row)).toEqual({ state: 'failed', error: TIMED_OUT });
});

test('a clock that is set back makes no file wait for longer', async () => {
  box.simulator.trouble.httpError(503, 1, { on: 'media' });
  const row = await box.send(pdf);
  await box.pass(-3 * DAY);
  expect((await box.file(row.id)).state).toBe('waiting');
  await box.pass(5_000);
  expect(await box.file(row.id)).toMatchObject({ state: 'stored', tries: 2 });
  await box.pass(3 * DAY);
});

test('a refused token spends no try and is not tried with every file; a new one fetches them all', async () => {
  const { simulator, number, services, accountId } = box;
  simulator.trouble.expireToken(number.phoneNumberId);
  const first = await box.send(pdf);
  const asked = simulator.requests.length;
  const second = await box.send({ ...pdf, bytes: OGG });
  expect(simulator.requests).toHaveLength(asked);
  for (const row of [first, second]) {
    expect(await errorOf(row)).toEqual({ state: 'waiting', error: NO_TOKEN });
    expect(row.tries).toBe(0);
  }

  const secrets = { ...number, accessToken: 'a-new-token-of-the-number' };
  simulator.trouble.renewToken(number.phoneNumberId, secrets.accessToken);
  await tellInbox({ services }, accountId, number, secrets);
  await box.settled();
  expect(await box.file(first.id)).toMatchObject({ state: 'stored', error: null });
  expect(await box.file(second.id)).toMatchObject({ state: 'stored', sha256: sha256(OGG) });
});

test('an account that was cancelled fetches nothing, one that is suspended does', async () => {
  const { services, accountId } = box;
  const become = (state: 'active' | 'suspended' | 'cancelled') =>
    services.control.write('full', [
      services.control.sql.update(accounts).set({ state }).where(eq(accounts.id, accountId)),
    ]);
  box.simulator.trouble.httpError(503, 1, { on: 'media' });
  const row = await box.send(pdf);
  await become('cancelled');
  await box.pass(HOUR);
  expect((await box.file(row.id)).state).toBe('waiting');
  await become('suspended');
  await box.pass(MINUTE);
  expect((await box.file(row.id)).state).toBe('stored');
  await become('active');
});

async function retry(row: FileRow): Promise<void> {
  const ada = await box.as('ada');
  expect((await ada.post(`/files/${row.id}/fetching`)).status).toBe(303);
  await box.settled();
}
