import { afterAll, afterEach, beforeAll, expect, test } from 'bun:test';
import { copyFileSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { eq } from 'drizzle-orm';
import { inboxPath } from '#src/db/inbox.ts';
import { messages } from '#src/db/schema/inbox/index.ts';
import { createClient } from '../client.ts';
import { type Person, people } from '../people.ts';
import { runProgram, type ServerProcess } from '../server-process.ts';
import { until } from '../until.ts';
import { apiClient } from './api-client.ts';
import type { Business } from './business.ts';
import { command } from './command.ts';
import { flipBit, pagesOf, putBack, rootOf, zeroPage } from './damage.ts';
import { heardBy } from './heard.ts';
import { type Install, openInstall } from './install.ts';
import { signIn } from './sign-in.ts';
import { openTab } from './tab.ts';

/** Long enough that no two of them share a page, short enough to fit into one. */
const LONG = 'y'.repeat(3_400);
const AS_LONG = 'x'.repeat(3_400);

let install: Install;
/** Whose data is never touched. */
let neighbour: Business;
let server: ServerProcess;

beforeAll(async () => {
  install = await openInstall();
  neighbour = { ...install, owner: people.ada };
});
afterEach(() => server?.end('SIGKILL'));
afterAll(() => install?.close());

const ownerOf = (name: string): Person => ({
  name,
  email: `${name}@shop.example`,
  password: 'a password for each 7',
  role: 'owner',
});
const fileOf = ({ accountId }: Business) => inboxPath(install.folder, accountId);
const say = (business: Business, text: string, options: object = { retry: false }, from = '+263771234567') =>
  install.simulator.customer(from).say(business.number.phoneNumberId, text, options);
const hears = (business: Business, text: string) =>
  until(`"${text}" to be taken in`, async () =>
    (await heardBy(install, business).catch((): string[] => [])).includes(text),
  );

/** A copy of an account's file while nothing runs: what a backup has of it. */
function backUp(business: Business): string {
  const copy = `${fileOf(business)}.backup`;
  copyFileSync(fileOf(business), copy);
  return copy;
}

/** What the install's operator is told of an account. */
async function attentionOf({ accountId }: Business): Promise<string | null> {
  const { accounts } = (await command(install, 'account list', {})) as {
    accounts: { account_id: number; needs_attention: string | null }[];
  };
  return accounts.find(({ account_id }) => account_id === accountId)?.needs_attention ?? null;
}

/** Somebody writes, is read, and is answered: all that an account is for. */
async function expectServed(business: Business, text: string): Promise<void> {
  await say(business, text);
  await hears(business, text);
  const api = apiClient({ ...install, apiKey: business.apiKey });
  const [conversation] = await api.conversations();
  expect(await api.send(conversation?.id ?? 0, `re: ${text}`, text)).toBe(202);
  await until(`the answer to "${text}" to be delivered`, async () =>
    (await api.messages(conversation?.id ?? 0)).some(
      (one) => one.text === `re: ${text}` && one.status === 'delivered',
    ),
  );
}

/** Puts the backup in its place: it is served again by itself, and what came meanwhile is there once. */
async function expectHealed(business: Business, backup: string, meanwhile: string): Promise<void> {
  putBack(backup, fileOf(business));
  await expectTakenInOnce(business, meanwhile);
}

async function expectTakenInOnce(business: Business, meanwhile: string): Promise<void> {
  await hears(business, meanwhile);
  const heard = await heardBy(install, business);
  expect(heard.filter((one) => one === meanwhile)).toHaveLength(1);
  expect(await attentionOf(business)).toBeNull();
  await expectServed(business, 'after all');
}

/** A shop with somebody's only text on a page of its own, its backup, and which page that is. Ends the server. */
async function shopWithLongText(name: string): Promise<{ shop: Business; backup: string; page: number }> {
  const shop = await install.addBusiness({ name, owner: ownerOf(name) });
  await expectServed(shop, 'before');
  // The list shows it. The page of the newest message is no good: it is read, and kept, when the account is opened.
  await say(shop, LONG, { retry: false }, '+263779876543');
  await hears(shop, LONG);
  await say(shop, AS_LONG);
  await say(shop, 'the newest');
  await hears(shop, 'the newest');
  await server.end();
  const [page = 0] = await pagesOf(install.folder, shop.accountId, ({ sql: db }) =>
    db.update(messages).set({ errorCode: 1 }).where(eq(messages.text, LONG)),
  );
  return { shop, backup: backUp(shop), page };
}

/** Spoils one account's key in the keyring. Gives the keyring as it was. */
function spoilKey({ accountId }: Business, path: string): string {
  const whole = readFileSync(path, 'utf8');
  const { wrapped } = JSON.parse(whole).owners[accountId][0];
  writeFileSync(path, whole.replace(wrapped, `${wrapped.slice(0, 20)}AAAA${wrapped.slice(24)}`));
  return whole;
}

const spoilings: { way: string; spoil(path: string): void; said: RegExp }[] = [
  { way: 'gone', spoil: (path) => rmSync(path), said: /inbox\.db is missing: restore it from a backup/ },
  { way: 'emptied', spoil: (path) => truncateSync(path, 0), said: /inbox\.db is empty: restore it/ },
  {
    way: 'cut',
    spoil: (path) => truncateSync(path, 20 * 4096),
    said: /inbox\.db is damaged .*Put a copy from a backup in its place/,
  },
  { way: 'headless', spoil: (path) => zeroPage(path, 0), said: /cannot be read with its key/ },
  {
    way: 'swapped',
    spoil: (path) => copyFileSync(fileOf(neighbour), path),
    said: /cannot be read with its key/,
  },
];

test('files and a key that are found spoilt at the start are the trouble of their accounts alone, and heal when they are put back', async () => {
  server = await install.start();
  const shops = await Promise.all(
    spoilings.map(async (one) => ({
      ...one,
      shop: await install.addBusiness({ name: one.way, owner: ownerOf(one.way) }),
    })),
  );
  const locked = await install.addBusiness({ name: 'locked', owner: ownerOf('locked') });
  await Promise.all(
    [neighbour, locked, ...shops.map(({ shop }) => shop)].map((shop) => expectServed(shop, 'before')),
  );
  await server.end();
  const backups = shops.map(({ shop }) => backUp(shop));
  for (const { shop, spoil } of shops) {
    spoil(fileOf(shop));
  }
  const keyring = join(install.folder, 'keyring.json');
  const whole = spoilKey(locked, keyring);

  server = await install.start();
  await Promise.all([locked, ...shops.map(({ shop }) => shop)].map((shop) => say(shop, 'meanwhile')));
  await expectServed(neighbour, 'next door');
  for (const { way, shop, said } of shops) {
    expect([way, await attentionOf(shop)]).toEqual([way, expect.stringMatching(said)]);
    const refused = await createClient(install.url).post('/login', { ...shop.owner });
    expect([way, refused.status, await refused.text()]).toEqual([
      way,
      503,
      expect.stringContaining('This inbox cannot be opened just now'),
    ]);
  }
  expect(await attentionOf(locked)).toMatch(/its key in .*keyring\.json is damaged: restore that file/);
  writeFileSync(keyring, whole);
  await Promise.all([
    expectTakenInOnce(locked, 'meanwhile'),
    ...shops.map(({ shop }, index) => expectHealed(shop, backups[index] ?? '', 'meanwhile')),
  ]);
  expect(await server.end()).toBe(0);
}, 60_000);

test('a page that is found spoilt in the middle of the work, by a list or by a search, closes its account at once, for every screen, and no other', async () => {
  server = await install.start();
  const searched = await install.addBusiness({ name: 'searched', owner: ownerOf('searched') });
  await expectServed(searched, 'before');
  const { shop, backup, page } = await shopWithLongText('listed');
  const searchedBackup = backUp(searched);
  const index = await rootOf(install.folder, searched.accountId, 'message_search_data');

  server = await install.start();
  const owner = await signIn(install.url, shop.owner);
  const tab = await openTab(install.url, owner.cookie ?? '');
  zeroPage(fileOf(shop), page);
  zeroPage(fileOf(searched), index);
  const ask = ({ apiKey }: Business, path: string) =>
    fetch(`${install.url}/api/v1${path}`, { headers: { authorization: `Bearer ${apiKey}` } });
  expect((await owner.get('/inbox/all')).status).toBe(503);
  expect(await tab.closed).toBe(1012);
  expect((await ask(shop, '/conversations')).status).toBe(503);
  expect(await attentionOf(shop)).toMatch(/inbox\.db is damaged .*Put a copy from a backup in its place/);
  const found = await ask(searched, '/search?q=before');
  expect([found.status, await found.json()]).toEqual([
    503,
    expect.objectContaining({ type: 'account-unavailable' }),
  ]);
  await Promise.all([shop, searched].map((one) => say(one, 'meanwhile')));
  await expectServed(neighbour, 'next door again');

  await Promise.all([
    expectHealed(shop, backup, 'meanwhile'),
    expectHealed(searched, searchedBackup, 'meanwhile'),
  ]);
  expect((await owner.get('/inbox/all')).status).toBe(200);
  expect(await server.end()).toBe(0);
}, 60_000);

test('text that ends the program whenever it is read: after three ends in a row its account stays closed, and the others have peace', async () => {
  server = await install.start();
  const { shop, backup, page } = await shopWithLongText('ending');
  flipBit(fileOf(shop), page);

  let ends = 0;
  for (; ends < 10; ends++) {
    server = await install.start();
    const read = await heardBy(install, shop).catch(String);
    if (String(read).includes('503')) {
      break;
    }
    expect(await server.exited).not.toBe(0);
  }
  expect(ends).toBe(3);
  await say(shop, 'meanwhile');
  await expectServed(neighbour, 'in peace');
  expect(await attentionOf(shop)).toMatch(/reading all of it ended the process.*Put a copy from a backup/);
  await expectHealed(shop, backup, 'meanwhile');
  expect(await server.end()).toBe(0);
}, 60_000);

test('with another root key it does not start, says what to do, and changes nothing', async () => {
  const files = () => ['keyring.json', 'control.db'].map((name) => readFileSync(join(install.folder, name)));
  const before = files();
  const env = { ...install.env, OONOBOX_KEY: 'ab'.repeat(32) };
  const { code, stderr } = await runProgram(['serve'], { env });
  expect([code, stderr]).toEqual([1, expect.stringContaining('The root key does not fit this data folder')]);
  expect(files()).toEqual(before);
  server = await install.start();
  await expectServed(neighbour, 'with its own key');
}, 60_000);
