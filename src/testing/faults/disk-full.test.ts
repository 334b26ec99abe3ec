import { afterEach, expect, test } from 'bun:test';
import { createClient } from '../client.ts';
import { people } from '../people.ts';
import { until } from '../until.ts';
import { type ApiClient, apiClient } from './api-client.ts';
import { type Install, openInstall } from './install.ts';
import { sentText } from './load.ts';
import { signIn } from './sign-in.ts';
import { BLOCK, mayMount, mountSmallDisk, type SmallDisk } from './small-disk.ts';

let install: Install;
let disk: SmallDisk;
let api: ApiClient;
let conversationId: number;

/** A shop on a small disk, in which Noor has said something. */
async function openShop() {
  disk = mountSmallDisk(16);
  install = await openInstall({ folder: disk.folder });
  api = apiClient(install);
  const server = await install.start();
  await say('before');
  conversationId = (await until('the first message', async () => (await api.conversations())[0])).id;
  return server;
}
afterEach(async () => {
  await install?.close();
  disk?.unmount();
});

const say = (text: string) =>
  install.simulator.customer('+263771234567').say(install.number.phoneNumberId, text, { retry: false });
const texts = async (through = api) => (await through.messages(conversationId)).map(({ text }) => text);
const statusOf = async (text: string) =>
  (await api.messages(conversationId)).find((message) => message.text === text)?.status;

test.skipIf(!mayMount)(
  'a full disk: webhooks are answered 503, reading goes on, what was on its way ends rightly, and it recovers without a restart',
  async () => {
    const server = await openShop();
    const { simulator, url } = install;
    const unusedKey = await install.createKey();
    const ada = await signIn(url, people.ada);
    simulator.trouble.retry({ attempts: 1_000, firstDelay: 50, longestDelay: 500 });
    simulator.trouble.pauseAnswers();
    expect(await api.send(conversationId, 'on its way', 'full-0')).toBe(202);
    await until('it to reach Meta', async () =>
      simulator.requests.find(({ method, path }) => method === 'POST' && path.endsWith('/messages')),
    );

    disk.fill();
    expect(await untilRefused()).toBe(503);
    simulator.trouble.resumeAnswers();
    expect(await texts()).toContain('before');
    expect(await texts(apiClient({ url, apiKey: unusedKey }))).toContain('before');
    expect((await ada.get('/inbox/all')).status).toBe(200);
    expect(await api.send(conversationId, 'cannot be kept', 'full-1')).toBe(503);
    const refused = await createClient(url).post('/login', people.ada);
    expect([refused.status, await refused.text()]).toEqual([
      503,
      expect.stringContaining('out of disk space'),
    ]);
    await until('the outcome not to be written', async () =>
      server.stderr().includes('what became of sent messages cannot be written yet'),
    );
    expect(await statusOf('on its way')).toBe('sending');

    disk.empty();
    await say('after');
    await signIn(url, people.ada);
    expect(await api.send(conversationId, 'a reply again', 'full-2')).toBe(202);
    await until('the message after', async () => (await texts()).includes('after'));
    await until('both answers to arrive', async () =>
      [await statusOf('on its way'), await statusOf('a reply again')].every(
        (status) => status === 'delivered',
      ),
    );
    expect(await texts()).not.toContain('cannot be kept');
    expect(simulator.sent.map(sentText)).toEqual(['on its way', 'a reply again']);
    expect(server.stderr()).toContain('the disk is full');
  },
);

test.skipIf(!mayMount)(
  'a disk with room for the journal and none for the intake: the change waits, and goes in when there is room',
  async () => {
    const server = await openShop();
    disk.fill();
    await untilRefused();
    const taken = await until('the journal to have room', async () => {
      disk.giveBack(BLOCK);
      return say('taken but not taken in').catch(() => null);
    });
    await until('the intake to fail', async () => server.stderr().includes('webhooks wait to be taken in'));
    expect(await texts()).not.toContain('taken but not taken in');

    disk.empty();
    // Nothing else comes: it must have been kept in mind.
    await until('it to be taken in', async () => (await texts()).includes('taken but not taken in'));
    expect((await api.messages(conversationId)).filter(({ wamid }) => wamid === taken)).toHaveLength(1);
  },
);

test.skipIf(!mayMount)(
  'a start on a full disk: it says 503 until there is room, and then goes on without another start',
  async () => {
    const first = await openShop();
    disk.fill();
    await untilRefused();
    await first.end('SIGKILL');

    await install.start();
    expect(await say('too early').catch((error) => error.status)).toBe(503);
    const answer = await createClient(install.url).post('/login', people.ada);
    expect([answer.status, await answer.text()]).toEqual([503, expect.stringContaining('out of disk space')]);

    disk.empty();
    await until('it to take webhooks', () => say('in time').catch(() => null));
    // The account is opened again after a pause.
    await until('it to be taken in', async () =>
      (await texts().catch((): string[] => [])).includes('in time'),
    );
    expect(await texts()).toEqual(expect.arrayContaining(['before', 'in time']));
  },
);

/** The write-ahead log may have some room of its own left; then the status of the first refusal. */
async function untilRefused(): Promise<number | null> {
  for (let n = 0; n < 2_000; n++) {
    try {
      await say(`${n} ${'filling '.repeat(500)}`);
    } catch (error) {
      return error instanceof Error && 'status' in error ? Number(error.status) : null;
    }
  }
  return null;
}
