/** @jsxImportSource preact */
import type { MessageContent } from '#src/messages/thread-message.ts';
import { Icon, type IconName } from '../shared/icon.tsx';
import { plainName } from '../shared/name.tsx';
import { SafeLink } from '../shared/safe-link.tsx';
import { words } from '../words/words.ts';

type Media = Extract<MessageContent, { kind: 'media' }>;

const icons: Record<Media['media'], IconName> = {
  image: 'photo',
  video: 'video',
  audio: 'sound',
  document: 'file',
  sticker: 'smile',
};

/** A photo, voice note or file: its name and kind. */
export function MediaTile({ content }: { content: Media }) {
  const isVoice = content.voice === true;
  const short = shortMime(content.mime);
  return (
    <div class="file">
      {content.media === 'document' && short !== '' ? (
        <span class="file__kind" aria-hidden="true">
          {short}
        </span>
      ) : (
        <span class="file__pin">
          <Icon name={isVoice ? 'mic' : icons[content.media]} />
        </span>
      )}
      <span class="file__name">
        <bdi>{plainName(content.filename ?? (isVoice ? words.media.voice : words.media[content.media]))}</bdi>
        <small>
          {short === '' ? '' : `${short} · `}
          {words.media.note}
        </small>
      </span>
    </div>
  );
}

/** `audio/ogg; codecs=opus` → `OGG`; what nobody would recognise is left out. */
function shortMime(mime: string): string {
  const sub = mime.split(';')[0]?.split('/')[1]?.trim() ?? '';
  return /^[a-z0-9]{1,4}$/i.test(sub) ? sub.toUpperCase() : '';
}

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
        <bdi>{name ?? words.place}</bdi>
        {address === undefined ? null : (
          <small>
            <bdi>{address}</bdi>
          </small>
        )}
        <small class="mono">{at}</small>
      </span>
      <Icon name="link" />
      <span class="vh">{words.openMap}</span>
    </SafeLink>
  );
}
