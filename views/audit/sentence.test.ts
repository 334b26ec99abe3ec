import { expect, test } from 'bun:test';
import { join } from 'node:path';
import type { AuditEntry } from '#src/audit/entry.ts';
import { permissions } from '#src/people/viewer.ts';
import { words } from '../words/words.ts';
import { changesOf, sentenceOf } from './sentence.ts';

const SRC = join(import.meta.dir, '../../src');

/** Names that look like actions and are none. */
const others = new Set<string>(permissions);
const isFile = (name: string) => /\.(js|css|svg|ts|tsx)$/.test(name);

/**
 * The actions that a text of the program writes into the trail: what is called `action` there, and wherever else a
 * name stands that begins like one.
 */
function actionsIn(text: string): string[] {
  const named = [...text.matchAll(/'(([a-z_]+)\.[a-z_]+)'/g)]
    .filter(
      ([, name = '', kind = '']) =>
        Object.hasOwn(words.audit.kinds, kind) && !others.has(name) && !isFile(name),
    )
    .map(([, name = '']) => name);
  return [...new Set([...calledAction(text), ...named])];
}

function calledAction(text: string): string[] {
  return [...text.matchAll(/\baction\s*[:=]([^,;]*?)[,;\n]/g)].flatMap(([, value = '']) =>
    [...value.matchAll(/'([a-z_]+\.[a-z_]+)'/g)].map(([, action = '']) => action),
  );
}

const isTest = (path: string) => /\.test\.tsx?$|^testing\/|testing[\w-]*\.ts$/.test(path);

async function actionsWritten(): Promise<string[]> {
  const paths = [...new Bun.Glob('**/*.{ts,tsx}').scanSync(SRC)].filter((path) => !isTest(path));
  const texts = await Promise.all(paths.map((path) => Bun.file(join(SRC, path)).text()));
  return [...new Set(texts.flatMap(actionsIn))].sort();
}

test('the actions of the program are found, also where one of two is written', () => {
  expect(actionsIn("auditRow(inbox, {\n  action: known ? 'a.renewed' : 'a.added',\n})")).toEqual([
    'a.renewed',
    'a.added',
  ]);
  expect(actionsIn("{ at, actor, action: 'b.done', object: `b:1` }")).toEqual(['b.done']);
  expect(actionsIn("const action = 'c.ended';\n")).toEqual(['c.ended']);
  expect(actionsIn("await record(services, viewer, 'passkey.added', { name })")).toEqual(['passkey.added']);
  expect(actionsIn("demand(viewer, 'audit.read'); load('passkey.js')")).toEqual([]);
});

test('every action that the product writes has its sentence, and the kind it is chosen by', async () => {
  const written = await actionsWritten();
  expect(written.length).toBeGreaterThan(10);
  expect(written.filter((action) => !Object.hasOwn(words.audit.sentences, action))).toEqual([]);
  const kinds = new Set(written.map((action) => action.split('.', 1)[0] ?? ''));
  expect([...kinds].filter((kind) => !Object.hasOwn(words.audit.kinds, kind))).toEqual([]);
});

const entry: AuditEntry = {
  id: 1,
  at: 0,
  actor: { kind: 'person', id: 7, name: 'Ada' },
  action: 'member.added',
  object: 'user:8',
  objectName: 'Bo',
  data: { role: 'read_only' },
  names: {},
  address: null,
};

test('a row is a sentence with the names that people know', () => {
  expect(sentenceOf(entry)).toBe('Ada added Bo with the role Read only');
  const key = { kind: 'key', id: 9, name: 'Till' } as const;
  expect(sentenceOf({ ...entry, actor: key })).toBe('The key “Till” added Bo with the role Read only');
  const gone = { ...entry, actor: { kind: 'person', id: 7, name: null }, objectName: null } as const;
  expect(sentenceOf(gone)).toBe('Somebody who is gone added user 8 with the role Read only');
  const refused = { ...entry, action: 'number.refused', objectName: '+263 77', data: { reason: '131042' } };
  expect(sentenceOf(refused)).toBe('WhatsApp refused to send from the number +263 77: Meta’s code 131042');
});

test('an action of another version is shown plainly', () => {
  for (const action of ['orchard.planted', 'toString', '__proto__']) {
    const unknown = { ...entry, action, object: 'orchard:3', objectName: null };
    expect(sentenceOf(unknown)).toBe(`Ada: ${action} (orchard 3)`);
  }
});

test('what changed stands beside what was before', () => {
  const data = {
    before: { name: 'Till', scopes: ['messages.send'], state: 'valid', sees_phones: true, colour: 'red' },
    after: { name: 'Till', scopes: ['messages.send', 'x'], state: 'revoked', sees_phones: false },
  };
  expect(changesOf({ ...entry, data })).toEqual([
    { field: 'Scopes', before: 'send messages', after: 'send messages, x' },
    { field: 'State', before: 'valid', after: 'revoked' },
    { field: 'Sees whole phone numbers', before: 'yes', after: 'no' },
    { field: 'colour', before: 'red', after: '' },
  ]);
  const team = { before: { memberIds: [7] }, after: { memberIds: [7, 8], numberIds: [9] } };
  expect(
    changesOf({ data: team, names: { 'user:7': 'Ada', 'user:8': 'Bo', 'number:9': '+263 77' } }),
  ).toEqual([
    { field: 'Members', before: 'Ada', after: 'Ada, Bo' },
    { field: 'Numbers', before: '', after: '+263 77' },
  ]);
  expect(changesOf({ ...entry, data: { before: 'odd', after: null } })).toEqual([]);
});
