/** Why a business cannot be opened: what somebody can do about it depends on it. */
export type Reason =
  | 'missing'
  | 'key'
  | 'keyless'
  | 'broken-key'
  | 'checking'
  | 'newer'
  | 'plaintext'
  | 'full'
  | 'damaged'
  | 'handles'
  | 'other';

export type Closed = {
  id: number;
  name: string;
  reason: Reason;
  /** SQLite's name for it, to look it up by. */
  code: string | null;
};

const reasons: readonly (readonly [RegExp, Reason])[] = [
  [/is (missing|empty): restore it/, 'missing'],
  [/cannot be read with its key|SQLITE_NOTADB/, 'key'],
  [/keyring has no key/, 'keyless'],
  [/its key in .* is damaged/, 'broken-key'],
  [/is being checked/, 'checking'],
  [/written by a newer OonoBox/, 'newer'],
  [/is not encrypted/, 'plaintext'],
  [/disk is (too )?full|SQLITE_FULL|ENOSPC/i, 'full'],
  [/SQLITE_CORRUPT|is damaged \(/, 'damaged'],
  [/SQLITE_CANTOPEN|EMFILE|unable to open database/, 'handles'],
];

/**
 * Sorts what was noted when it could not be opened. The note itself is for the log: it names paths, and may quote
 * what the operator must not see.
 */
export function readClosed({ id, name, why }: { id: number; name: string; why: string }): Closed {
  const reason = reasons.find(([pattern]) => pattern.test(why))?.[1] ?? 'other';
  return { id, name, reason, code: /\bSQLITE_[A-Z]+\b/.exec(why)?.[0] ?? null };
}
