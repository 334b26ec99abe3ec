import { copyFileSync, existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './root.ts';
import type { Target } from './targets.ts';

const CACHE = join(ROOT, '.bun/build');

/** Bun's own executable for a target. */
export async function installRuntime({ runtime, cpu }: Target): Promise<string> {
  const folder = await install(join(ROOT, 'src/build/runtimes'), join(CACHE, `runtimes-${cpu}`), cpu);
  return join(folder, runtime, 'bin/bun');
}

/** A `node_modules` with the native libraries for a target: our own where that fits, else one made for it. */
export async function installLibraries({ cpu }: Target): Promise<string> {
  const own = join(ROOT, 'node_modules');
  return existsSync(join(own, `@img/sharp-linux-${cpu}`)) && existsSync(join(own, `@libsql/linux-${cpu}-gnu`))
    ? own
    : await install(ROOT, join(CACHE, `packages-${cpu}`), cpu);
}

/** Installs what a folder's bun.lock names for another processor; Bun checks every package against the lock. */
async function install(from: string, to: string, cpu: Target['cpu']): Promise<string> {
  mkdirSync(to, { recursive: true });
  for (const file of ['package.json', 'bun.lock']) {
    copyFileSync(join(from, file), join(to, file));
  }
  const child = Bun.spawn(
    [
      process.execPath,
      'install',
      '--frozen-lockfile',
      '--ignore-scripts',
      '--production',
      '--os=linux',
      '--libc=glibc',
      `--cpu=${cpu}`,
    ],
    { cwd: to, stdout: 'pipe', stderr: 'pipe' },
  );
  const said = await Promise.all([child.stdout, child.stderr].map((stream) => new Response(stream).text()));
  if ((await child.exited) !== 0) {
    throw new Error(`The packages for ${cpu} could not be installed:\n${said.join('\n')}`);
  }
  return join(to, 'node_modules');
}
