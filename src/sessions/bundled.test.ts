import { afterAll, beforeAll, expect, test } from 'bun:test';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'oonobox-test-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Bundles a program as `scripts/build` does, runs it, and gives what it printed. */
async function bundled(source: string): Promise<string> {
  const entry = join(folder, 'entry.ts');
  await Bun.write(entry, source);
  const { success } = await Bun.build({
    entrypoints: [entry],
    root: '/',
    outdir: join(folder, 'out'),
    target: 'bun',
    format: 'esm',
    minify: { whitespace: true, syntax: true, identifiers: false },
    naming: '[name].[ext]',
  });
  expect(success).toBe(true);
  const child = Bun.spawn([process.execPath, 'entry.js'], {
    cwd: join(folder, 'out'),
    stdout: 'pipe',
    stderr: 'pipe',
  });
  const [out, err] = await Promise.all([
    new Response(child.stdout).text(),
    new Response(child.stderr).text(),
  ]);
  expect(err).toBe('');
  return out.trim();
}

test('passkeys, codes and the list of common passwords work in the executable', async () => {
  const from = (name: string) => JSON.stringify(join(import.meta.dir, name));
  const said = await bundled(`
    import { isCommonPassword } from ${from('common-passwords/common.ts')};
    import { optionsToRegister, verifyRegistration } from ${from('authenticator.ts')};
    import { createAuthenticator } from ${from('testing-passkey.ts')};
    import { newSecretOfApp, stepOfCode } from ${from('second-factor.ts')};
    const party = { id: 'localhost', origin: 'http://localhost:1' };
    const challenge = 'A'.repeat(43);
    const options = await optionsToRegister(party, challenge, { userId: 1, email: 'a@b.c', name: 'A' }, []);
    const made = JSON.parse(createAuthenticator(party.origin).register(options));
    console.log((await verifyRegistration(party, challenge, made))?.counter);
    console.log(isCommonPassword('Sunshine2024!'), isCommonPassword('quiet rivers run 41'));
    console.log(await stepOfCode({ secret: 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ', lastStep: -1 }, '287082', 59_000));
    console.log((await newSecretOfApp()).length);
  `);
  // The code is of RFC 6238, appendix B: its last six digits at 59 seconds.
  expect(said).toBe('1\ntrue false\n1\n32');
}, 60_000);
