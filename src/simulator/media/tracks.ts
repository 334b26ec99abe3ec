import { essence, type MediaKind } from './limits.ts';

type Box = { type: string; inside: Uint8Array };
/** What plays (`vide`, `soun`), and how it is encoded. */
type Track = { handler: string; codec: string };

/** Cloud API, "Media": H.264 pictures, and AAC sound. */
const TAKEN: Record<string, readonly string[]> = { vide: ['avc1', 'avc3'], soun: ['mp4a'] };

/** Why Meta cannot play a file of the MPEG-4 family as what it is sent as; null if it can, or if it is none. */
export function whyUnplayable(kind: MediaKind, mime: string, bytes: Uint8Array): string | null {
  const type = essence(mime);
  if (kind === 'document' || !['video/mp4', 'video/3gpp', 'audio/mp4'].includes(type)) {
    return null;
  }
  const wanted = kind === 'video' ? 'vide' : 'soun';
  // A sound may have pictures: of its cover, or its chapters.
  const tracks = tracksOf(bytes).filter(({ handler }) => kind === 'video' || handler === 'soun');
  if (!tracks.some(({ handler }) => handler === wanted)) {
    return `The file of type ${type} has no track "${wanted}", so that it cannot be processed as ${kind}.`;
  }
  const foreign = tracks.find(({ handler, codec }) => TAKEN[handler]?.includes(codec) === false);
  return foreign ? `Unsupported codec ${foreign.codec}. Please use H.264 for video and AAC for audio.` : null;
}

function tracksOf(bytes: Uint8Array): Track[] {
  return find(bytes, ['moov', 'trak']).map((track) => ({
    handler: nameAt(find(track, ['mdia', 'hdlr'])[0], 8),
    codec: nameAt(find(track, ['mdia', 'minf', 'stbl', 'stsd'])[0], 12),
  }));
}

/** What is inside of every box at this path (ISO/IEC 14496-12). */
function find(bytes: Uint8Array, [type, ...deeper]: readonly string[]): Uint8Array[] {
  return type === undefined
    ? [bytes]
    : boxesIn(bytes)
        .filter((box) => box.type === type)
        .flatMap(({ inside }) => find(inside, deeper));
}

/** Up to the first that is damaged. */
function boxesIn(bytes: Uint8Array): Box[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const boxes: Box[] = [];
  for (let at = 0; at + 8 <= bytes.length; ) {
    const short = view.getUint32(at);
    const isLong = short === 1 && at + 16 <= bytes.length;
    // 0: up to the end.
    const length = isLong ? Number(view.getBigUint64(at + 8)) : short || bytes.length - at;
    const header = isLong ? 16 : 8;
    if (length < header || at + length > bytes.length) {
      break;
    }
    boxes.push({ type: nameAt(bytes, at + 4), inside: bytes.subarray(at + header, at + length) });
    at += length;
  }
  return boxes;
}

function nameAt(bytes: Uint8Array | undefined, at: number): string {
  return Buffer.from(bytes?.subarray(at, at + 4) ?? []).toString('latin1');
}
