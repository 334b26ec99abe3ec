import { createThumbnails } from '#src/attachments/thumbnail/thumbnails.ts';
import { printResult, say } from '#src/cli/output.ts';
import { refuseOtherOwner } from '#src/cli/owner.ts';
import { readConfig } from '#src/config.ts';
import { accounts } from '#src/db/schema/control.ts';
import { StartRefused } from '#src/errors.ts';
import { createServices } from '#src/services.ts';

/**
 * Proves on a data folder that no server uses what only a running program can: that the reading thread counts,
 * and that the image process makes a thumbnail of the picture on stdin. Prints one line of JSON.
 */
export async function selfCheck(): Promise<number> {
  try {
    return await check();
  } catch (error) {
    await say(error instanceof StartRefused ? error.message : String(error));
    return 1;
  }
}

async function check(): Promise<number> {
  const config = readConfig({ OONOBOX_LOG_LEVEL: 'warn', ...process.env });
  refuseOtherOwner(config.data);
  const services = await createServices(config);
  // Nothing is sent meanwhile.
  services.phase.draining = true;
  const { libraries, log, now, reader } = services;
  const thumbnails = createThumbnails({ libraries, libvips: config.libvips, log, now });
  try {
    const known = await services.control.sql.select({ id: accounts.id }).from(accounts);
    const counts = [];
    for (const { id } of known) {
      counts.push({ account_id: id, ...(await reader.read(id, 'count', null)) });
    }
    const thumbnail = await thumbnails.make(await Bun.stdin.bytes());
    await printResult({ libraries, accounts: counts, thumbnail: inJson(thumbnail) }, true);
    return thumbnail.kind === 'made' ? 0 : 1;
  } finally {
    await thumbnails.stop();
    await services.close();
  }
}

function inJson(thumbnail: Awaited<ReturnType<ReturnType<typeof createThumbnails>['make']>>) {
  return thumbnail.kind === 'made'
    ? { webp: Buffer.from(thumbnail.webp).toString('base64') }
    : { [thumbnail.kind]: thumbnail.why };
}
