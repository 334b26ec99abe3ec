import { expect, test } from 'bun:test';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { readConfig } from './config.ts';

test('without an environment everything has a working default', () => {
  const config = readConfig({});
  expect(config).toMatchObject({
    port: 3000,
    url: null,
    key: null,
    graphUrl: 'https://graph.facebook.com',
    graphVersion: 'v25.0',
    signups: 'first',
    openAccounts: 64,
  });
  expect(Object.isFrozen(config)).toBe(true);
});

test('every problem is reported at once, by the name of its variable', () => {
  const environment = {
    OONOBOX_PORT: '70000',
    OONOBOX_URL: 'inbox.example.com',
    OONOBOX_SIGNUPS: 'maybe',
    OONOBOX_GRAPH_VERSION: 'latest',
    OONOBOX_KEY_FILE: '/nowhere/key',
    OONOBOX_OPEN_ACCOUNTS: 'many',
    OONOBOX_TRUSTED_PROXIES: '10.0.0.0/8, proxy.local',
    OONOBOX_METRICS_TOKEN: 'hush',
    OONOBOX_MEMORY_WARN_MB: '1',
  };
  const message = String(catchError(() => readConfig(environment)));
  for (const name of Object.keys(environment)) {
    expect(message).toContain(name);
  }
  expect(message).toContain('9 problems');
});

test('a secret never appears in a message', () => {
  const message = String(
    catchError(() => readConfig({ OONOBOX_KEY: 'hush-hush', OONOBOX_KEY_FILE: '/nowhere' })),
  );
  expect(message).toContain('both set');
  expect(message).not.toContain('hush-hush');
});

test('the token of the metrics is one line of a file, or given, and never said aloud', () => {
  expect(readConfig({}).metricsToken).toBeNull();
  const file = `${mkdtempSync(join(tmpdir(), 'oonobox-test-'))}/token`;
  writeFileSync(file, 'quiet-rivers-run-41\n');
  expect(readConfig({ OONOBOX_METRICS_TOKEN_FILE: file }).metricsToken).toBe('quiet-rivers-run-41');
  rmSync(dirname(file), { recursive: true });
  expect(readConfig({ OONOBOX_METRICS_TOKEN: '' }).metricsToken).toBeNull();
  for (const wrong of ['short-canary', 'a canary with spaces in it']) {
    const message = String(catchError(() => readConfig({ OONOBOX_METRICS_TOKEN: wrong })));
    expect(message).toContain('OONOBOX_METRICS_TOKEN is too short');
    expect(message).not.toContain('canary');
  }
});

const bucket = {
  OONOBOX_S3_BUCKET: 'shop-files',
  OONOBOX_S3_ACCESS_KEY_ID: 'AKID',
  OONOBOX_S3_SECRET_ACCESS_KEY: 'canary-of-a-secret',
};

test('files are kept in a bucket once one is named, at AWS unless an endpoint says otherwise', () => {
  expect(readConfig({}).s3).toBeNull();
  expect(readConfig({ ...bucket, OONOBOX_S3_REGION: 'af-south-1' }).s3).toEqual({
    bucket: 'shop-files',
    endpoint: 'https://s3.af-south-1.amazonaws.com',
    region: 'af-south-1',
    accessKeyId: 'AKID',
    secretAccessKey: 'canary-of-a-secret',
  });
  expect(readConfig({ ...bucket, OONOBOX_S3_ENDPOINT: 'http://minio:9000/' }).s3).toMatchObject({
    endpoint: 'http://minio:9000',
    region: 'us-east-1',
  });
});

test('the secret of a bucket may stand in a file, and what is missing or wrong is said without it', () => {
  const file = `${mkdtempSync(join(tmpdir(), 'oonobox-test-'))}/secret`;
  writeFileSync(file, 'from-a-file\n');
  const { OONOBOX_S3_SECRET_ACCESS_KEY: secret, ...rest } = bucket;
  const given = { ...rest, OONOBOX_S3_SECRET_ACCESS_KEY_FILE: file };
  expect(readConfig(given).s3?.secretAccessKey).toBe('from-a-file');
  rmSync(dirname(file), { recursive: true });
  const half = String(catchError(() => readConfig({ OONOBOX_S3_SECRET_ACCESS_KEY: secret })));
  expect(half).toContain('OONOBOX_S3_BUCKET is missing');
  expect(half).toContain('OONOBOX_S3_ACCESS_KEY_ID is missing');
  expect(half).toContain('2 problems');
  for (const [name, wrong] of [
    ['S3_BUCKET', 'Shop Files'],
    ['S3_ENDPOINT', 'https://me:canary@s3.example.com'],
    ['S3_REGION', 'Frankfurt am Main'],
    ['S3_SECRET_ACCESS_KEY', 'a canary with spaces'],
  ]) {
    const message = String(catchError(() => readConfig({ ...bucket, [`OONOBOX_${name}`]: wrong })));
    expect(message).toContain(`OONOBOX_${name} `);
    expect(message).toContain('has a problem');
    expect(message).not.toContain('canary');
  }
  const others = String(catchError(() => readConfig({ ...bucket, AWS_SESSION_TOKEN: 'canary' })));
  expect(others).toContain('while AWS_SESSION_TOKEN is set');
  expect(others).not.toContain('canary');
});

test('the public address keeps only its origin, and a name nobody knows is pointed out', () => {
  const config = readConfig({ OONOBOX_URL: 'https://Inbox.Example.com/', OONOBOX_PROT: '1' });
  expect(config.url).toBe('https://inbox.example.com');
  expect(config.unknown).toEqual(['OONOBOX_PROT']);
});

function catchError(work: () => unknown): unknown {
  try {
    return work();
  } catch (error) {
    return error;
  }
}
