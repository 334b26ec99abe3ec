/** @jsxImportSource preact */
import type { Attached } from '../media/attached.ts';
import { words } from '../words.ts';
import { Icon } from './icons.tsx';

type Props = {
  attached: Attached;
  /** Where the phone has the file. */
  href: string;
  /** Whom to tell when it is played for the first time: only of a voice message from the business. */
  wamid: string | undefined;
  name: string;
};

/** The file of a message: a picture is seen, a sound or a video played, anything else saved. */
export function Attachment({ attached: { kind, file }, href, wamid, name }: Props) {
  switch (kind) {
    case 'image':
      return (
        <a class="file file--image" href={href}>
          <img src={href} alt={words.kinds.image ?? ''} />
        </a>
      );
    case 'sticker':
      return <img class="file file--sticker" src={href} alt={words.kinds.sticker ?? ''} />;
    case 'video':
      // biome-ignore lint/a11y/useMediaCaption: what strangers send has no captions
      return <video class="file file--video" src={href} controls preload="metadata" />;
    case 'audio':
      // biome-ignore lint/a11y/useMediaCaption: what strangers send has no captions
      return <audio class="file file--audio" src={href} controls preload="metadata" data-played={wamid} />;
    case 'document':
      return (
        <a class="file file--document" href={href} download={name}>
          <Icon name="file" />
          <span>
            <b dir="auto">{name}</b>
            <small>{words.size(file.bytes.length)}</small>
          </span>
        </a>
      );
  }
}
