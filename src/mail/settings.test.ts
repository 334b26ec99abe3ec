import { expect, test } from 'bun:test';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfig } from '#src/config.ts';

const FROM = { OONOBOX_MAIL_FROM: 'inbox@example.com' };
const smtpOf = (url: string) => readConfig({ OONOBOX_SMTP_URL: url, ...FROM }).mail?.smtp;
const complaint = (environment: Record<string, string>) => {
  try {
    readConfig(environment);
    return '';
  } catch (error) {
    return String(error);
  }
};

test('without a mail server there is no mail, whatever the sender', () => {
  expect(readConfig({}).mail).toBeNull();
  expect(readConfig({ OONOBOX_SMTP_URL: ' ', ...FROM }).mail).toBeNull();
  expect(readConfig({ OONOBOX_MAIL_FROM: 'nobody' }).mail).toBeNull();
});

test('an address says host, port, encryption and login', () => {
  const login = { user: 'ada@mbare.example', password: 'p@ss/:%' };
  expect(smtpOf('smtps://ada%40mbare.example:p%40ss%2F%3A%25@smtp.example.com')).toEqual({
    host: 'smtp.example.com',
    port: 465,
    isTlsFromStart: true,
    isLoopback: false,
    login,
  });
  expect(smtpOf('smtp://mail.example.com/')).toMatchObject({ port: 587, isTlsFromStart: false, login: null });
  expect(smtpOf('smtp://ada@mbare.example:one@smtp.example.com:2525')).toMatchObject({
    host: 'smtp.example.com',
    port: 2525,
    login: { user: 'ada@mbare.example', password: 'one' },
  });
});

test.each([
  ['smtp://localhost', true],
  ['smtp://127.0.0.1:25', true],
  ['smtp://127.9.9.9', true],
  ['smtp://[::1]:25', true],
  ['smtp://localhost.example.com', false],
  ['smtp://127.0.0.1.example.com', false],
  ['smtp://0.0.0.0', false],
  ['smtp://[2001:db8::1]', false],
] as const)('%s is this machine: %p', (url, isLoopback) => {
  expect(smtpOf(url)).toMatchObject({ isLoopback });
});

test.each([
  'canary',
  'https://user:canary@smtp.example.com',
  'smtps://',
  'smtps://user:canary@',
  'smtps://user:can/ary@smtp.example.com',
  'smtps://user:can?ary@smtp.example.com',
  'smtps://user:can#ary@smtp.example.com',
  'smtps://user:can%ary@smtp.example.com',
  'smtps://user:canary%0d%0aQUIT@smtp.example.com',
  'smtps://user:canary@smtp.example.com/canary',
  'smtps://user:canary@smtp.example.com?canary',
  'smtps://user:canary@smtp.example.com:0',
  'smtps://user:canary@smtp.example.com:canary',
  'smtps://user:canary@smtp example.com',
  'smtps://user:canary@smtp_example',
  'smtps://:canary@smtp.example.com',
  'smtps://canary@smtp.example.com',
])('%s is refused in words that do not repeat it', (url) => {
  const said = complaint({ OONOBOX_SMTP_URL: url, ...FROM });
  expect(said).toContain('OONOBOX_SMTP_URL ');
  expect(said).not.toMatch(/can.?ary/);
});

test('it may stand in a file, but not in both', () => {
  const folder = mkdtempSync(join(tmpdir(), 'oonobox-test-'));
  const file = join(folder, 'smtp');
  writeFileSync(file, 'smtps://user:canary@smtp.example.com\n');
  const inFile = { OONOBOX_SMTP_URL_FILE: file, ...FROM };
  expect(readConfig(inFile).mail?.smtp.login?.password).toBe('canary');
  expect(readConfig(inFile).unknown).toEqual([]);
  const both = complaint({ ...inFile, OONOBOX_SMTP_URL: 'smtps://user:canary@smtp.example.com' });
  expect(both).toContain('both set');
  expect(both).not.toContain('canary');
  rmSync(folder, { recursive: true });
});

const SERVER = { OONOBOX_SMTP_URL: 'smtps://apikey:one@smtp.example.com' };

test.each([
  ['inbox@example.com', { name: null, address: 'inbox@example.com' }],
  ['<Inbox@Example.com>', { name: null, address: 'inbox@example.com' }],
  ['Our inbox <inbox@example.com>', { name: 'Our inbox', address: 'inbox@example.com' }],
  ['"Inbox, ours" <inbox@example.com>', { name: 'Inbox, ours', address: 'inbox@example.com' }],
])('the sender %s', (given, from) => {
  expect(readConfig({ ...SERVER, OONOBOX_MAIL_FROM: given }).mail?.from).toEqual(from);
});

test.each(['', 'Our inbox', 'a@b@c', 'one@example.com, two@example.com', 'Ours <inbox>', 'x'.repeat(200)])(
  'no sender: %s',
  (given) => {
    expect(complaint({ ...SERVER, OONOBOX_MAIL_FROM: given })).toContain('OONOBOX_MAIL_FROM is missing');
  },
);

test('a login that is an address is the sender', () => {
  const config = readConfig({ OONOBOX_SMTP_URL: 'smtps://ada%40mbare.example:one@smtp.example.com' });
  expect(config.mail?.from).toEqual({ name: null, address: 'ada@mbare.example' });
});
