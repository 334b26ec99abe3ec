import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { StartRefused } from '#src/errors.ts';
import { writeDurably } from './durable-file.ts';

export const ROOT_KEY_BYTES = 32;

const HOW = `Give the root key of this data folder as 64 hexadecimal characters in OONOBOX_KEY or in the file named by OONOBOX_KEY_FILE. It is the one made at the first start: look where you keep your copy of it.`;

/**
 * The root key, 32 bytes: from the configuration, else from `root.key` in the data folder,
 * else (only in a folder that has no keyring yet) a new one, kept there with mode 0600.
 */
export function loadRootKey(dataFolder: string, configured: string | null): Uint8Array {
  const path = join(dataFolder, 'root.key');
  if (configured !== null) {
    return decodeRootKey(configured, 'OONOBOX_KEY');
  } else if (existsSync(path)) {
    return decodeRootKey(readFileSync(path, 'utf8'), path);
  } else if (existsSync(join(dataFolder, 'keyring.json'))) {
    throw new StartRefused(
      `The root key is missing: ${path} does not exist and OONOBOX_KEY is not set. ${HOW}`,
    );
  } else {
    const key = randomBytes(ROOT_KEY_BYTES);
    writeDurably(path, `${key.toString('hex')}\n`);
    return new Uint8Array(key);
  }
}

function decodeRootKey(text: string, from: string): Uint8Array {
  const hex = text.trim().toLowerCase();
  if (hex === '') {
    throw new StartRefused(`The root key in ${from} is empty, so nothing would be encrypted. ${HOW}`);
  } else if (!/^[0-9a-f]*$/.test(hex)) {
    throw new StartRefused(`The root key in ${from} has characters that are not hexadecimal. ${HOW}`);
  } else if (hex.length !== ROOT_KEY_BYTES * 2) {
    throw new StartRefused(
      `The root key in ${from} has ${hex.length} characters instead of ${ROOT_KEY_BYTES * 2}. ${HOW}`,
    );
  } else if (/^(.)\1*$/.test(hex)) {
    throw new StartRefused(
      `The root key in ${from} repeats one character: that is a placeholder, not a key. ${HOW}`,
    );
  }
  return new Uint8Array(Buffer.from(hex, 'hex'));
}
