import { codeOf } from './connection.ts';

const CODES = ['SQLITE_CORRUPT', 'SQLITE_NOTADB'];

/** Whether an error, or what caused it, says that a database file is damaged: no retry and no other statement helps. */
export function isDamage(error: unknown): boolean {
  return CODES.includes(codeOf(error)) || (error instanceof Error && isDamage(error.cause));
}
