import { statSync } from 'node:fs';
import { StartRefused } from '#src/errors.ts';

/**
 * Refuses to run as another user than the data folder's owner: root would leave files behind
 * that the server's user can no longer read.
 */
export function refuseOtherOwner(dataFolder: string, user = process.getuid?.()): void {
  const owner = ownerOf(dataFolder);
  if (user !== undefined && owner !== null && owner !== user) {
    throw new StartRefused(
      `${dataFolder} belongs to user ${owner}, and this is user ${user}. Files made now could not be read by the server later: run this as user ${owner} (for example with sudo -u '#${owner}').`,
    );
  }
}

function ownerOf(folder: string): number | null {
  try {
    return statSync(folder).uid;
  } catch {
    return null;
  }
}
