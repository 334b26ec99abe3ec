import { afterEach, beforeEach, expect, test } from 'bun:test';
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EmbeddedLibrary } from './embedded.ts';
import { openChecked } from './open-checked.ts';
import { makeOwnFolder } from './own-folder.ts';
import { removeOthers } from './remove-others.ts';
import { unpack } from './unpack.ts';

let folder: string;
let library: EmbeddedLibrary;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'oonobox-unpack-'));
  library = embed('a library', 'one.node');
});

afterEach(() => rmSync(folder, { recursive: true }));

function embed(content: string, name: string): EmbeddedLibrary {
  const path = join(folder, `inside-${name}`);
  writeFileSync(path, content);
  return { name, path, sha256: new Bun.CryptoHasher('sha256').update(content).digest('hex') };
}

test('a library is written once, for its owner alone', () => {
  const lib = makeOwnFolder(join(folder, 'run/lib'));
  const path = unpack(library, lib);
  expect(readFileSync(path, 'utf8')).toBe('a library');
  expect(statSync(path).mode & 0o777).toBe(0o600);
  expect(statSync(lib).mode & 0o777).toBe(0o700);

  const { ino } = statSync(path);
  expect(unpack(library, lib)).toBe(path);
  expect(statSync(path).ino).toBe(ino);
  expect(readdirSync(lib)).toHaveLength(1);
});

test('a file that was changed is written anew', () => {
  const path = unpack(library, folder);
  writeFileSync(path, 'something else');
  expect(readFileSync(unpack(library, folder), 'utf8')).toBe('a library');
});

test('a folder that others could enter is closed to them', () => {
  const open = join(folder, 'open');
  mkdirSync(open);
  chmodSync(open, 0o777);
  expect(statSync(makeOwnFolder(open)).mode & 0o777).toBe(0o700);
});

test('a link in the place of the folder is refused', () => {
  mkdirSync(join(folder, 'elsewhere'));
  symlinkSync(join(folder, 'elsewhere'), join(folder, 'link'));
  expect(() => makeOwnFolder(join(folder, 'link'))).toThrow('belongs to somebody else');
});

test('what earlier versions left is deleted', () => {
  const lib = makeOwnFolder(join(folder, 'lib'));
  unpack(embed('an old library', 'one.node'), lib);
  const path = unpack(library, lib);
  removeOthers(lib, [library]);
  expect(readdirSync(lib).map((name) => join(lib, name))).toEqual([path]);
});

test('a library is opened when it is the expected file', () => {
  expect(openChecked(library.path, library.sha256, (path) => `opened ${path}`)).toBe(
    `opened ${library.path}`,
  );
});

test('a library of other content, or replaced while it is opened, is refused', () => {
  expect(() => openChecked(library.path, '0'.repeat(64), () => {})).toThrow('is not the file');
  const swap = () => {
    writeFileSync(join(folder, 'other'), 'another library');
    renameSync(join(folder, 'other'), library.path);
  };
  expect(() => openChecked(library.path, library.sha256, swap)).toThrow('was replaced');
});
