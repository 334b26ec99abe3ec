import { authorizeNumber, requireToken } from '../authorization.ts';
import type { Incoming, Reply } from '../exchange.ts';
import { unknownObject } from '../graph-error.ts';
import type { World } from '../world.ts';
import { addressOf, fileOf } from './address.ts';
import { spoilDownload, spoilNode } from './spoil.ts';
import { findFile, type MediaFile } from './store.ts';

/** `GET /{media_id}`: an address for five minutes, and what the file is. `phone_number_id` may be left out. */
export function readFileNode(world: World, incoming: Incoming): Reply {
  const file = authorizeFile(world, incoming);
  return {
    body: {
      messaging_product: 'whatsapp',
      url: addressOf(world, file),
      mime_type: file.mime,
      sha256: file.sha256,
      file_size: String(file.bytes.length),
      id: file.id,
      ...spoilNode(world, file),
    },
  };
}

export function deleteFile(world: World, incoming: Incoming): Reply {
  world.media.files.delete(authorizeFile(world, incoming).id);
  return { body: { success: true } };
}

/** The address of a file: 401 without the token of its number, 404 once its five minutes are over. */
export function downloadFile(world: World, { request, url }: Incoming): Reply {
  const token = requireToken(world, request);
  const file = fileOf(world, url);
  if (file === null) {
    return { response: new Response(null, { status: 404 }) };
  }
  const number = world.numbers.get(file.phoneNumberId);
  if (number?.accessToken !== token || number.tokenEnded) {
    return { response: new Response(null, { status: 401 }) };
  }
  const spoiled = spoilDownload(world, file);
  if (spoiled) {
    return { response: spoiled };
  }
  return {
    response: new Response(new Uint8Array(file.bytes), {
      headers: { 'content-type': file.mime, 'content-length': String(file.bytes.length) },
    }),
  };
}

/** The file that the path names, if the token serves the number it came to or was uploaded for. */
function authorizeFile(world: World, { request, url, id }: Incoming): MediaFile {
  const token = requireToken(world, request);
  const file = findFile(world, id);
  const isOwn = file !== null && world.numbers.get(file.phoneNumberId)?.accessToken === token;
  const asked = url.searchParams.get('phone_number_id');
  if (!isOwn || (asked !== null && asked !== file.phoneNumberId)) {
    throw unknownObject(request.method, id);
  }
  authorizeNumber(world, request, file.phoneNumberId);
  return file;
}
