import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { accountFolder } from '#src/db/inbox.ts';
import { createLocalStore } from './local-store.ts';
import { createS3Store } from './s3-store.ts';
import type { Store } from './store.ts';
import { openTestBucket } from './testing-bucket.ts';

/** A store, and what somebody does to it who can reach behind it. */
export type TestStore = {
  store: Store;
  /** Everything of an account, half-written files included. */
  paths(accountId: number): string[];
  bytesOf(accountId: number, path: string): Uint8Array;
  put(accountId: number, path: string, bytes: Uint8Array): void;
  /** As if it had been written then. */
  age(accountId: number, path: string, changedAt: number): void;
  stop(): Promise<void>;
};

/** One for each implementation: whatever holds for one must hold for the other. */
export const testStores = {
  'in the data folder'(dataFolder: string): TestStore {
    const folder = (accountId: number) => join(accountFolder(dataFolder, accountId), 'media');
    return {
      store: createLocalStore(dataFolder),
      paths: (accountId) =>
        existsSync(folder(accountId))
          ? readdirSync(folder(accountId), { recursive: true, encoding: 'utf8' }).filter((name) =>
              statSync(join(folder(accountId), name)).isFile(),
            )
          : [],
      bytesOf: (accountId, path) => readFileSync(join(folder(accountId), path)),
      put(accountId, path, bytes) {
        mkdirSync(dirname(join(folder(accountId), path)), { recursive: true });
        writeFileSync(join(folder(accountId), path), bytes);
      },
      age: (accountId, path, changedAt) =>
        utimesSync(join(folder(accountId), path), changedAt / 1_000, changedAt / 1_000),
      async stop() {},
    };
  },
  'in a bucket'(_dataFolder: string): TestStore {
    const bucket = openTestBucket();
    const prefix = (accountId: number) => `accounts/${accountId}/media/`;
    const objectOf = (accountId: number, path: string) => {
      const object = bucket.objects.get(prefix(accountId) + path);
      if (!object) {
        throw new Error(`${path} is not in the bucket`);
      }
      return object;
    };
    return {
      store: createS3Store(bucket.settings),
      paths: (accountId) =>
        [...bucket.objects.keys(), ...[...bucket.uploads.values()].map(({ key }) => key)]
          .filter((key) => key.startsWith(prefix(accountId)))
          .map((key) => key.slice(prefix(accountId).length)),
      bytesOf: (accountId, path) => objectOf(accountId, path).bytes,
      put: (accountId, path, bytes) =>
        void bucket.objects.set(prefix(accountId) + path, { bytes, changedAt: Date.now() }),
      age(accountId, path, changedAt) {
        objectOf(accountId, path).changedAt = changedAt;
      },
      stop: bucket.stop,
    };
  },
};
