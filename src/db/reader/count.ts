import type { ReadOnly } from './open-for-reading.ts';
import type { Answer } from './protocol.ts';

/** How many conversations and messages an account has. */
export async function count({ rows }: ReadOnly): Promise<Answer<'count'>> {
  const [row] = rows('select (select count(*) from conversations), (select count(*) from messages)');
  return { conversations: Number(row?.[0]), messages: Number(row?.[1]) };
}
