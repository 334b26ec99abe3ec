import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A change's value as Meta sends it, or a request as we send it, of invented people. */
export type Body = {
  name: string;
  /** Of the change; `messages` for what is sent. */
  field: string;
  value: Record<string, unknown>;
};

/** The bodies of one folder beside this file, by the names of their files; those of `fields` begin with it. For tests. */
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
