import { seconds } from '../webhook-bodies.ts';
import type { World } from '../world.ts';
import { findFile, type MediaFile } from './store.ts';

/** Where downloads are on the Graph API's own origin. At Meta they are on a host of their own. */
export const DOWNLOADS = '/whatsapp_business/attachments/';

const LIFE = 5 * 60 * 1000;

/** An address of the file for the next five minutes. Only the bearer token of its number opens it. */
export function addressOf(world: World, { id }: MediaFile, until = world.now() + LIFE): string {
  const query = new URLSearchParams({ mid: id, ext: seconds(until), hash: sign(world, id, seconds(until)) });
  return `${world.graphUrl}${DOWNLOADS}?${query}`;
}

/** The file that an address names, or null if the address is no longer good, or never was. */
export function fileOf(world: World, address: URL): MediaFile | null {
  const [id, ext, hash] = ['mid', 'ext', 'hash'].map((name) => address.searchParams.get(name) ?? '');
  const isGood = id && ext && hash === sign(world, id, ext) && Number(ext) * 1000 > world.now();
  return isGood ? findFile(world, id) : null;
}

function sign({ media }: World, id: string, ext: string): string {
  return new Bun.CryptoHasher('sha256', media.addressKey).update(`${id} ${ext}`).digest('base64url');
}
