import { afterAll, expect, test } from 'bun:test';
import { existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { accountFolder, inboxPath } from '#src/db/inbox.ts';
import { apiClient } from '#src/testing/faults/api-client.ts';
import { type Install, openInstall } from '#src/testing/faults/install.ts';
import { customers } from '#src/testing/people.ts';
import type { ServerProcess } from '#src/testing/server-process.ts';
import { until } from '#src/testing/until.ts';

let install: Install;
afterAll(() => install?.close());

const LAST_WORDS = 'the lights go out now';

/** Loaded before the program: it ends when it is about to understand these words, which it has journalled. */
const POWER_CUT = `
const parse = JSON.parse;
JSON.parse = (text, ...rest) => {
  const isJournalled = typeof text === 'string' && !text.startsWith('{"object"');
  if (isJournalled && text.includes(${JSON.stringify(LAST_WORDS)})) process.kill(process.pid, 'SIGKILL');
  return parse(text, ...rest);
};
`;

const start = (env: Record<string, string> = {}) =>
  install.start(['serve', '--json'], { OONOBOX_LOG_LEVEL: 'info', ...env });

function linesOf(server: ServerProcess): Record<string, unknown>[] {
  return server
    .stderr()
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line));
}

const pickUpsOf = (server: ServerProcess) =>
  linesOf(server).filter(({ msg }) => String(msg).startsWith('picked up'));

test('a start after a crash settles every leftover and says what it did in one line; one after a good end says nothing', async () => {
  install = await openInstall();
  const { folder, simulator, number, accountId } = install;
  const trap = join(folder, 'trap.ts');
  writeFileSync(trap, POWER_CUT);
  const noor = simulator.customer(customers.noor.phone);
  const say = (text: string) => noor.say(number.phoneNumberId, text, { retry: false });
  const api = apiClient(install);

  const first = await start({ BUN_OPTIONS: `--preload=${trap}` });
  expect(pickUpsOf(first)).toEqual([]);
  await say('Do you have cement?');
  const { id } = await until('the conversation', async () => (await api.conversations())[0]);
  simulator.trouble.pauseStatuses();
  simulator.trouble.hang();
  await api.send(id, 'Yes, twenty bags.', 'one');
  await simulator.waitFor(({ type }) => type === 'text');
  await say(LAST_WORDS).catch(() => {});
  await first.exited;

  // What other moments of a crash would have left beside that.
  writeFileSync(join(folder, 'keyring.json.new'), '{"half":');
  writeFileSync(`${inboxPath(folder, accountId)}.before-1.new`, 'half a copy');
  mkdirSync(accountFolder(folder, 4711));
  writeFileSync(inboxPath(folder, 4711), 'nobody has the key');
  expect(existsSync(join(folder, 'run', 'cli.sock'))).toBe(true);

  const second = await start();
  const [line, ...others] = await until('it to say so', async () => {
    const found = pickUpsOf(second);
    return found.length > 0 ? found : null;
  });
  expect(line).toMatchObject({
    level: 30,
    msg: 'picked up after a crash',
    accounts: 1,
    unavailable: 0,
    takenIn: 1,
    setAside: 0,
    parked: 0,
    unknown: 1,
    settled: 0,
    unfinishedAccounts: 0,
    folders: 1,
    files: 2,
    sockets: 1,
  });
  expect(others).toEqual([]);
  expect((await api.messages(id)).map(({ text, status }) => [text, status]).toSorted()).toEqual([
    ['Do you have cement?', 'received'],
    ['Yes, twenty bags.', 'unknown'],
    [LAST_WORDS, 'received'],
  ]);
  expect(existsSync(accountFolder(folder, 4711))).toBe(false);
  expect(existsSync(join(folder, 'keyring.json.new'))).toBe(false);
  expect(existsSync(`${inboxPath(folder, accountId)}.before-1.new`)).toBe(false);
  expect(await second.end('SIGTERM')).toBe(0);

  const third = await start();
  await api.conversations();
  expect(await third.end('SIGTERM')).toBe(0);
  expect(pickUpsOf(third)).toEqual([]);
});

test('what came while an account could not be opened is taken in once it can be, without anybody asking for it', async () => {
  const { folder, simulator, number, accountId } = install;
  const file = inboxPath(folder, accountId);
  renameSync(file, `${file}.away`);
  const without = await start();
  const noor = simulator.customer(customers.noor.phone);
  await noor.say(number.phoneNumberId, 'And sand?', { retry: false });
  expect(await without.end('SIGTERM')).toBe(0);
  renameSync(`${file}.away`, file);

  const again = await start();
  const [line] = await until('it to say so', async () => {
    const found = pickUpsOf(again);
    return found.length > 0 ? found : null;
  });
  expect(line).toMatchObject({
    msg: 'picked up what an account had left',
    account: accountId,
    parked: 1,
    takenIn: 1,
  });
  expect(await again.end('SIGTERM')).toBe(0);
});
