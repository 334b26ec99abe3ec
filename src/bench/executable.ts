import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '#src/build/root.ts';
import { say } from '#src/cli/output.ts';

const EXECUTABLE = join(ROOT, 'dist/oonobox');
const SOURCES = ['src', 'views', 'static', 'migrations', 'package.json', 'bun.lock'];

/** The path of an executable that is as new as the sources: built by `scripts/build` where it is not. */
export async function freshExecutable(): Promise<string> {
  const built = statSync(EXECUTABLE, { throwIfNoEntry: false });
  if (!built || built.mtimeMs < newestSource()) {
    await say('Building the executable …');
    const child = Bun.spawn([join(ROOT, 'scripts/build'), '--no-smoke'], {
      cwd: ROOT,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await new Response(child.stdout).text();
    if ((await child.exited) !== 0) {
      throw new Error('scripts/build failed.');
    }
  }
  return EXECUTABLE;
}

/** When anything that goes into the executable was last changed; what only tests and measures does not. */
function newestSource(): number {
  const files = SOURCES.flatMap((name) => {
    const path = join(ROOT, name);
    return statSync(path).isDirectory()
      ? readdirSync(path, { recursive: true, encoding: 'utf8' }).map((file) => join(path, file))
      : [path];
  });
  const counted = files.filter(
    (file) => !/\.test\.tsx?$|^src\/(bench|testing)\//.test(file.slice(ROOT.length + 1)),
  );
  return Math.max(...counted.map((file) => statSync(file).mtimeMs));
}
