import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What Debian's ffmpeg says a file is; without it the tests that ask are skipped. */
export const hasFfprobe = Bun.which('ffprobe') !== null;

export type Probed = {
  format: { format_name: string; duration: string };
  streams: { codec_name: string; channels: number; sample_rate: string }[];
};

/** Throws when it finds anything wrong with the file. */
export async function probe(bytes: Uint8Array): Promise<Probed> {
  // How long it lasts stands at its end, so that a pipe is not enough.
  const folder = mkdtempSync(join(tmpdir(), 'oonobox-probe-'));
  try {
    const path = join(folder, 'file');
    await Bun.write(path, bytes);
    return await run(path);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function run(path: string): Promise<Probed> {
  const process = Bun.spawn(
    ['ffprobe', '-v', 'error', '-show_format', '-show_streams', '-of', 'json', path],
    {
      stdout: 'pipe',
      stderr: 'pipe',
    },
  );
  const [found, complaints] = await Promise.all([
    new Response(process.stdout).text(),
    new Response(process.stderr).text(),
  ]);
  if (complaints !== '') {
    throw new Error(`ffprobe complains: ${complaints}`);
  }
  return JSON.parse(found);
}
