import { afterAll, expect, test } from 'bun:test';
import { execFileSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { until } from '../until.ts';
import { apiClient } from './api-client.ts';
import { openInstall } from './install.ts';

const isRoot = process.getuid?.() === 0;
const MEGABYTE = 1024 * 1024;

const undo: (() => unknown)[] = [];
afterAll(async () => {
  for (const step of undo.reverse()) {
    await step();
  }
});

// Mounting a small disk takes root.
test.skipIf(!isRoot)(
  'a full disk: webhooks are answered 503, reading goes on, and it recovers without a restart',
  async () => {
    const folder = smallDisk(16);
    const install = await openInstall({ folder });
    undo.push(() => install.close());
    const server = await install.start();
    const api = apiClient(install);
    const noor = install.simulator.customer('+263771234567');
    const say = (text: string) => noor.say(install.number.phoneNumberId, text, { retry: false });

    await say('before');
    const [conversation] = await until('the first message', api.conversations);
    const id = conversation?.id ?? 0;
    const filler = fill(folder);

    const refused = await untilRefused(say);
    expect(refused).toBe(503);
    expect((await api.messages(id)).map(({ text }) => text)).toContain('before');
    expect(await api.send(id, 'a reply that cannot be kept', 'full-1')).toBe(503);

    rmSync(filler);
    await say('after');
    expect(await api.send(id, 'a reply again', 'full-2')).toBe(202);
    const texts = await until('the message after', async () => {
      const found = (await api.messages(id)).map(({ text }) => text);
      return found.includes('after') ? found : null;
    });
    expect(texts).not.toContain('a reply that cannot be kept');
    expect(server.stderr()).toContain('the disk is full');
  },
);

function smallDisk(megabytes: number): string {
  const folder = mkdtempSync(join(tmpdir(), 'oonobox-disk-'));
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', folder]);
  undo.push(() => rmSync(folder, { recursive: true, force: true }));
  undo.push(() => execFileSync('umount', ['--lazy', folder]));
  return join(folder, 'data');
}

/** Writes until nothing more fits, and returns the file that takes the room. */
function fill(folder: string): string {
  const path = join(folder, 'filler');
  const file = openSync(path, 'w');
  const zeros = Buffer.alloc(MEGABYTE);
  let size = zeros.length;
  while (size >= 1) {
    try {
      if (writeSync(file, zeros, 0, size) < size) {
        size = Math.floor(size / 2);
      }
    } catch {
      size = Math.floor(size / 2);
    }
  }
  closeSync(file);
  return path;
}

/** The write-ahead log may have some room of its own left; then the status of the first refusal. */
async function untilRefused(say: (text: string) => Promise<string>): Promise<number | null> {
  for (let n = 0; n < 2_000; n++) {
    try {
      await say(`${n} ${'filling '.repeat(500)}`);
    } catch (error) {
      return error instanceof Error && 'status' in error ? Number(error.status) : null;
    }
  }
  return null;
}
