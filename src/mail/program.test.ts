import { afterAll, beforeAll, expect, test } from 'bun:test';
import { createClient } from '#src/testing/client.ts';
import { type Install, openInstall } from '#src/testing/faults/install.ts';
import { temporaryFolder } from '#src/testing/folders.ts';
import { people } from '#src/testing/people.ts';
import { runProgram } from '#src/testing/server-process.ts';
import { until } from '#src/testing/until.ts';
import { makeCertificate } from './testing-certificate.ts';
import { openPostOffice, type PostOffice } from './testing-post-office.ts';

let install: Install;
let office: PostOffice;
beforeAll(async () => {
  install = await openInstall();
  office = await openPostOffice();
});
afterAll(async () => {
  await install.close();
  await office.close();
});

const start = (more: Record<string, string> = {}) =>
  install.start(['serve', '--json'], {
    OONOBOX_SMTP_URL: `smtp://user:canary-password@127.0.0.1:${office.port}`,
    OONOBOX_MAIL_FROM: 'inbox@example.com',
    OONOBOX_LOG_LEVEL: 'debug',
    ...more,
  });

async function signIn() {
  const answer = await createClient(install.url).post('/login', people.ada);
  return createClient(install.url, answer.headers.get('set-cookie')?.split(';')[0] ?? null);
}

test('killed between a letter and its outcome, the program sends it again under the same name', async () => {
  const killed = await start();
  const ada = await signIn();
  const held = office.hold();
  const asked = ada.post('/settings/mail/tests').catch(() => null);
  await held;
  await killed.end('SIGKILL');
  await asked;
  expect(office.taken).toEqual([]);

  const again = await start();
  await until('the letter', async () => office.taken.length > 0);
  const names = office.seen.map(({ headers }) => headers.get('message-id'));
  expect(names).toHaveLength(2);
  expect(names[0]).toMatch(/^<\d+\.[\da-f]{32}@example\.com>$/);
  expect(names[1]).toBe(names[0]);
  expect(office.taken[0]?.headers.get('to')).toBe(people.ada.email);

  const page = await (await (await signIn()).get('/settings/mail')).text();
  expect(page).toContain('tried 2 times');
  expect(await again.end('SIGTERM')).toBe(0);
  const logged = killed.stderr() + again.stderr();
  expect(logged).toContain('a letter was handed over');
  for (const secret of [people.ada.email, 'canary-password', 'inbox@example.com']) {
    expect(logged).not.toContain(secret);
  }
});

test.skipIf(Bun.which('openssl') === null).each([
  ['localhost', 'Handed over.'],
  ['elsewhere.example', 'No encrypted connection'],
])('a certificate of an authority that is trusted, for %s', async (name, said) => {
  const { key, cert, authority } = await makeCertificate(name);
  const secure = await openPostOffice({ secure: true, key, cert });
  const server = await start({
    OONOBOX_SMTP_URL: `smtps://user:secret@localhost:${secure.port}`,
    NODE_EXTRA_CA_CERTS: authority,
    // What others set for their own programs does not weaken ours.
    NODE_TLS_REJECT_UNAUTHORIZED: '0',
  });
  const ada = await signIn();
  const { headers } = await ada.post('/settings/mail/tests');
  expect(await (await ada.get(headers.get('location') ?? '')).text()).toContain(said);
  expect(secure.recipients).toEqual(name === 'localhost' ? [people.ada.email] : []);
  await server.end();
  await secure.close();
});

test('a mail server that cannot be read is said at the start, without what was given', async () => {
  const { code, stdout, stderr } = await runProgram(['serve'], {
    env: {
      OONOBOX_DATA: temporaryFolder(),
      OONOBOX_PORT: '0',
      OONOBOX_SMTP_URL: 'smtps://user:canary%@smtp.example.com',
    },
  });
  expect(code).toBe(1);
  expect(stderr).toContain('OONOBOX_SMTP_URL has a user or a password that is not percent-encoded');
  expect(stdout + stderr).not.toContain('canary');
});
