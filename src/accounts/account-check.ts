import { statSync } from 'node:fs';
import { findDamage } from '#src/db/check/sound.ts';
import { inboxPath } from '#src/db/inbox.ts';
import type { Keyring } from '#src/db/keyring.ts';
import { createQueue } from '#src/db/queue.ts';
import { inTime } from '#src/ops/in-time.ts';

/** Whoever waits for the account waits no longer: a webhook has to be answered. */
const PATIENCE_MS = 5_000;

/** Looks through the database of an account that is not open, in a process of its own. */
export type AccountCheck = {
  /** Resolves when it is sound. Throws what is wrong with it, or that it is still being looked through. */
  mustBeSound(accountId: number): Promise<void>;
  /** Resolves when nothing is being looked through. */
  idle(): Promise<void>;
  /** Ends what is being looked through. */
  stop(): void;
};

type Options = { dataFolder: string; keyring: Keyring; libraries: string | null; patienceMs?: number };

export function createAccountCheck(options: Options): AccountCheck {
  const { dataFolder, keyring, libraries, patienceMs = PATIENCE_MS } = options;
  const stopping = new AbortController();
  /** One at a time: what ended the program may have been a lack of memory. */
  const queue = createQueue();
  const running = new Map<number, Promise<string | null>>();
  /** Also what was found when nobody was waiting for it any more. */
  const found = new Map<number, { damage: string | null; files: string }>();

  async function look(accountId: number): Promise<string | null> {
    const path = inboxPath(dataFolder, accountId);
    const known = found.get(accountId);
    if (known?.files === identityOf(path)) {
      return known.damage;
    }
    const { database: key } = keyring.keysOf(String(accountId));
    const { file, damage } = await queue.run(async () => ({
      file: stampOf(path),
      damage: await findDamage({ path, key }, { libraries, signal: stopping.signal }),
    }));
    if (stampOf(path) !== file) {
      // Somebody has put another one in its place meanwhile, or is still copying it there.
      return look(accountId);
    }
    found.set(accountId, { damage, files: identityOf(path) });
    return damage;
  }

  return {
    async mustBeSound(accountId) {
      const looking = running.get(accountId) ?? look(accountId).finally(() => running.delete(accountId));
      running.set(accountId, looking);
      const damage = await inTime(looking, patienceMs);
      if (damage === 'late') {
        throw new Error('its database is being checked before it is opened again');
      } else if (damage !== null) {
        throw damaged(inboxPath(dataFolder, accountId), damage);
      }
      // It holds for this opening alone.
      found.delete(accountId);
    },
    idle: () => queue.idle(),
    stop: () => stopping.abort(),
  };
}

/** For whoever runs the install: what is wrong, and what to do. */
export function damaged(path: string, what: unknown): Error {
  const said = what instanceof Error ? what.message : String(what);
  return new Error(
    `${path} is damaged (${said}). Put a copy from a backup in its place, made beside it as inbox.db.new and then renamed, with nothing left of inbox.db-wal and inbox.db-shm: it is opened again by itself.`,
    { cause: what },
  );
}

/** Changes when somebody puts another file in its place, or writes to it. */
function stampOf(path: string): string {
  const file = statSync(path, { throwIfNoEntry: false });
  return file ? `${file.ino} ${file.size} ${file.mtimeMs}` : 'none';
}

const identityOf = (path: string): string => [path, `${path}-wal`].map(stampOf).join(', ');
