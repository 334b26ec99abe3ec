import { expect, test } from 'bun:test';
import { createHmac, randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { UsageError } from '#src/cli/usage-error.ts';
import { startOwn } from './child.ts';
import { temporaryFolder } from './install.ts';
import { readOptions } from './options.ts';
import type { Size } from './part.ts';
import { chooseParts, measure } from './run.ts';
import { missedTargets } from './targets.ts';
import { withUndoing } from './undoing.ts';

const tiny: Size = {
  webhooks: 200,
  pool: 40,
  rounds: 1,
  ackSeconds: 0.3,
  conversations: 60,
  messages: 900,
  samples: 20,
  sockets: 12,
  agents: 3,
  pushSeconds: 1,
  idleSeconds: 0,
  accounts: 3,
  accountMinutes: 0.01,
  perMinute: 600,
  views: 1,
  answers: 1,
  slowBrowser: false,
  starts: 1,
  fresh: true,
};

test('every part that needs no executable measures all its figures, however little there is', async () => {
  const said: string[] = [];
  const parts = chooseParts(['processed', 'ack', 'pages', 'push', 'browser', 'idle', 'accounts']);
  const { figures, failed } = await measure(parts, tiny, (text) => said.push(text));

  expect({ failed, said: failed.length > 0 ? said : [] }).toEqual({ failed: [], said: [] });
  expect(Object.keys(figures)).toEqual(parts.flatMap((part) => [...part.figures]));
  const odd = Object.entries(figures).filter(([name, value]) => name !== 'cls' && !(Number(value) > 0));
  expect(odd).toEqual([]);
}, 60_000);

test('a part that fails is named, has no figures, and keeps no other from being measured', async () => {
  const said: string[] = [];
  const broken = {
    name: 'broken',
    figures: ['one'],
    measure: () => Promise.reject(new Error('It is gone.')),
  };
  const sound = { name: 'sound', figures: ['two'], measure: async () => ({ two: 2 }) };
  const measured = await measure([broken, sound], tiny, (text) => said.push(text));
  expect(measured).toEqual({ figures: { one: null, two: 2 }, failed: ['broken'] });
  expect(said).toContain('broken failed: It is gone.');
});

test('the ceiling keeps what is signed, encrypted, refuses what is not, and uses nothing of the product', async () => {
  const source = readFileSync(join(import.meta.dir, 'ceiling.ts'), 'utf8');
  expect(source.split('\n').length - 1).toBeLessThan(60);
  expect([...source.matchAll(/from '([^']+)'/g)].map(([, name]) => name)).toEqual(['node:crypto', 'libsql']);

  await withUndoing(async (undoing) => {
    const file = join(temporaryFolder(undoing), 'ceiling.db');
    const env = { BENCH_FILE: file, BENCH_KEY: randomBytes(32).toString('hex'), BENCH_SECRET: 'a secret' };
    const url = await startOwn(undoing, 'ceiling.ts', env);
    const post = async (secret: string) => {
      const body = `{"text":"${'found in plain '.repeat(50)}"}`;
      const signature = createHmac('sha256', secret).update(body).digest('hex');
      const headers = { 'x-hub-signature-256': `sha256=${signature}` };
      return (await fetch(url, { method: 'POST', body, headers })).status;
    };
    expect(await post('another secret')).toBe(401);
    expect(await post('a secret')).toBe(200);
    const kept = Buffer.concat([readFileSync(file), readFileSync(`${file}-wal`)]);
    expect(kept.length).toBeGreaterThan(4096);
    expect(kept.includes('SQLite format 3')).toBe(false);
    expect(kept.includes('found in plain')).toBe(false);
  });
});

test('what it cannot do it says, before it starts anything', () => {
  const refusals = [['--fast'], ['--webhooks', 'many'], ['--messages', '1000', '--conversations', '2000']];
  for (const args of refusals) {
    expect(() => readOptions(args)).toThrow(UsageError);
  }
  expect(() => chooseParts(['processed', 'speed'])).toThrow('--only does not know "speed"');
  expect(chooseParts(['ack_p99_ms', 'start']).map(({ name }) => name)).toEqual(['ack', 'start']);
});

test('a missed target is named with its figure; what was not measured is not judged', () => {
  expect(
    missedTargets({ processed_ratio: 0.34, ack_p99_ms: 51, list_p50_ms: 5, start_ms: null, cls: 9 }),
  ).toEqual([
    'processed_ratio is 0.34; the target is at least 0.35.',
    'ack_p99_ms is 51; the target is at most 50.',
  ]);
});
