import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { StartRefused } from '#src/errors.ts';
import { writeDurably } from './durable-file.ts';
import { derive, type Generation, type OwnerKeys, openSealed, ownerKeys, seal } from './keys.ts';

const FORMAT = 1;

/** The wrapped keys of `control` and of every account. */
export type Keyring = {
  /** 16 random bytes in hex, made once: tells this install's messages from another's at Meta. */
  installId: string;
  has(owner: string): boolean;
  /** The keys of an owner, or an error when it has none (it was erased, or never existed). */
  keysOf(owner: string): OwnerKeys;
  /** Makes the first generation of a new owner's key and fsyncs the keyring. Nothing happens when it has one. */
  add(owner: string): void;
  /** Forgets an owner's key for good, fsynced: what it encrypted can never be read again. */
  forget(owner: string): void;
};

type Wrapped = { generation: number; wrapped: string };
type KeyringFile = { format: number; install_id: string; owners: Record<string, Wrapped[]> };

/** Reads `keyring.json`, or makes it in a new data folder. A root key that does not fit is refused. */
export function openKeyring(dataFolder: string, rootKey: Uint8Array): Keyring {
  const path = join(dataFolder, 'keyring.json');
  const wrappingKey = derive(rootKey, 'wrap');
  const file = existsSync(path) ? read(path) : create(path);
  const owners = new Map(
    Object.entries(file.owners).map(([owner, wrapped]) => [
      owner,
      wrapped.map((one) => unwrap(wrappingKey, owner, one)),
    ]),
  );

  const save = () => {
    const wrapped = [...owners].map(([owner, list]) => [
      owner,
      list.map((one) => wrap(wrappingKey, owner, one)),
    ]);
    write(path, { ...file, owners: Object.fromEntries(wrapped) });
  };

  return {
    installId: file.install_id,
    has: (owner) => owners.has(owner),
    keysOf(owner) {
      const generations = owners.get(owner);
      if (!generations) {
        throw new Error(`the keyring has no key for ${owner}`);
      }
      return ownerKeys(owner, generations);
    },
    add(owner) {
      if (!owners.has(owner)) {
        owners.set(owner, [{ number: 1, key: new Uint8Array(randomBytes(32)) }]);
        save();
      }
    },
    forget(owner) {
      if (owners.delete(owner)) {
        save();
      }
    },
  };
}

function read(path: string): KeyringFile {
  const file: KeyringFile = JSON.parse(readFileSync(path, 'utf8'));
  if (file.format !== FORMAT) {
    throw new StartRefused(
      `${path} has format ${file.format}; this version of OonoBox reads format ${FORMAT}. Start the version that wrote it.`,
    );
  }
  return file;
}

function create(path: string): KeyringFile {
  const file = { format: FORMAT, install_id: randomBytes(16).toString('hex'), owners: {} };
  write(path, file);
  return file;
}

function write(path: string, file: KeyringFile): void {
  writeDurably(path, `${JSON.stringify(file, null, 2)}\n`);
}

function wrap(key: Uint8Array, owner: string, { number, key: secret }: Generation): Wrapped {
  const sealed = seal(key, number, secret, `keyring/${owner}/${number}`);
  return { generation: number, wrapped: Buffer.from(sealed).toString('base64') };
}

function unwrap(key: Uint8Array, owner: string, { generation, wrapped }: Wrapped): Generation {
  try {
    const secret = openSealed(
      key,
      new Uint8Array(Buffer.from(wrapped, 'base64')),
      `keyring/${owner}/${generation}`,
    );
    return { number: generation, key: secret };
  } catch {
    throw new StartRefused(
      'The root key does not fit this data folder: it cannot open keyring.json. Give the key this folder was made with (OONOBOX_KEY, OONOBOX_KEY_FILE or root.key), or restore the keyring that belongs to this key.',
    );
  }
}
