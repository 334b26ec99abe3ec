import type { Client } from '@libsql/client';

/**
 * Moves the write-ahead log into the database and empties it, without waiting for anybody. Returns false when a
 * reader still needs a part of it: then what could be moved was, and the log goes on growing.
 */
export async function checkpoint(client: Client): Promise<boolean> {
  return (await isDone(client, 'passive')) && (await isDone(client, 'truncate'));
}

async function isDone(client: Client, mode: 'passive' | 'truncate'): Promise<boolean> {
  const { rows } = await client.execute(`pragma wal_checkpoint(${mode})`);
  const [busy, frames, moved] = [0, 1, 2].map((column) => Number(rows[0]?.[column]));
  return busy === 0 && frames === moved;
}
