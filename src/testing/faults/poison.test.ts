import { afterAll, beforeAll, expect, test } from 'bun:test';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { people, stranger } from '../people.ts';
import { until } from '../until.ts';
import type { Business } from './business.ts';
import { heardBy } from './heard.ts';
import { type Install, openInstall } from './install.ts';
import { signIn } from './sign-in.ts';

let install: Install;
let neighbour: Business;
beforeAll(async () => {
  install = await openInstall();
  neighbour = await install.addBusiness({ name: 'Other shop', owner: stranger });
});
afterAll(() => install?.close());

const POISON = 'drink me and the process ends';
const PATIENT = { attempts: 400, firstDelay: 20, longestDelay: 250 };

/** Loaded before the program: to understand the text ends the process, as an abort in native code would. */
const TRAP = `
const parse = JSON.parse;
JSON.parse = (text, ...rest) => {
  const isJournalled = typeof text === 'string' && !text.startsWith('{"object"');
  if (isJournalled && text.includes(${JSON.stringify(POISON)})) process.kill(process.pid, 'SIGKILL');
  return parse(text, ...rest);
};
`;

test('a change whose understanding ends the process is tried three times, then set aside, and can be replayed; its neighbours go on', async () => {
  const trap = join(install.folder, 'trap.ts');
  writeFileSync(trap, TRAP);
  const { phoneNumberId } = install.number;
  const noor = install.simulator.customer('+263771234567');
  const ravi = install.simulator.customer('+27821234567');
  const startTrapped = () => install.start(['serve', '--json'], { BUN_OPTIONS: `--preload=${trap}` });

  const first = await startTrapped();
  await ravi.say(neighbour.number.phoneNumberId, 'next door, before');
  // Together, so that they are understood together: whoever is not answered comes again, as Meta does.
  const together = Promise.all([
    ravi.say(phoneNumberId, 'in the same breath', { retry: PATIENT }),
    noor.say(phoneNumberId, POISON, { retry: false }).catch(() => {}),
    ravi.say(phoneNumberId, 'in the same breath too', { retry: PATIENT }),
  ]);
  expect(await first.exited).not.toBe(0);
  const nextDoor = ravi.say(neighbour.number.phoneNumberId, 'next door, meanwhile', { retry: PATIENT });

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
      () =>
        until('it to be taken in', async () => (await heardBy(install, install)).includes(`start ${starts}`)),
      () => false,
    );
    return await Promise.race([server.exited.then(() => false), said.catch(() => false)]);
  });
  expect(starts).toBe(4);
  await Promise.all([together, nextDoor]);
  await until(
    'the neighbours',
    async () =>
      (await heardBy(install, install)).includes('in the same breath too') &&
      (await heardBy(install, neighbour)).includes('next door, meanwhile'),
  );
  expect((await heardBy(install, install)).sort()).toEqual([
    'in the same breath',
    'in the same breath too',
    'start 4',
  ]);
  expect((await heardBy(install, neighbour)).sort()).toEqual(['next door, before', 'next door, meanwhile']);

  const ada = await signIn(install.url, people.ada);
  const page = await (await ada.get('/settings/journal')).text();
  const replay = /action="(\/journal\/\d+\/replays)"/.exec(page)?.[1];
  expect(replay).toBeDefined();
  await server.end();

  const cured = await install.start();
  expect((await ada.post(String(replay))).status).toBe(303);
  await until('the change to be taken in', async () => (await heardBy(install, install)).includes(POISON));
  expect(await (await ada.get('/settings/journal')).text()).not.toContain(String(replay));
  await cured.end();
}, 60_000);
