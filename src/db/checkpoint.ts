import type { Connection } from './connection.ts';

/**
 * Moves the write-ahead log into the database and empties it, without waiting for anybody. Returns false when a
 * reader still needs a part of it: then what could be moved was, and the log goes on growing.
 */
export function checkpoint(connection: Connection): boolean {
  return isDone(connection, 'passive') && isDone(connection, 'truncate');
}

function isDone(connection: Connection, mode: 'passive' | 'truncate'): boolean {
  const [row] = connection.all(`pragma wal_checkpoint(${mode})`);
  const [busy, frames, moved] = row ?? [];
  return busy === 0 && frames === moved;
}
