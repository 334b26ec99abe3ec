import { rmSync } from 'node:fs';
import { StartRefused } from '#src/errors.ts';
import type { Connection } from './connection.ts';
import { renameDurably, syncFile } from './durable-file.ts';

const BREAKPOINT = '--> statement-breakpoint';

/**
 * Brings a database to the newest schema: each migration is one batch that ends with its version,
 * so a crash leaves it before or after, never between. A schema from a newer OonoBox is refused.
 * A database that holds data is copied beside itself first (`<path>.before-<version>`).
 */
export function migrate(connection: Connection, path: string, migrations: readonly string[]): number {
  const from = schemaVersion(connection);
  if (from > migrations.length) {
    throw new StartRefused(
      `${path} was written by a newer OonoBox (schema ${from}, this one knows ${migrations.length}). Start that version, or restore the snapshot made before the upgrade.`,
    );
  }
  if (from > 0 && from < migrations.length) {
    snapshot(connection, path, from);
  }
  for (const [index, migration] of migrations.entries()) {
    if (index >= from) {
      connection.batch(() => {
        for (const statement of statementsOf(migration)) {
          connection.run(statement);
        }
        connection.run(`pragma user_version = ${index + 1}`);
      });
    }
  }
  return migrations.length;
}

function schemaVersion(connection: Connection): number {
  const [row] = connection.all('pragma user_version');
  return Number(row?.[0] ?? 0);
}

/**
 * `VACUUM INTO` writes a consistent copy under the same key. It has its name only once it is whole: nobody must go
 * back to half a copy.
 */
function snapshot(connection: Connection, path: string, version: number): void {
  const copy = `${path}.before-${version}`;
  const unfinished = `${copy}.new`;
  rmSync(unfinished, { force: true });
  rmSync(`${unfinished}-journal`, { force: true });
  connection.run('vacuum into ?', [unfinished]);
  syncFile(unfinished);
  renameDurably(unfinished, copy);
}

function statementsOf(migration: string): string[] {
  return migration
    .split(BREAKPOINT)
    .map((statement) => statement.trim())
    .filter(Boolean);
}
