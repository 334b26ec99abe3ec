import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { StartRefused } from '#src/errors.ts';
import { createKeyringFile, readKeyringFile, type Wrapped, writeKeyringFile } from './keyring-file.ts';
import { derive, type Generation, type OwnerKeys, openSealed, ownerKeys, seal } from './keys.ts';

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

/**
 * Reads `keyring.json`, or makes it in a new data folder. A root key that does not fit is refused. An account's key
 * that cannot be opened although the others can is damaged: that is kept as it is, and asked for again in the file.
 */
export function openKeyring(dataFolder: string, rootKey: Uint8Array): Keyring {
  const path = join(dataFolder, 'keyring.json');
  const wrappingKey = derive(rootKey, 'wrap');
  const file = existsSync(path) ? readKeyringFile(path) : createKeyringFile(path);
  const owners = new Map<string, Generation[]>();
  const damaged = new Map<string, Wrapped[]>();
  for (const [owner, wrapped] of Object.entries(file.owners)) {
    const generations = unwrapAll(wrappingKey, owner, wrapped);
    if (generations) {
      owners.set(owner, generations);
    } else {
      damaged.set(owner, wrapped);
    }
  }
  refuseIfUseless(owners, damaged);

  const save = () => {
    const wrapped = [...owners].map(([owner, list]) => [
      owner,
      list.map((one) => wrap(wrappingKey, owner, one)),
    ]);
    writeKeyringFile(path, { ...file, owners: Object.fromEntries([...damaged, ...wrapped]) });
  };

  /** Somebody may have put the keyring back meanwhile. */
  function lookAgain(owner: string): Generation[] {
    const generations = unwrapAll(wrappingKey, owner, readKeyringFile(path).owners[owner] ?? []);
    if (!generations) {
      throw new Error(
        `its key in ${path} is damaged: restore that file from a backup; it is read again by itself`,
      );
    }
    damaged.delete(owner);
    owners.set(owner, generations);
    return generations;
  }

  return {
    installId: file.install_id,
    has: (owner) => owners.has(owner) || damaged.has(owner),
    keysOf(owner) {
      const generations = damaged.has(owner) ? lookAgain(owner) : owners.get(owner);
      if (!generations) {
        throw new Error(`the keyring has no key for ${owner}`);
      }
      return ownerKeys(owner, generations);
    },
    add(owner) {
      if (!owners.has(owner) && !damaged.has(owner)) {
        owners.set(owner, [{ number: 1, key: new Uint8Array(randomBytes(32)) }]);
        save();
      }
    },
    forget(owner) {
      if (owners.delete(owner) || damaged.delete(owner)) {
        save();
      }
    },
  };
}

/** One key that opens proves the root key; without control's own nothing can start. */
function refuseIfUseless(owners: ReadonlyMap<string, unknown>, damaged: ReadonlyMap<string, unknown>): void {
  if (owners.size === 0 && damaged.size > 0) {
    throw new StartRefused(
      'The root key does not fit this data folder: it cannot open keyring.json. Give the key this folder was made with (OONOBOX_KEY, OONOBOX_KEY_FILE or root.key), or restore the keyring that belongs to this key.',
    );
  } else if (damaged.has('control')) {
    throw new StartRefused(
      'The key of control.db in keyring.json is damaged: the root key opens others in it, but not this one. Restore keyring.json from a backup.',
    );
  }
}

function wrap(key: Uint8Array, owner: string, { number, key: secret }: Generation): Wrapped {
  const sealed = seal(key, number, secret, `keyring/${owner}/${number}`);
  return { generation: number, wrapped: Buffer.from(sealed).toString('base64') };
}

/** Null when one of them cannot be opened. */
function unwrapAll(key: Uint8Array, owner: string, wrapped: readonly Wrapped[]): Generation[] | null {
  try {
    return wrapped.length === 0 ? null : wrapped.map((one) => unwrap(key, owner, one));
  } catch {
    return null;
  }
}

function unwrap(key: Uint8Array, owner: string, { generation, wrapped }: Wrapped): Generation {
  const sealed = new Uint8Array(Buffer.from(wrapped, 'base64'));
  return { number: generation, key: openSealed(key, sealed, `keyring/${owner}/${generation}`) };
}
