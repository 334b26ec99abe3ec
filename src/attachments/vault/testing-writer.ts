import { openTestStorage } from '#src/testing/storage.ts';
import { createLocalStore } from './local-store.ts';
import { createS3Store } from './s3-store.ts';
import type { Store } from './store.ts';
import { createVault } from './vault.ts';

// A process of its own that writes files, for tests that kill it, trace it or weigh it. What it does is its first
// argument; it tells what it has done in lines of JSON.

const PIECE = 64 * 1024;
const MEGABYTE = 1024 * 1024;

const tell = (said: object) => process.stdout.write(`${JSON.stringify(said)}\n`);

async function* pieces(bytes: number) {
  for (let at = 0; at < bytes; at += PIECE) {
    yield new Uint8Array(PIECE);
  }
}

/** Never ends: after 3 MB it says where it writes, and waits. */
async function breakOff(): Promise<void> {
  const storage = await openTestStorage();
  const vault = createVault(createLocalStore(storage.folder));
  async function* endless() {
    yield* pieces(3 * MEGABYTE);
    tell({ folder: storage.folder });
    await new Promise((resume) => setTimeout(resume, 600_000));
  }
  await vault.write(await storage.inbox(1), 5, endless(), Number.POSITIVE_INFINITY);
}

async function writeOne(store: Store): Promise<void> {
  await store.put(1, 'ab/cd', pieces(2 * PIECE));
  tell({ kept: true });
}

/** Writes and reads 100 MB and says how much more memory it had at its most than after a small file. */
async function weigh(settings: string | undefined): Promise<void> {
  const storage = await openTestStorage();
  const inbox = await storage.inbox(1);
  const store = settings ? createS3Store(JSON.parse(settings)) : createLocalStore(storage.folder);
  const vault = createVault(store);
  let most = 0;
  const look = () => {
    most = Math.max(most, process.memoryUsage.rss());
  };
  async function round(bytes: number) {
    async function* watched() {
      for await (const piece of pieces(bytes)) {
        look();
        yield piece;
      }
    }
    const stored = await vault.write(inbox, 5, watched(), bytes);
    for await (const _ of vault.read(inbox, { id: 5, ...stored })) {
      look();
    }
  }
  await round(MEGABYTE);
  const before = most;
  await round(100 * MEGABYTE);
  await storage.close();
  tell({ extra: most - before });
}

const [what, given] = process.argv.slice(2);
switch (what) {
  case 'break-off':
    await breakOff();
    break;
  case 'write-one':
    await writeOne(createLocalStore(given ?? ''));
    break;
  case 'put-in-bucket':
    await writeOne(createS3Store(JSON.parse(given ?? '')));
    break;
  case 'weigh':
    await weigh(given);
}
