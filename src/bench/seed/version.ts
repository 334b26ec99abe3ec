import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { controlMigrations, inboxMigrations } from '#src/db/migrations.ts';

/** Changes with the tables, and with what is written into them: what was kept under another version is not taken. */
export function seedVersion(): string {
  const own = readdirSync(import.meta.dir).sort();
  const sources = own.map((name) => readFileSync(join(import.meta.dir, name), 'utf8'));
  return createHash('sha256')
    .update([...controlMigrations, ...inboxMigrations, ...sources].join('\n'))
    .digest('hex')
    .slice(0, 12);
}
