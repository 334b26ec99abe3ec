import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { StartRefused } from '#src/errors.ts';
import { writeDurably } from './durable-file.ts';

const FORMAT = 1;

/** One generation of a key, sealed with the root key; base64. */
export type Wrapped = { generation: number; wrapped: string };
export type KeyringFile = { format: number; install_id: string; owners: Record<string, Wrapped[]> };

export function readKeyringFile(path: string): KeyringFile {
  const file = parse(path);
  if (file.format !== FORMAT) {
    throw new StartRefused(
      `${path} has format ${file.format}; this version of OonoBox reads format ${FORMAT}. Start the version that wrote it.`,
    );
  }
  return file;
}

function parse(path: string): KeyringFile {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (cause) {
    throw new StartRefused(
      `${path} is damaged: it is no JSON any more. Restore it from a backup; without it the data cannot be read.`,
      { cause },
    );
  }
}

export function createKeyringFile(path: string): KeyringFile {
  const file = { format: FORMAT, install_id: randomBytes(16).toString('hex'), owners: {} };
  writeKeyringFile(path, file);
  return file;
}

export function writeKeyringFile(path: string, file: KeyringFile): void {
  writeDurably(path, `${JSON.stringify(file, null, 2)}\n`);
}
