import { rmSync } from 'node:fs';
import type { Client } from '@libsql/client';
import { StartRefused } from '#src/errors.ts';
import { renameDurably, syncFile } from './durable-file.ts';

const BREAKPOINT = '--> statement-breakpoint';

/**
 * Brings a database to the newest schema: each migration is one batch that ends with its version,
 * so a crash leaves it before or after, never between. A schema from a newer OonoBox is refused.
 * A database that holds data is copied beside itself first (`<path>.before-<version>`).
 */
export async function migrate(client: Client, path: string, migrations: readonly string[]): Promise<number> {
  const from = await schemaVersion(client);
  if (from > migrations.length) {
    throw new StartRefused(
      `${path} was written by a newer OonoBox (schema ${from}, this one knows ${migrations.length}). Start that version, or restore the snapshot made before the upgrade.`,
    );
  }
  if (from > 0 && from < migrations.length) {
    await snapshot(client, path, from);
  }
  for (const [index, migration] of migrations.entries()) {
    if (index >= from) {
      await client.batch([...statementsOf(migration), `pragma user_version = ${index + 1}`], 'write');
    }
  }
  return migrations.length;
}

async function schemaVersion(client: Client): Promise<number> {
  const { rows } = await client.execute('pragma user_version');
  return Number(rows[0]?.[0] ?? 0);
}

/**
 * `VACUUM INTO` writes a consistent copy under the same key. It has its name only once it is whole: nobody must go
 * back to half a copy.
 */
async function snapshot(client: Client, path: string, version: number): Promise<void> {
  const copy = `${path}.before-${version}`;
  const unfinished = `${copy}.new`;
  rmSync(unfinished, { force: true });
  rmSync(`${unfinished}-journal`, { force: true });
  await client.execute({ sql: 'vacuum into ?', args: [unfinished] });
  syncFile(unfinished);
  renameDurably(unfinished, copy);
}

function statementsOf(migration: string): string[] {
  return migration
    .split(BREAKPOINT)
    .map((statement) => statement.trim())
    .filter(Boolean);
}
