import { afterEach, beforeEach, expect, test } from 'bun:test';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createConnection } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import packageJson from '#package' with { type: 'json' };
import { people } from '#src/testing/people.ts';
import { runProgram, startAndStop, startProcess } from '#src/testing/server-process.ts';

let data: string;

beforeEach(() => {
  data = mkdtempSync(join(tmpdir(), 'oonobox-test-'));
});

afterEach(() => rmSync(data, { recursive: true, force: true }));

const run = (args: string[], stdin: unknown = null) =>
  runProgram(args, { env: { OONOBOX_DATA: data }, stdin: stdin === null ? '' : JSON.stringify(stdin) });

const account = { name: 'Mbare Hardware', owner: people.ada };

test('version is one line of JSON, from any folder', async () => {
  const { code, stdout } = await run(['version', '--json']);
  expect(code).toBe(0);
  expect(stdout).toBe(`{"version":"${packageJson.version}"}\n`);
});

test('what it does not understand ends with 2, and says so on stderr alone', async () => {
  for (const args of [[], ['sing'], ['serve', '--loud'], ['number', 'add', '--json']]) {
    const { code, stdout, stderr } = await run(args);
    expect(code).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toContain('help');
  }
});

test('help names every command', async () => {
  const { code, stdout } = await run(['help']);
  expect(code).toBe(0);
  for (const words of [
    'serve',
    'demo',
    'account create',
    'account list',
    'user add',
    'number add',
    'api-key create',
    'api-key list',
    'api-key revoke',
  ]) {
    expect(stdout).toContain(words);
  }
  expect((await run(['number', 'add', '--help'])).stdout).toContain('access_token');
});

test('a setting that cannot be is refused with its name', async () => {
  const { code, stderr } = await runProgram(['serve'], { env: { OONOBOX_DATA: data, OONOBOX_PORT: 'many' } });
  expect(code).toBe(1);
  expect(stderr).toContain('OONOBOX_PORT');
});

test('commands work on the data folder alone, and inside a running server', async () => {
  const alone = await run(['account', 'create', '--json'], account);
  expect(alone.stderr).toBe('');
  expect(alone.code).toBe(0);
  expect(alone.stdout.trimEnd()).not.toContain('\n');
  const { account_id } = JSON.parse(alone.stdout);

  const server = await startProcess({ OONOBOX_DATA: data });
  const key = await run(['api-key', 'create', '--account', String(account_id), '--name', 'Tests', '--json']);
  expect(key.stderr).toBe('');
  const headers = { authorization: `Bearer ${JSON.parse(key.stdout).key}` };
  expect((await fetch(`${server.ready.url}/api/v1/conversations`, { headers })).status).toBe(200);

  const taken = await run(['account', 'create', '--json'], account);
  expect(taken.code).toBe(1);
  expect(taken.stdout).toBe('');
  expect(taken.stderr).toContain('owner.email');
  expect(await server.end()).toBe(0);
});

test('the accounts are listed with their ids, for people and for machines', async () => {
  const { account_id } = JSON.parse((await run(['account', 'create', '--json'], account)).stdout);
  const listed = JSON.parse((await run(['account', 'list', '--json'])).stdout);
  expect(listed).toEqual({
    accounts: [{ account_id, name: 'Mbare Hardware', state: 'active', needs_attention: null }],
  });
  const { stdout } = await run(['account', 'list']);
  expect(stdout).toBe(`account_id: ${account_id}\nname: Mbare Hardware\nstate: active\n`);
});

test('a key is made for some days, listed for people and for machines, and revoked', async () => {
  const { account_id } = JSON.parse((await run(['account', 'create', '--json'], account)).stdout);
  const of = ['--account', String(account_id)];
  const scopes = 'conversations.read,messages.send';
  const made = await run([
    'api-key',
    'create',
    ...of,
    '--name',
    'Till',
    '--scopes',
    scopes,
    '--expires',
    '30',
  ]);
  expect(made.stdout).toMatch(/^key: oono_[\w-]{43}\n$/);
  const [key] = JSON.parse((await run(['api-key', 'list', ...of, '--json'])).stdout).keys;
  expect(key).toMatchObject({ name: 'Till', state: 'valid', scopes: scopes.split(',') });
  expect(Date.parse(key.expires_at) - Date.parse(key.created_at)).toBeGreaterThan(29 * 24 * 60 * 60_000);
  expect((await run(['api-key', 'list', ...of])).stdout).toContain(
    'scopes: conversations.read, messages.send\n',
  );
  const revoked = await run(['api-key', 'revoke', ...of, '--key', String(key.key_id), '--json']);
  expect(JSON.parse(revoked.stdout)).toEqual({ key_id: key.key_id, state: 'revoked' });
  expect((await run(['api-key', 'list', ...of])).stdout).toContain('state: revoked\n');
});

test('a server that was killed leaves no socket that stands in the way', async () => {
  const killed = await startProcess({ OONOBOX_DATA: data });
  await killed.end('SIGKILL');
  expect(existsSync(join(data, 'run', 'cli.sock'))).toBe(true);
  expect((await run(['account', 'create', '--json'], account)).code).toBe(0);

  const server = await startProcess({ OONOBOX_DATA: data });
  expect((await run(['account', 'create', '--json'], account)).stderr).toContain('owner.email');
  expect(await server.end()).toBe(0);
});

test('a data folder with a long path is reached through a short one', async () => {
  const deep = join(data, 'x'.repeat(120));
  mkdirSync(deep);
  const env = { OONOBOX_DATA: deep };
  const server = await startProcess(env);
  expect(existsSync(join(deep, 'run', 'cli.path'))).toBe(true);
  const made = await runProgram(['account', 'create', '--json'], { env, stdin: JSON.stringify(account) });
  expect(made.code).toBe(0);
  expect(await server.end()).toBe(0);
  expect(existsSync(join(deep, 'run', 'cli.path'))).toBe(false);
});

test('two servers never use one data folder', async () => {
  const server = await startProcess({ OONOBOX_DATA: data });
  const second = await run(['serve']);
  expect(second.code).toBe(1);
  expect(second.stderr).toContain('Another OonoBox');
  expect(await server.end()).toBe(0);
});

test('two servers never share a port: the second says that it is taken, and does not start', async () => {
  const server = await startProcess({ OONOBOX_DATA: data });
  const { port } = new URL(server.ready.url ?? '');
  const started = startProcess({ OONOBOX_DATA: join(data, 'another'), OONOBOX_PORT: port });
  const second = await started.then(
    (running) => running.end(),
    ({ message }: Error) => message,
  );
  expect(String(second)).toContain(`Port ${port} on 127.0.0.1 is taken by another program`);
  expect(await server.end()).toBe(0);
});

test('a folder into which a backup is still being copied is refused and left as it is, by commands too', async () => {
  mkdirSync(join(data, 'accounts', '7'), { recursive: true });
  const refused = {
    code: 1,
    stderr: expect.stringMatching(/1 business, but no keyring\.json and no control\.db/),
  };
  expect(await run(['account', 'list'])).toMatchObject(refused);
  expect(await run(['serve'])).toMatchObject(refused);
  expect(readdirSync(data).sort()).toEqual(['accounts', 'lock']);
  expect(readdirSync(join(data, 'accounts'))).toEqual(['7']);
});

test('a lost control.db or keyring is not replaced by an empty one', async () => {
  expect((await run(['account', 'create'], account)).code).toBe(0);
  const control = readFileSync(join(data, 'control.db'));
  rmSync(join(data, 'control.db'));
  expect((await run(['serve'])).stderr).toContain('1 business, but no control.db.');
  expect(existsSync(join(data, 'control.db'))).toBe(false);
  writeFileSync(join(data, 'control.db'), control);
  rmSync(join(data, 'accounts'), { recursive: true });
  rmSync(join(data, 'keyring.json'));
  expect((await run(['serve'])).stderr).toContain('a control.db, but no keyring.json.');
  expect(existsSync(join(data, 'keyring.json'))).toBe(false);
});

test('a server that is told to stop before it is ready ends in good order', async () => {
  expect(await startAndStop(data)).toBe(0);
  expect(statSync(join(data, 'control.db-wal')).size).toBe(0);
});

test('the first start prints a link for the first person, beside the log and not in it', async () => {
  const server = await startProcess({ OONOBOX_DATA: data });
  await server.end();
  const lines = server.stderr().split('\n');
  const link = lines.find((line) => line.includes('/setup/'));
  expect(link?.trim()).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/setup\/[\w-]{43}$/);
  expect(lines.filter((line) => line.startsWith('{') && line.includes('/setup/'))).toEqual([]);
});

test('a request of another version is refused, and nonsense does not end the server', async () => {
  const server = await startProcess({ OONOBOX_DATA: data });
  const path = join(data, 'run', 'cli.sock');
  expect(await ask(path, '{"protocol":999,"command":"account create","options":{},"stdin":null}')).toContain(
    'another version',
  );
  expect(await ask(path, 'nonsense')).toContain('"ok":false');
  for (const said of ['', 'half a li', '{"protocol":1}\n']) {
    const gone = createConnection(path);
    gone.write(said);
    gone.resetAndDestroy();
  }
  expect((await fetch(`${server.ready.url}/up`)).status).toBe(200);
  expect(await server.end()).toBe(0);
});

test('only a line feed ends a line between program and server, whatever else Unicode calls one', async () => {
  const server = await startProcess({ OONOBOX_DATA: data });
  const name = 'Mbare\u2028Hardware\u2029\u0085 \r';
  const created = await run(['account', 'create', '--json'], { ...account, name });
  expect(created.stderr).toBe('');
  expect(created.code).toBe(0);
  expect(server.stderr()).not.toContain('a command failed');
  expect(await server.end()).toBe(0);
});

test('stdin that is no JSON object is a usage error, whatever runs', async () => {
  writeFileSync(join(data, 'unrelated'), '');
  const { code, stderr } = await runProgram(['account', 'create'], {
    env: { OONOBOX_DATA: data },
    stdin: 'name=x',
  });
  expect(code).toBe(2);
  expect(stderr).toContain('"owner"');
});

/** What the socket answers to one line. */
function ask(path: string, line: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = createConnection(path, () => socket.write(`${line}\n`));
    socket.once('error', reject);
    socket.once('data', (answer) => {
      socket.destroy();
      resolve(String(answer));
    });
  });
}
