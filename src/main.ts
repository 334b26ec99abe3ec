export {};

/** What the program and its image ask of itself. Not in the help; none of them loads the product unless it must. */
const own = new Map<string | undefined, () => Promise<number>>([
  ['_image', async () => (await import('./attachments/thumbnail/child.ts')).shrinkPictures()],
  ['_check-database', async () => (await import('./db/check/child.ts')).checkDatabase()],
  ['_self-check', async () => (await import('./ops/self-check.ts')).selfCheck()],
  ['_healthcheck', async () => (await import('./ops/healthcheck.ts')).healthcheck()],
]);

if (!Bun.isMainThread) {
  await import('./db/reader/worker.ts');
} else {
  const args = process.argv.slice(2);
  const asked = own.get(args[0]);
  process.exit(asked ? await asked() : await (await import('./cli/run.ts')).run(args));
}
