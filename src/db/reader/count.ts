import type { ReadOnly } from './open-for-reading.ts';
import type { Answer } from './protocol.ts';

/** How many conversations and messages an account has. */
export async function count({ client }: ReadOnly): Promise<Answer<'count'>> {
  const { rows } = await client.execute(
    'select (select count(*) from conversations), (select count(*) from messages)',
  );
  return { conversations: Number(rows[0]?.[0]), messages: Number(rows[0]?.[1]) };
}
