import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Subprocess } from 'bun';
import { until } from './until.ts';

/** The sources, or the executable that OONOBOX_PROGRAM names. */
const PROGRAM = process.env.OONOBOX_PROGRAM
  ? [process.env.OONOBOX_PROGRAM]
  : [process.execPath, join(import.meta.dir, '../main.ts')];

export type ProgramResult = { code: number; stdout: string; stderr: string };

/** Runs the program with arguments, in an environment of its own, until it ends. */
export async function runProgram(
  args: readonly string[],
  {
    env = {},
    stdin = '',
    cwd = '/',
  }: { env?: Record<string, string>; stdin?: string | Uint8Array<ArrayBuffer>; cwd?: string } = {},
): Promise<ProgramResult> {
  const child = Bun.spawn([...PROGRAM, ...args], {
    cwd,
    env: { ...inherited(), ...env },
    stdin: new Blob([stdin]),
    stdout: 'pipe',
    stderr: 'pipe',
  });
  const [code, stdout, stderr] = await Promise.all([
    child.exited,
    new Response(child.stdout).text(),
    new Response(child.stderr).text(),
  ]);
  return { code, stdout, stderr };
}

export type ServerProcess = {
  /** The first line it printed on stdout, when it was ready. */
  ready: Record<string, string>;
  pid: number;
  /** Sends a signal and resolves with the exit code. */
  end(signal?: NodeJS.Signals): Promise<number>;
  exited: Promise<number>;
  /** All it has written to stderr so far: its log, and what it tells the person at the terminal. */
  stderr(): string;
};

/**
 * Starts `serve --json`, or another program that prints a line when it is ready, as a process of its own.
 * `under` is a command that becomes it, such as a tracer.
 */
export async function startProcess(
  env: Record<string, string>,
  args: readonly string[] = ['serve', '--json'],
  under: readonly string[] = [],
): Promise<ServerProcess> {
  const child = Bun.spawn([...under, ...PROGRAM, ...args], {
    cwd: '/',
    env: { ...inherited(), OONOBOX_HOST: '127.0.0.1', OONOBOX_PORT: '0', ...env },
    stdin: 'ignore',
    stdout: 'pipe',
    stderr: 'pipe',
  });
  let said = '';
  const listening = follow(child.stderr, (text) => {
    said += text;
  });
  const line = await firstLine(child);
  if (line === null) {
    await listening;
    throw new Error(`The program ended before it was ready:\n${said}`);
  }

  return {
    ready: JSON.parse(line),
    pid: child.pid,
    exited: child.exited,
    stderr: () => said,
    async end(signal = 'SIGTERM') {
      child.kill(signal);
      const code = await child.exited;
      await listening;
      return code;
    },
  };
}

/** Starts `serve` and kills it after so many milliseconds, ready or not; resolves when it is gone. */
export async function startAndKill(env: Record<string, string>, afterMs: number): Promise<void> {
  const child = Bun.spawn([...PROGRAM, 'serve', '--json'], {
    cwd: '/',
    env: { ...inherited(), ...env },
    stdin: 'ignore',
    stdout: 'ignore',
    stderr: 'ignore',
  });
  setTimeout(() => child.kill('SIGKILL'), afterMs);
  await child.exited;
}

/** Starts `serve` and tells it to stop as soon as it holds the data folder, ready or not; resolves with its exit code. */
export async function startAndStop(dataFolder: string): Promise<number> {
  const child = Bun.spawn([...PROGRAM, 'serve'], {
    cwd: '/',
    env: { ...inherited(), OONOBOX_DATA: dataFolder, OONOBOX_HOST: '127.0.0.1', OONOBOX_PORT: '0' },
    stdin: 'ignore',
    stdout: 'ignore',
    stderr: 'ignore',
  });
  await until('it to hold the folder', async () => existsSync(join(dataFolder, 'lock')));
  child.kill('SIGTERM');
  return await child.exited;
}

/** The settings of whoever runs the tests must not reach the program; where programs are, it needs to know. */
function inherited(): Record<string, string> {
  return {
    PATH: process.env.PATH ?? '',
    HOME: process.env.HOME ?? '/',
    TMPDIR: process.env.TMPDIR ?? '/tmp',
  };
}

async function firstLine(child: Subprocess<'ignore', 'pipe', 'pipe'>): Promise<string | null> {
  let text = '';
  const decoder = new TextDecoder();
  for await (const chunk of child.stdout) {
    text += decoder.decode(chunk, { stream: true });
    const end = text.indexOf('\n');
    if (end >= 0) {
      return text.slice(0, end);
    }
  }
  return null;
}

async function follow(stream: ReadableStream<Uint8Array>, take: (text: string) => void): Promise<void> {
  const decoder = new TextDecoder();
  for await (const chunk of stream) {
    take(decoder.decode(chunk, { stream: true }));
  }
}
