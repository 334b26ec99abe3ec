import { afterAll, expect, test } from 'bun:test';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { accountCreate } from '#src/accounts/commands.ts';
import { apiKeyCreate } from '#src/api/commands.ts';
import { type RunningServer, startServer } from '#src/cli/running-server.ts';
import { readConfig } from '#src/config.ts';
import { connectNumber } from '#src/demo/connect-number.ts';
import { startSimulator } from '#src/simulator/simulator.ts';
import { intakeIdle } from '#src/webhooks/intake.ts';
import { openTestLog } from '../log.ts';
import { customers, people } from '../people.ts';

const HOUR = 60 * 60 * 1000;
const RATE_LIMIT = 130429;

const folder = mkdtempSync(join(tmpdir(), 'oonobox-test-'));
const clock = { now: Date.now() };
const now = () => clock.now;
const simulator = startSimulator({ now });

afterAll(async () => {
  await simulator.stop();
  rmSync(folder, { recursive: true, force: true });
});

const start = () =>
  startServer(
    readConfig({
      OONOBOX_DATA: folder,
      OONOBOX_HOST: '127.0.0.1',
      OONOBOX_PORT: '0',
      OONOBOX_GRAPH_URL: simulator.url,
    }),
    { replacements: { now, log: openTestLog() } },
  );

test('a reply that had to wait goes out after a restart, although nobody opens the inbox', async () => {
  const server = await start();
  await leaveReplyWaiting(server);
  await server.stop();
  expect(simulator.sent).toEqual([]);

  clock.now += HOUR;
  const again = await start();
  const sent = await simulator.waitFor(({ type }) => type === 'text');
  expect(sent.body.text).toMatchObject({ body: 'Yes, twenty bags.' });
  await again.services.delivery.idle();
  expect(simulator.sent).toHaveLength(1);
  await again.stop();
});

/** A customer asked, the answer was taken, and Meta told the number to be silent for a while. */
async function leaveReplyWaiting(server: RunningServer): Promise<void> {
  const { services, url } = server;
  const { account_id } = await accountCreate(services, {
    options: {},
    stdin: { name: 'Mbare Hardware', owner: people.ada },
  });
  const number = await connectNumber(server, simulator, account_id, {
    phoneNumberId: '106540352242922',
    wabaId: '102290129340398',
    displayPhone: '+263 77 000 0100',
    verifiedName: 'Mbare Hardware',
  });
  const { key } = await apiKeyCreate(services, {
    options: { account: String(account_id), name: 'Tests' },
    stdin: null,
  });
  await simulator.customer(customers.noor.phone).say(number.phoneNumberId, 'Do you have cement?');
  await services.accounts.use(account_id, intakeIdle);

  simulator.trouble.failNext(RATE_LIMIT);
  const headers = {
    authorization: `Bearer ${key}`,
    'content-type': 'application/json',
    'idempotency-key': 'one',
  };
  const { data } = await (await fetch(`${url}/api/v1/conversations`, { headers })).json();
  const taken = await fetch(`${url}/api/v1/conversations/${data[0].id}/messages`, {
    method: 'POST',
    headers,
    body: JSON.stringify({ type: 'text', text: { body: 'Yes, twenty bags.' } }),
  });
  expect(taken.status).toBe(202);
  await services.delivery.idle();
}
