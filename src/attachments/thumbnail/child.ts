import { confine } from './confine.ts';
import { createEncode } from './encode.ts';
import { allowFewFormats } from './formats.ts';
import { type Frame, readFrames, writeFrame } from './frame.ts';
import { limits } from './limits.ts';
import { writeMade } from './made.ts';
import { createShrink } from './shrink.ts';

const words = new TextEncoder();

/** The image process: a picture comes in over stdin, what becomes of it goes out over stdout, until stdin ends. */
export async function shrinkPictures(): Promise<number> {
  try {
    const { default: sharp } = await import('sharp');
    allowFewFormats(sharp);
    const shrink = createShrink(sharp);
    const encode = createEncode(sharp);
    const make = async (kind: Frame['kind'], picture: Uint8Array) =>
      kind === 'encode'
        ? encode(picture)
        : writeMade(await shrink(picture, kind === 'square' ? 'square' : 'whole'));
    confine();
    await answer({ kind: 'ready', payload: new Uint8Array() });
    for await (const { kind, payload } of readFrames(Bun.stdin.stream(), limits.pictureBytes)) {
      await answer(
        await make(kind, payload).then(
          (made): Frame => ({ kind: 'done', payload: made }),
          (error): Frame => ({ kind: 'refused', payload: words.encode(reasonOf(error)) }),
        ),
      );
      // The engine does not feel what lies outside its heap: without this every picture stays for a while.
      Bun.gc(true);
    }
    return 0;
  } catch (error) {
    await answer({ kind: 'unusable', payload: words.encode(reasonOf(error)) });
    return 1;
  }
}

async function answer(frame: Frame): Promise<void> {
  await Bun.write(Bun.stdout, writeFrame(frame));
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
