import { S3Client } from 'bun';
import { MissingFile, StorageUnavailable } from '#src/errors.ts';
import type { S3Settings } from './s3-settings.ts';
import type { Store } from './store.ts';

/** The least that S3 takes as one of several parts, and so the least that is held in memory while a file is sent. */
const PART_BYTES = 5 * 1024 * 1024;

/** Objects in a bucket, under the paths that the local store gives them within the data folder. */
export function createS3Store(settings: S3Settings): Store {
  const client = new S3Client({
    ...settings,
    sessionToken: '',
    partSize: PART_BYTES,
    queueSize: 1,
    retry: 3,
  });
  const folderOf = (accountId: number) => `accounts/${accountId}/media/`;
  const keyOf = (accountId: number, path: string) => folderOf(accountId) + path;

  /** At most 1,000 keys at once. */
  async function* pages(accountId: number): AsyncGenerator<string[], void, void> {
    const prefix = folderOf(accountId);
    let startAfter: string | undefined = prefix;
    do {
      const page: Bun.S3ListObjectsResponse = await asked(client.list({ prefix, startAfter }));
      const { contents = [], isTruncated } = page;
      const keys = contents.map(({ key }) => key);
      yield keys;
      startAfter = isTruncated ? keys.at(-1) : undefined;
    } while (startAfter !== undefined);
  }

  return {
    async put(accountId, path, sealed) {
      const key = keyOf(accountId, path);
      const body: Bun.BodyInit = sealed;
      try {
        // Not `file.writer()`: that one completes what was broken off, and may say nothing of a part that failed
        // (oven-sh/bun#43134, #43133). A stream that throws, or a part that is refused, takes the whole upload back.
        await client.write(key, new Response(body as BodyInit));
      } catch (error) {
        if (isS3Error(error)) {
          // Whether it was kept is not certain.
          await client.delete(key).catch(() => {});
        }
        throw explained(error);
      }
    },

    async *read(accountId, path, from, to) {
      try {
        yield* client.file(keyOf(accountId, path)).slice(from, to).stream();
      } catch (error) {
        if (codeOf(error) === 'NoSuchKey') {
          throw new MissingFile(`${keyOf(accountId, path)} is not in the bucket`, { cause: error });
        } else if (codeOf(error) !== 'InvalidRange') {
          throw explained(error);
        }
      }
    },

    remove: (accountId, path) => asked(client.delete(keyOf(accountId, path))),

    async *list(accountId) {
      for await (const keys of pages(accountId)) {
        yield* keys.map((key) => key.slice(folderOf(accountId).length));
      }
    },

    async changedAt(accountId, path) {
      try {
        return (await client.stat(keyOf(accountId, path))).lastModified.getTime();
      } catch (error) {
        if (codeOf(error) === 'NoSuchKey') {
          return null;
        }
        throw explained(error);
      }
    },

    async removeAccount(accountId) {
      for await (const keys of pages(accountId)) {
        await asked(Promise.all(keys.map((key) => client.delete(key))));
      }
    },
  };
}

async function asked<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    throw explained(error);
  }
}

/** What the source of a file throws goes through as it is. */
function explained(error: unknown): unknown {
  return isS3Error(error)
    ? new StorageUnavailable(`the bucket of files answers ${codeOf(error)}`, { cause: error })
    : error;
}

const isS3Error = (error: unknown): error is Error => error instanceof Error && error.name === 'S3Error';

const codeOf = (error: unknown): string => (isS3Error(error) && 'code' in error ? String(error.code) : '');
