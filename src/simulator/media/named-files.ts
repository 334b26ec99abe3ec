import { isObject } from '../fields.ts';
import { GraphError } from '../graph-error.ts';
import type { World } from '../world.ts';
import { type MediaKind, mediaKinds } from './limits.ts';
import { findFile, type MediaFile } from './store.ts';

/** A file that a message names by its id, and as what. */
export type NamedFile = { kind: MediaKind; file: MediaFile; isVoice: boolean };

/**
 * The files that a message names, wherever in it. Throws what Meta answers to an id that names nothing, or a file of
 * another number: code 100, and the message ends in "is not a valid whatsapp business account media attachment ID".
 */
export function findNamedFiles(
  world: World,
  phoneNumberId: string,
  content: unknown,
  path = '',
): NamedFile[] {
  if (Array.isArray(content)) {
    return content.flatMap((item, index) => findNamedFiles(world, phoneNumberId, item, `${path}[${index}]`));
  }
  if (!isObject(content)) {
    return [];
  }
  return Object.entries(content).flatMap(([key, value]) => {
    const inside = path ? `${path}['${key}']` : key;
    const kind = mediaKinds.find((one) => one === key);
    if (!kind || !isObject(value) || typeof value.id !== 'string') {
      return findNamedFiles(world, phoneNumberId, value, inside);
    }
    const file = findFile(world, value.id);
    if (file?.phoneNumberId !== phoneNumberId) {
      const param = path ? `${inside}['id']` : `${inside}.id`;
      throw new GraphError(
        400,
        100,
        `(#100) Param ${param} is not a valid whatsapp business account media attachment ID`,
      );
    }
    return [{ kind, file, isVoice: value.voice === true }];
  });
}
