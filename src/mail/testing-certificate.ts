import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from '#src/testing/folders.ts';

type Certificate = {
  key: string;
  cert: string;
  /** The file of the authority that vouches for it. */
  authority: string;
};

/** A certificate for this name, and an authority that made it, by the system's openssl. */
export async function makeCertificate(name: string): Promise<Certificate> {
  const folder = temporaryFolder();
  const at = (file: string) => join(folder, file);
  const made = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
  writeFileSync(at('names'), `subjectAltName=DNS:${name}`);
  await openssl([
    'req',
    '-x509',
    ...made,
    '-keyout',
    at('ca.key'),
    '-out',
    at('ca'),
    '-subj',
    '/CN=Authority',
  ]);
  await openssl(['req', ...made, '-keyout', at('key'), '-out', at('asked'), '-subj', `/CN=${name}`]);
  await openssl([
    ...['x509', '-req', '-in', at('asked'), '-CA', at('ca'), '-CAkey', at('ca.key')],
    ...['-CAcreateserial', '-extfile', at('names'), '-out', at('cert')],
  ]);
  return {
    key: readFileSync(at('key'), 'utf8'),
    cert: readFileSync(at('cert'), 'utf8'),
    authority: at('ca'),
  };
}

async function openssl(args: readonly string[]): Promise<void> {
  const child = Bun.spawn(['openssl', ...args], { stdout: 'ignore', stderr: 'pipe' });
  if ((await child.exited) !== 0) {
    throw new Error(await new Response(child.stderr).text());
  }
}
