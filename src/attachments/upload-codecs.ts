import type { Track } from './duration.ts';
import { byTracks } from './kind.ts';
import type { FileRow } from './load-files.ts';
import { notSendable } from './upload-kind.ts';

/** Of MP4 and 3GP Meta plays H.264 with AAC (its table of supported media); ISO/IEC 14496-15 and -14 call them so. */
const PICTURES = ['avc1', 'avc3'];
const SOUND = ['mp4a'];

/** What else phones, cameras and browsers record, as people call it. */
const NAMES = new Map([
  ['hvc1', 'HEVC'],
  ['hev1', 'HEVC'],
  ['dvh1', 'Dolby Vision'],
  ['dvhe', 'Dolby Vision'],
  ['av01', 'AV1'],
  ['vp09', 'VP9'],
  ['mp4v', 'MPEG-4 Visual'],
  ['s263', 'H.263'],
  ['samr', 'AMR'],
  ['sawb', 'AMR'],
  ['Opus', 'Opus'],
  ['alac', 'ALAC'],
  ['fLaC', 'FLAC'],
]);

type Known = Pick<FileRow, 'mime' | 'sniffed'>;

/**
 * A file that is to be sent, as its tracks show it; `tracks` null leaves it as its first bytes do. Throws `Problem` 415
 * for what Meta would take at first and fail later, with what to do instead.
 */
export function asPlayed<Row extends Known>(file: Row, tracks: readonly Track[] | null): Row {
  const sniffed = byTracks(file.sniffed, tracks);
  const isVideo = sniffed !== 'audio/mp4';
  for (const { handler, codec } of tracks ?? []) {
    const name = NAMES.get(codec) ?? 'this format';
    // The pictures of a sound are its cover, or its chapters'.
    if (handler === 'vide' && isVideo && !PICTURES.includes(codec)) {
      throw notSendable(`WhatsApp does not take videos in ${name}.`, RECORD_OTHERWISE);
    } else if (handler === 'soun' && !SOUND.includes(codec)) {
      throw isVideo
        ? notSendable(`WhatsApp does not take videos whose sound is in ${name}.`, RECORD_OTHERWISE)
        : notSendable(`WhatsApp does not take recordings in ${name} as MP4 or 3GP.`, SAVE_OTHERWISE);
    }
  }
  return sniffed === file.sniffed ? file : { ...file, sniffed, mime: sniffed ?? file.mime };
}

const RECORD_OTHERWISE =
  'It takes MP4 with H.264 and AAC. Convert it to that, or send a link to it. Most phones can be set to record so.';
const SAVE_OTHERWISE = 'Save it as MP3, or as M4A with AAC, or send a link to it.';
