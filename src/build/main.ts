import { statSync } from 'node:fs';
import { relative } from 'node:path';
import { parseArgs } from 'node:util';
import { say } from '#src/cli/output.ts';
import { build, linkOwn } from './build.ts';
import { ROOT } from './root.ts';
import { ownTarget, targets } from './targets.ts';

// What scripts/build runs: builds the executable for this machine, or with --all for every target, and tries the
// one that this machine can run, unless --no-smoke is given.

const { values } = parseArgs({
  options: { all: { type: 'boolean' }, smoke: { type: 'boolean', default: true } },
  allowNegative: true,
});
const own = ownTarget();
if (!own && !values.all) {
  await say(
    `There is no executable for ${process.platform} on ${process.arch}: run from the sources instead.`,
  );
  process.exit(1);
}

for (const target of targets.filter((one) => values.all || one === own)) {
  const began = performance.now();
  const outfile = await build(target);
  const megabytes = (statSync(outfile).size / 1e6).toFixed(1);
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  await say(`${relative(ROOT, outfile)}: ${megabytes} MB, built in ${seconds} s`);
}
if (own) {
  linkOwn(own);
}
if (own && values.smoke) {
  const child = Bun.spawn([process.execPath, 'test', './src/build/smoke/executable.smoke.ts'], {
    cwd: ROOT,
    env: { ...process.env, OONOBOX_PROGRAM: `${ROOT}/dist/oonobox` },
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  process.exit(await child.exited);
}
