/** @jsxImportSource preact */
import type { MessageContent } from '#src/messages/thread-message.ts';
import { Icon, type IconName } from '../shared/icon.tsx';
import { SafeLink } from '../shared/safe-link.tsx';
import { words } from '../words/words.ts';
import { kindInWords, type Media, nameOf } from './file-words.ts';

const icons: Record<Media['media'], IconName> = {
  image: 'photo',
  video: 'video',
  audio: 'sound',
  document: 'file',
  sticker: 'smile',
};

export const mediaIcon = ({ voice, media }: Pick<Media, 'media' | 'voice'>): IconName =>
  voice === true ? 'mic' : icons[media];

/** A photo, voice note or file that came before files were kept: its name and kind. */
export const MediaTile = ({ content }: { content: Media }) => (
  <div class="file" data-says={kindInWords(content)}>
    <span class="file__pin">
      <Icon name={mediaIcon(content)} />
    </span>
    <span class="file__name">
      <bdi>{nameOf({ name: content.filename ?? null }, content)}</bdi>
      <small>{words.media.note}</small>
    </span>
  </div>
);

/** A place: its name, its coordinates and a link; no map is loaded. */
export function LocationTile({ content }: { content: Extract<MessageContent, { kind: 'location' }> }) {
  const { latitude, longitude, name, address } = content;
  const at = `${latitude.toFixed(5)}, ${longitude.toFixed(5)}`;
  return (
    <SafeLink
      class="file"
      address={`https://www.openstreetmap.org/?mlat=${latitude}&mlon=${longitude}#map=17/${latitude}/${longitude}`}
    >
      <span class="file__pin">
        <Icon name="pin" />
      </span>
      <span class="file__name">
        <bdi>{name || words.place}</bdi>
        {address ? (
          <small>
            <bdi>{address}</bdi>
          </small>
        ) : null}
        <small class="mono">{at}</small>
      </span>
      <Icon name="link" />
      <span class="vh">{words.openMap}</span>
    </SafeLink>
  );
}
