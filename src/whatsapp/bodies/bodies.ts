import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A change's value as Meta sends it, or a request as it is sent to Meta, of invented people. */
export type Body = { name: string; field: string; value: Record<string, unknown> };

/** The bodies of one folder beside this file, by the names of their files, which begin with their field. For tests. */
export function readBodies(folder: 'messages' | 'fields' | 'statuses' | 'sending'): Body[] {
  const path = join(import.meta.dir, folder);
  return readdirSync(path)
    .filter((file) => file.endsWith('.json'))
    .map((file) => file.slice(0, -'.json'.length))
    .sort()
    .map((name) => ({
      name,
      field: folder === 'fields' ? (name.split('-')[0] ?? name) : 'messages',
      value: JSON.parse(readFileSync(join(path, `${name}.json`), 'utf8')),
    }));
}
