import { afterEach, beforeEach, expect, test } from 'bun:test';
import { join } from 'node:path';
import { StorageUnavailable } from '#src/errors.ts';
import { until } from '#src/testing/until.ts';
import { createS3Store } from './s3-store.ts';
import type { Store } from './store.ts';
import { openTestBucket, refusal, type TestBucket } from './testing-bucket.ts';

const MEGABYTE = 1024 * 1024;
let bucket: TestBucket;
let store: Store;

beforeEach(() => {
  bucket = openTestBucket();
  store = createS3Store(bucket.settings);
});
afterEach(() => bucket.stop());

async function* megabytes(count: number) {
  for (let index = 0; index < count; index += 1) {
    yield new Uint8Array(MEGABYTE);
  }
}

const writer = (what: string) => [
  process.execPath,
  join(import.meta.dir, 'testing-writer.ts'),
  what,
  JSON.stringify(bucket.settings),
];
const errorOf = (work: Promise<unknown>) => work.then(() => null).catch((error: unknown) => error);
const read = (from = 0, to = 100 * MEGABYTE) => Array.fromAsync(store.read(1, 'ab/cd', from, to));

test('a file has the path that it would have in the data folder', async () => {
  await store.put(1, 'ab/cd', megabytes(1));
  expect([...bucket.objects.keys()]).toEqual(['accounts/1/media/ab/cd']);
});

test('a part that is refused again and again takes the whole file back', async () => {
  let isLetGo = false;
  async function* file() {
    try {
      yield* megabytes(30);
    } finally {
      isLetGo = true;
    }
  }
  bucket.trouble = ({ url }) => (url.includes('partNumber=2') ? refusal(503, 'SlowDown') : null);
  expect(await errorOf(store.put(1, 'ab/cd', file()))).toBeInstanceOf(StorageUnavailable);
  await until('the upload to be aborted', async () => bucket.uploads.size === 0);
  expect(bucket.objects.size).toBe(0);
  expect(isLetGo).toBe(true);
});

test('a part that is refused once is sent again', async () => {
  let refusals = 0;
  bucket.trouble = ({ url }) => {
    const isFirst = url.includes('partNumber=2') && refusals === 0;
    refusals += isFirst ? 1 : 0;
    return isFirst ? refusal(500, 'InternalError') : null;
  };
  await store.put(1, 'ab/cd', megabytes(12));
  expect(Buffer.concat(await read()).length).toBe(12 * MEGABYTE);
  expect(refusals).toBe(1);
});

test('when it is not certain whether a file was kept, it is removed again', async () => {
  bucket.trouble = ({ method }) => {
    if (method === 'PUT') {
      bucket.objects.set('accounts/1/media/ab/cd', { bytes: new Uint8Array(3), changedAt: 0 });
    }
    return method === 'PUT' ? refusal(500, 'InternalError') : null;
  };
  expect(await errorOf(store.put(1, 'ab/cd', megabytes(1)))).toBeInstanceOf(StorageUnavailable);
  expect(bucket.objects.size).toBe(0);
});

test('a bucket that cannot be reached, or that the key may not use, is said as such, without the key', async () => {
  const elsewhere = createS3Store({ ...bucket.settings, endpoint: 'http://127.0.0.1:1' });
  const stranger = createS3Store({ ...bucket.settings, secretAccessKey: 'of-somebody-else' });
  const lost = createS3Store({ ...bucket.settings, bucket: 'another' });
  for (const broken of [elsewhere, stranger, lost]) {
    for (const work of [
      () => broken.put(1, 'ab/cd', megabytes(1)),
      () => Array.fromAsync(broken.read(1, 'ab/cd', 0, 10)),
      () => broken.remove(1, 'ab/cd'),
      () => Array.fromAsync(broken.list(1)),
      () => broken.removeAccount(1),
    ]) {
      const error = await errorOf(work());
      expect(error).toBeInstanceOf(StorageUnavailable);
      expect(String(error)).not.toContain('of-somebody-else');
    }
  }
  expect(bucket.objects.size).toBe(0);
});

test('an answer that breaks off is trouble with the bucket, not with the file', async () => {
  await store.put(1, 'ab/cd', megabytes(3));
  bucket.trouble = ({ method }) => {
    async function* cut() {
      yield new Uint8Array(MEGABYTE);
      await bucket.stop();
    }
    const body: Bun.BodyInit = cut();
    return method === 'GET'
      ? new Response(body as BodyInit, { status: 206, headers: { 'content-length': String(3 * MEGABYTE) } })
      : null;
  };
  expect(await errorOf(read())).toBeInstanceOf(StorageUnavailable);
});

test('what other programs have in their environment is not used', async () => {
  const child = Bun.spawn(writer('put-in-bucket'), {
    env: {
      ...process.env,
      AWS_ENDPOINT: 'http://127.0.0.1:1',
      S3_ENDPOINT: 'http://127.0.0.1:1',
      AWS_REGION: 'of-another',
      S3_BUCKET: 'of-another',
      AWS_ACCESS_KEY_ID: 'of-another',
    },
  });
  expect(await child.exited).toBe(0);
  expect([...bucket.objects.keys()]).toEqual(['accounts/1/media/ab/cd']);
});

test('a hundred megabytes go into a bucket and out of it without being held in memory', async () => {
  const child = Bun.spawn(writer('weigh'), { stdout: 'pipe' });
  const { extra } = await new Response(child.stdout).json();
  expect(await child.exited).toBe(0);
  expect(extra).toBeLessThan(64 * MEGABYTE);
});
