import { afterAll, expect, test } from 'bun:test';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { people } from '../people.ts';
import { until } from '../until.ts';
import { apiClient } from './api-client.ts';
import { type Install, openInstall } from './install.ts';
import { signIn } from './sign-in.ts';

let install: Install;
afterAll(() => install?.close());

const POISON = 'drink me and the process ends';

/** Loaded before the program: to understand the text ends the process, as an abort in native code would. */
const TRAP = `
const parse = JSON.parse;
JSON.parse = (text, ...rest) => {
  const isJournalled = typeof text === 'string' && !text.startsWith('{"object"');
  if (isJournalled && text.includes(${JSON.stringify(POISON)})) process.kill(process.pid, 'SIGKILL');
  return parse(text, ...rest);
};
`;

test('a change whose understanding ends the process is tried three times, then set aside, and can be replayed', async () => {
  install = await openInstall();
  const trap = join(install.folder, 'trap.ts');
  writeFileSync(trap, TRAP);
  const { phoneNumberId } = install.number;
  const noor = install.simulator.customer('+263771234567');
  const api = apiClient(install);
  const texts = async () => {
    const [conversation] = await api.conversations();
    return conversation ? (await api.messages(conversation.id)).map(({ text }) => text) : [];
  };
  const startTrapped = () => install.start(['serve', '--json'], { BUN_OPTIONS: `--preload=${trap}` });

  const first = await startTrapped();
  await noor.say(phoneNumberId, POISON, { retry: false }).catch(() => {});
  expect(await first.exited).not.toBe(0);

  let starts = 0;
  let server = first;
  await until('a start that survives', async () => {
    starts += 1;
    const started = await startTrapped().catch(() => null);
    if (started === null) {
      return false;
    }
    server = started;
    const said = noor.say(phoneNumberId, `start ${starts}`, { retry: false }).then(
      () => until('it to be taken in', async () => (await texts()).includes(`start ${starts}`)),
      () => false,
    );
    return await Promise.race([server.exited.then(() => false), said.catch(() => false)]);
  });
  expect(starts).toBe(4);
  expect(await texts()).not.toContain(POISON);

  const ada = await signIn(install.url, people.ada);
  const page = await (await ada.get('/settings/journal')).text();
  const replay = /action="(\/journal\/\d+\/replays)"/.exec(page)?.[1];
  expect(replay).toBeDefined();
  await server.end();

  const cured = await install.start();
  expect((await ada.post(String(replay))).status).toBe(303);
  await until('the change to be taken in', async () => (await texts()).includes(POISON));
  expect(await (await ada.get('/settings/journal')).text()).not.toContain(String(replay));
  await cured.end();
}, 60_000);
