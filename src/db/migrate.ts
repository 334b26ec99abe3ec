import { readdirSync, rmSync, statfsSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { StartRefused } from '#src/errors.ts';
import type { Connection } from './connection.ts';
import { renameDurably, syncFile } from './durable-file.ts';

const BREAKPOINT = '--> statement-breakpoint';
/** Bytes that a copy leaves for everything else. */
const LEFT_FREE = 64 * 1024 * 1024;

/**
 * Brings a database to the newest schema: each migration is one batch that ends with its version,
 * so a crash leaves it before or after, never between. A schema from a newer OonoBox is refused.
 * A database that holds data is copied beside itself first (`<path>.before-<version>`); once it is through, the copies
 * of upgrades before are removed.
 */
export function migrate(connection: Connection, path: string, migrations: readonly string[]): number {
  const from = numberIn(connection, 'user_version');
  if (from > migrations.length) {
    throw new StartRefused(
      `${path} was written by a newer OonoBox (schema ${from}, this one knows ${migrations.length}). Start that version, or restore the snapshot made before the upgrade.`,
    );
  }
  if (from === migrations.length) {
    return from;
  }
  // While an upgrade is under way, the database says what it was before: an interrupted one goes on from where it was.
  const began = numberIn(connection, 'application_id') || from;
  if (from > 0) {
    snapshot(connection, path, from);
  }
  for (const [index, migration] of migrations.entries()) {
    if (index >= from) {
      connection.batch(() => {
        for (const statement of statementsOf(migration)) {
          connection.run(statement);
        }
        connection.run(`pragma application_id = ${index + 1 < migrations.length ? began : 0}`);
        connection.run(`pragma user_version = ${index + 1}`);
      });
    }
  }
  removeOlder(path, began);
  return migrations.length;
}

function numberIn(connection: Connection, pragma: 'user_version' | 'application_id'): number {
  const [row] = connection.all(`pragma ${pragma}`);
  return Number(row?.[0] ?? 0);
}

/**
 * `VACUUM INTO` writes a consistent copy under the same key. It has its name only once it is whole: nobody must go
 * back to half a copy.
 */
function snapshot(connection: Connection, path: string, version: number): void {
  const copy = `${path}.before-${version}`;
  const unfinished = `${copy}.new`;
  removeUnfinished(unfinished);
  refuseWithoutRoom(path);
  try {
    connection.run('vacuum into ?', [unfinished]);
    syncFile(unfinished);
    renameDurably(unfinished, copy);
  } catch (error) {
    removeUnfinished(unfinished);
    throw error;
  }
}

function removeUnfinished(copy: string): void {
  rmSync(copy, { force: true });
  rmSync(`${copy}-journal`, { force: true });
}

/** A copy that did not fit would take the room that everything else writes to. */
function refuseWithoutRoom(path: string): void {
  const sizes = [path, `${path}-wal`].map((file) => statSync(file, { throwIfNoEntry: false })?.size ?? 0);
  const needed = sizes.reduce((all, size) => all + size, LEFT_FREE);
  const { bavail, bsize } = statfsSync(dirname(path));
  if (bavail * bsize < needed) {
    throw new StartRefused(
      `The disk is too full for the copy of ${path} that is made before an upgrade: ${inMegabytes(bavail * bsize)} MB are free, ${inMegabytes(needed)} are needed. Make room; nothing was changed.`,
    );
  }
}

const inMegabytes = (bytes: number) => Math.ceil(bytes / 1024 ** 2);

/** The copies of the upgrades before; those of this one are kept until the next is through. */
function removeOlder(path: string, version: number): void {
  const start = `${basename(path)}.before-`;
  for (const name of readdirSync(dirname(path)).filter((each) => each.startsWith(start))) {
    if (Number(name.slice(start.length)) < version) {
      rmSync(join(dirname(path), name));
    }
  }
}

function statementsOf(migration: string): string[] {
  return migration
    .split(BREAKPOINT)
    .map((statement) => statement.trim())
    .filter(Boolean);
}
