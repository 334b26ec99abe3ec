import { expect } from 'bun:test';
import { StartRefused } from '#src/errors.ts';
import { runProgram } from '../server-process.ts';
import { command } from './command.ts';
import type { HostileShop } from './hostile-shop.ts';
import { type Hostile, hostileTexts, hostileValues } from './hostile-values.ts';
import { isLong } from './long.ts';
import { shuffled } from './shuffled.ts';

type Fields = { [field: string]: unknown };
type Command = { words: string; options(accountId: number): Record<string, string | true>; sound(): Fields };

const A_SAMPLE = isLong ? Number.POSITIVE_INFINITY : 3;

const unique = () => crypto.randomUUID().slice(0, 8);
const ofAccount = (accountId: number) => ({ account: String(accountId) });

const commands: readonly Command[] = [
  {
    words: 'account create',
    options: () => ({}),
    sound: () => ({
      name: 'Shop',
      business_name: 'Shop',
      time_zone: 'UTC',
      owner: { name: 'Tari', email: `${unique()}@mbare.example`, password: 'three green tractors' },
    }),
  },
  {
    words: 'user add',
    options: ofAccount,
    sound: () => ({
      name: 'Tari',
      email: `${unique()}@mbare.example`,
      password: 'three green tractors',
      role: 'agent',
    }),
  },
  {
    words: 'number add',
    options: (accountId) => ({ ...ofAccount(accountId), trust: true }),
    sound: () => ({
      phone_number_id: String(Math.floor(Math.random() * 1e15)),
      waba_id: '102290129340398',
      display_phone_number: '+263 77 010 0200',
      access_token: 'EAAGtoken-of-the-test',
      app_secret: 'app-secret-of-the-test',
      verify_token: 'verify-token-of-the-test',
    }),
  },
];

/** Hostile text in every field of what commands read from their stdin: done, or refused with a sentence. */
export async function tryEveryCommand({ install }: HostileShop): Promise<number> {
  let tried = 0;
  for (const { words, options, sound } of commands) {
    for (const path of pathsIn(sound())) {
      for (const hostile of shuffled([...hostileTexts, ...hostileValues], tried).slice(0, A_SAMPLE)) {
        tried += 1;
        const stdin = withField(sound(), path, parsed(hostile));
        await command(install, words, options(install.accountId), stdin).catch((error) => {
          expect({ words, path, hostile: hostile.name, error }).toMatchObject({
            error: expect.any(StartRefused),
          });
        });
      }
    }
  }
  const { accounts } = await command(install, 'account list', {});
  expect(Array.isArray(accounts)).toBe(true);
  return tried;
}

/** Bytes that no JSON holds, given to the program itself: a sentence and an exit code, nothing more. */
export async function tryRawStdin({ install }: HostileShop): Promise<void> {
  const { env, accountId } = install;
  for (const stdin of ['7b226e616d65223a22ff227d', '00ff00ff', '', '5b'.repeat(200_000)]) {
    const { code, stdout, stderr } = await runProgram(
      ['user', 'add', '--account', String(accountId), '--json'],
      {
        env,
        stdin: new Uint8Array(Buffer.from(stdin, 'hex')),
      },
    );
    expect({ stdin: stdin.slice(0, 20), code, stdout }).toMatchObject({
      code: expect.any(Number),
      stdout: '',
    });
    expect([1, 2]).toContain(code);
    expect(stderr).not.toMatch(/^\s+at /m);
  }
}

function parsed({ json, text }: Hostile): unknown {
  return text ?? JSON.parse(json.toString());
}

function pathsIn(fields: Fields): string[][] {
  return Object.entries(fields).flatMap(([name, value]) =>
    typeof value === 'object' && value !== null
      ? [[name], ...pathsIn({ ...value }).map((rest) => [name, ...rest])]
      : [[name]],
  );
}

function withField(fields: Fields, [name = '', ...rest]: readonly string[], value: unknown): Fields {
  const inner = fields[name];
  return { ...fields, [name]: rest.length === 0 ? value : withField({ ...(inner as Fields) }, rest, value) };
}
