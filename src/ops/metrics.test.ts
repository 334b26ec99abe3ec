import { afterAll, beforeAll, expect, test } from 'bun:test';
import { eq } from 'drizzle-orm';
import { accountCreate } from '#src/accounts/commands.ts';
import { journal, numbers, outbox } from '#src/db/schema/inbox/index.ts';
import { type Box, openBox } from '#src/testing/box.ts';
import { loggedLines } from '#src/testing/log.ts';
import { customers, people, stranger } from '#src/testing/people.ts';
import { until } from '#src/testing/until.ts';

const TOKEN = 'quiet-rivers-run-41';
let box: Box;

beforeAll(async () => {
  box = await openBox({ env: { OONOBOX_METRICS_TOKEN: TOKEN } });
});
afterAll(() => box.close());

const ask = (authorization?: string) =>
  fetch(`${box.url}/metrics`, { headers: authorization === undefined ? {} : { authorization } });

/** Every sample by its name and labels, as Prometheus reads them. */
async function scrape(): Promise<Map<string, number>> {
  const text = await (await ask(`Bearer ${TOKEN}`)).text();
  const samples = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  return new Map(
    samples.map((line) => {
      const [, name = '', value = ''] = /^(\S+(?:\{.*\})?) (\S+)$/.exec(line) ?? [];
      return [name, Number(value)];
    }),
  );
}

/** Scrapes until the sample is so. */
const untilSample = (name: string, value: number) =>
  until(`${name} to be ${value}`, async () => {
    const samples = await scrape();
    return samples.get(name) === value ? samples : null;
  });

test('only the bearer of the token gets them', async () => {
  for (const wrong of [undefined, 'Bearer', 'Bearer ', `Bearer ${TOKEN}x`, `Basic ${TOKEN}`, TOKEN]) {
    const refused = await ask(wrong);
    expect(refused.status, String(wrong)).toBe(401);
    expect(refused.headers.get('www-authenticate')).toBe('Bearer');
    expect(await refused.text()).not.toContain('oonobox_');
  }
  const ada = await box.as('ada');
  expect((await ada.get('/metrics')).status).toBe(401);

  const answer = await ask(`bearer ${TOKEN}`);
  expect(answer.status).toBe(200);
  expect(answer.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8');
  expect(loggedLines().join('')).not.toContain(TOKEN);
});

test('everything that is promised is there, each with its help, and in base units', async () => {
  const text = await (await ask(`Bearer ${TOKEN}`)).text();
  const named = [...text.matchAll(/^# TYPE oonobox_(\S+) (\S+)$/gm)].map(
    ([, name, type]) => `${name} ${type}`,
  );
  expect(named.toSorted()).toEqual(
    [
      'accounts gauge',
      'accounts_needing_attention gauge',
      'accounts_open gauge',
      'alarm gauge',
      'build_info gauge',
      'changes_total counter',
      'cpu_seconds_total counter',
      'disk_bytes gauge',
      'disk_free_bytes gauge',
      'event_loop_delay_seconds gauge',
      'expected_files gauge',
      'expected_files_oldest_seconds gauge',
      'fetches_total counter',
      'heap_used_bytes gauge',
      'http_request_seconds histogram',
      'http_requests_total counter',
      'ingest_failed_changes gauge',
      'ingest_lag_seconds histogram',
      'ingest_oldest_pending_seconds gauge',
      'ingest_pending_changes gauge',
      'intake_run_changes histogram',
      'intake_run_seconds histogram',
      'live_pushes_total counter',
      'live_sockets gauge',
      'memory_limit_bytes gauge',
      'open_files gauge',
      'outbox_messages gauge',
      'outbox_oldest_due_seconds gauge',
      'parked_changes gauge',
      'paused_numbers gauge',
      'resident_memory_bytes gauge',
      'sends_total counter',
      'unknown_sends gauge',
      'unknown_sends_asked gauge',
      'unrouted_changes gauge',
      'uptime_seconds gauge',
      'wal_bytes gauge',
      'wal_largest_bytes gauge',
      'webhooks_total counter',
    ].toSorted(),
  );
  expect(text.match(/^# HELP /gm)).toHaveLength(named.length);
  expect((await scrape()).get('oonobox_resident_memory_bytes')).toBeGreaterThan(10_000_000);
});

test('what comes in and goes out is counted', async () => {
  const { simulator, number } = box;
  const noor = simulator.customer(customers.noor.phone);
  await noor.say(number.phoneNumberId, 'Do you have cement?');
  await box.settled();
  const before = await scrape();
  expect(before.get('oonobox_webhooks_total{answer="200"}')).toBe(1);
  expect(before.get('oonobox_changes_total{kept="journal"}')).toBe(1);
  expect(before.get('oonobox_ingest_lag_seconds_count')).toBe(1);
  expect(before.get('oonobox_ingest_lag_seconds_bucket{le="+Inf"}')).toBe(1);
  expect(before.get('oonobox_intake_run_changes_bucket{le="1"}')).toBe(1);

  const { data } = await (await box.api('/api/v1/conversations')).json();
  const send = (key: string) =>
    box.api(`/api/v1/conversations/${data[0].id}/messages`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'idempotency-key': key },
      body: JSON.stringify({ type: 'text', text: { body: 'Yes' } }),
    });
  await send('one');
  await untilSample('oonobox_sends_total{outcome="accepted"}', 1);
  simulator.trouble.failNext(131026);
  await send('two');
  await untilSample('oonobox_sends_total{outcome="refused"}', 1);
  simulator.trouble.garbage(1, { accept: false });
  await send('three');
  const after = await untilSample('oonobox_unknown_sends', 1);
  expect(after.get('oonobox_sends_total{outcome="unknown"}')).toBe(1);
  expect(after.get('oonobox_sends_total{outcome="not_sent"}')).toBe(0);
  expect(after.get('oonobox_unknown_sends_asked')).toBe(0);
  const route = 'method="POST",route="/api/v1/conversations/:id/messages"';
  expect(after.get(`oonobox_http_requests_total{${route},status="2xx"}`)).toBe(3);
  expect(after.get(`oonobox_http_request_seconds_count{${route}}`)).toBe(3);

  await simulator.deliver(number.phoneNumberId, { forged: true }, { signature: 'sha256=00', retry: false });
  await untilSample('oonobox_webhooks_total{answer="401"}', 1);
});

test('open tabs are counted, and what they are told', async () => {
  const { cookie } = await box.as('ada');
  // The types of the DOM are in force, where a page cannot choose its headers.
  const socket: WebSocket = Reflect.construct(WebSocket, [
    `${box.url.replace('http', 'ws')}/live`,
    { headers: { cookie, origin: box.url } },
  ]);
  const before = await untilSample('oonobox_live_sockets', 1);
  await box.simulator.customer(customers.noor.phone).say(box.number.phoneNumberId, 'And sand?');
  await box.settled();
  const after = await scrape();
  expect(after.get('oonobox_live_pushes_total')).toBeGreaterThan(
    before.get('oonobox_live_pushes_total') ?? 0,
  );
  socket.close();
  await untilSample('oonobox_live_sockets', 0);
});

test('what waits is told with its age', async () => {
  const now = box.services.now();
  const change = { appId: 1, field: 'x', entryId: '1', raw: new Uint8Array(1), digest: 'metrics' };
  await box.inbox(async (inbox) => {
    const { id } = (await inbox.sql.select({ id: outbox.id }).from(outbox))[0] ?? { id: 0 };
    await inbox.write('normal', [
      inbox.sql.insert(journal).values({ id: 1, ...change, state: 'pending', receivedAt: now - 60_000 }),
      inbox.sql.insert(journal).values({ id: 2, ...change, state: 'failed', receivedAt: now }),
      inbox.sql.update(numbers).set({ state: 'paused', pausedFor: 'token' }),
      inbox.sql.update(outbox).set({ askedAt: now }).where(eq(outbox.id, id)),
    ]);
  });
  const samples = await scrape();
  expect(samples.get('oonobox_ingest_oldest_pending_seconds')).toBeGreaterThanOrEqual(60);
  expect(samples.get('oonobox_ingest_oldest_pending_seconds')).toBeLessThan(120);
  expect(samples.get('oonobox_ingest_pending_changes')).toBe(1);
  expect(samples.get('oonobox_ingest_failed_changes')).toBe(1);
  expect(samples.get('oonobox_paused_numbers')).toBe(1);
  expect(samples.get('oonobox_unknown_sends_asked')).toBe(1);
  expect(samples.get('oonobox_wal_bytes{of="accounts"}')).toBeGreaterThan(0);
});

test('no account is opened for it, and none is kept open', async () => {
  const { accounts } = box.services;
  const other = await accountCreate(box.services, {
    options: {},
    stdin: { name: 'Other shop', owner: stranger },
  });
  expect(accounts.openNow()).toContain(other.account_id);
  await accounts.closeAll();
  const samples = await scrape();
  expect(accounts.openNow()).toEqual([]);
  expect(samples.get('oonobox_accounts_open')).toBe(0);
  expect(samples.get('oonobox_accounts{state="active"}')).toBe(2);
});

test('nothing in them says whose they are', async () => {
  await (await box.as('ada')).get(`/inbox/all/${box.accountId}`);
  const text = await (await ask(`Bearer ${TOKEN}`)).text();
  const labels = new Set([...text.matchAll(/[{,](\w+)="/g)].map(([, label]) => label));
  expect([...labels].toSorted()).toEqual([
    'alarm',
    'answer',
    'bun',
    'kept',
    'lane',
    'le',
    'method',
    'of',
    'outcome',
    'quantile',
    'route',
    'state',
    'status',
    'version',
  ]);
  for (const secret of [
    String(box.accountId),
    'Mbare',
    people.ada.email,
    customers.noor.phone.slice(1),
    box.number.phoneNumberId,
    box.number.webhookPath,
  ]) {
    expect(text).not.toContain(secret);
  }
});
