import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { findLibvips } from './libraries.ts';
import { ROOT } from './root.ts';
import type { Target } from './targets.ts';

type PackageJson = {
  name: string;
  version: string;
  license?: string;
  homepage?: string;
  author?: string | { name?: string };
};

const RULE = '='.repeat(100);
const LICENCE_FILES = /^(licen[cs]e|copying|notice|patents)/i;

/** The licences of everything inside an executable besides OonoBox. `modules` holds the target's native libraries. */
export function writeNotices({ cpu }: Target, packages: readonly string[], modules: string): string {
  const own = join(ROOT, 'node_modules');
  const native = [`@libsql/linux-${cpu}-gnu`, `@img/sharp-linux-${cpu}`];
  const vips = `@img/sharp-libvips-linux-${cpu}`;
  return [
    'OonoBox is under the MIT licence. Its executable contains the work of others, named here with their licences.',
    bun(),
    libvips(join(modules, vips), basename(findLibvips(modules, cpu))),
    ...packages.map((name) => notice(join(own, name))),
    ...native.map((name) => notice(join(modules, name))),
    notice(join(own, 'htmx.org')),
    commonPasswords(),
    ...['LGPL-3.0', 'GPL-3.0', 'LGPL-2.1'].map((name) => section(name, licenceText(name))),
  ].join('\n');
}

function section(title: string, text: string): string {
  return `\n${RULE}\n${title}\n${RULE}\n\n${text.trim()}\n`;
}

function notice(folder: string): string {
  const found = packageAt(folder);
  const texts = readdirSync(folder)
    .filter((name) => LICENCE_FILES.test(name))
    .map((name) => readFileSync(join(folder, name), 'utf8').trim());
  return section(titleOf(found), texts.length > 0 ? texts.join('\n\n') : usualText(found));
}

/** Some packages name their licence and leave its text out. */
function usualText(found: PackageJson): string {
  const { name, license } = found;
  if (license === undefined || !existsSync(licenceFile(license))) {
    throw new Error(`${name} (${license}) brings no text of its licence: add one to src/build/licences`);
  }
  return underLicence(license, authorOf(found));
}

const underLicence = (name: string, holder: string) => `Copyright (c) ${holder}\n\n${licenceText(name)}`;

const licenceFile = (name: string) => join(import.meta.dir, 'licences', `${name}.txt`);
const licenceText = (name: string) => readFileSync(licenceFile(name), 'utf8').trim();

function packageAt(folder: string): PackageJson {
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
}

const titleOf = ({ name, version, license, homepage }: PackageJson) =>
  [`${name} ${version}`, license ?? 'see below', homepage].filter(Boolean).join(' · ');

function authorOf({ name, author }: PackageJson): string {
  const named = typeof author === 'string' ? author : author?.name;
  return named ?? `the authors of ${name}`;
}

function bun(): string {
  return section(
    `Bun ${Bun.version} · MIT · https://bun.com`,
    `${underLicence('MIT', 'Oven, Inc. and the contributors to Bun')}

Bun contains JavaScriptCore and parts of WebKit, under the GNU Lesser General Public License, version 2 or later (the text
of 2.1 stands below). Their source, as Bun uses it, is at https://github.com/oven-sh/WebKit; the source of Bun, with how
to link it anew and the licences of all that it contains, at https://github.com/oven-sh/bun (docs/project/licensing).
An executable of OonoBox with another Bun: put that in place of the package in src/build/runtimes and run scripts/build.`,
  );
}

/** Made from its words and kept here; the package itself is in no executable. */
function commonPasswords(): string {
  return section(
    'The list of common passwords, made from @zxcvbn-ts/language-common · MIT · https://github.com/zxcvbn-ts/zxcvbn',
    readFileSync(join(ROOT, 'src/sessions/common-passwords/LICENSE'), 'utf8'),
  );
}

function libvips(folder: string, file: string): string {
  const { version, license } = packageAt(folder);
  return section(
    `libvips, and the libraries in it · ${license} and others · package ${version} · https://www.libvips.org`,
    `libvips is used as a shared library, under the GNU Lesser General Public License, version 3 (the text stands below, with
that of the GNU General Public License, to which it refers). Its source is at https://github.com/libvips/libvips, and how
this file is built from it at https://github.com/lovell/sharp-libvips.

To use another libvips: build one with the file name and soname ${file}, and name it in the environment:
OONOBOX_LIBVIPS=/path/to/${file}. It is then opened instead of the copy inside the executable.

${readFileSync(join(folder, 'README.md'), 'utf8').replace(/^[\s\S]*?## Licensing\s*/, '')}`,
  );
}
