import type { MediaKind } from '../media/limits.ts';
import video from './drip.mp4' with { type: 'file' };
import document from './materials.pdf' with { type: 'file' };
import sticker from './sticker.webp' with { type: 'file' };
import poster from './tanks.jpg' with { type: 'file' };
import photo from './tap.jpg' with { type: 'file' };
import voice from './voice.ogg' with { type: 'file' };

const SAMPLES = {
  photo: { type: 'image', path: photo, mime: 'image/jpeg', filename: 'tap.jpg' },
  poster: { type: 'image', path: poster, mime: 'image/jpeg', filename: 'tanks.jpg' },
  video: { type: 'video', path: video, mime: 'video/mp4', filename: 'drip.mp4' },
  voice: { type: 'audio', path: voice, mime: 'audio/ogg; codecs=opus', filename: 'voice.ogg' },
  document: { type: 'document', path: document, mime: 'application/pdf', filename: 'materials.pdf' },
  sticker: { type: 'sticker', path: sticker, mime: 'image/webp', filename: 'sticker.webp' },
} as const satisfies Record<SampleName, { type: MediaKind; path: string; mime: string; filename: string }>;

/** What a customer might send. */
export const customersSamples = ['photo', 'voice', 'document', 'video', 'sticker'] as const;

/** The poster is what a shop sends. */
export type SampleName = (typeof customersSamples)[number] | 'poster';

/**
 * A small file of each kind, as people send them. All were made for this: drawn as SVG, written by hand (the PDF),
 * drawn frame by frame (the video, H.264 and AAC), or spoken by flite (the voice note, Ogg Opus with one channel).
 */
export async function sample(name: SampleName) {
  const { path, ...about } = SAMPLES[name];
  return { ...about, bytes: await Bun.file(path).bytes() };
}
