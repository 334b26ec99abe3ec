/** @jsxImportSource preact */
import type { ComponentChildren } from 'preact';
import type { ThreadFile } from '#src/attachments/thread-file.ts';
import type { ThreadMessage } from '#src/messages/thread-message.ts';
import type { ShownButton, ShownHeader, ShownTemplate } from '#src/templates/content.ts';
import type { MediaFormat } from '#src/whatsapp/template-definition.ts';
import { Media } from '../messages/media.tsx';
import { MessageText } from '../messages/message-text.tsx';
import { LocationTile, mediaIcon } from '../messages/tiles.tsx';
import { Icon, type IconName } from '../shared/icon.tsx';
import { words } from '../words/words.ts';

type Props = {
  shown: ShownTemplate;
  /** Without it, it is a preview: its files are named only. */
  message?: ThreadMessage | undefined;
  children?: ComponentChildren;
};

/** A template as the customer sees it. */
export function TemplateBubble({ shown, message, children }: Props) {
  const { header, body, footer, offer, buttons, cards = [] } = shown;
  const files = [...(message?.files ?? [])];
  const fileOf = (one: ShownHeader | undefined) => (isFile(one) ? files.shift() : undefined);
  return (
    <>
      {header ? <Header header={header} file={fileOf(header)} message={message} /> : null}
      {offer ? <MessageText text={`*${offer.text}*`} /> : null}
      <MessageText text={body}>{footer === undefined ? children : null}</MessageText>
      {footer === undefined ? null : (
        <p class="meta" dir="auto">
          {footer}
          {children}
        </p>
      )}
      <Buttons buttons={buttons} />
      {cards.map((card, index) => (
        <section key={index} class="tpl__card" aria-label={words.templates.fields.card(index + 1)}>
          {card.header ? <Header header={card.header} file={fileOf(card.header)} message={message} /> : null}
          {card.body === undefined ? null : <MessageText text={card.body} />}
          <Buttons buttons={card.buttons} />
        </section>
      ))}
    </>
  );
}

const isFile = (header: ShownHeader | undefined): boolean =>
  header !== undefined && header.format !== 'text' && header.format !== 'location';

type HeaderProps = { header: ShownHeader; file: ThreadFile | undefined; message: ThreadMessage | undefined };

function Header({ header, file, message }: HeaderProps) {
  if (header.format === 'text') {
    return <MessageText text={`*${header.text}*`} />;
  } else if (header.format === 'location') {
    const { latitude, longitude, name, address } = header;
    return latitude === undefined || longitude === undefined ? (
      <PlaceToCome name={name} address={address} />
    ) : (
      <LocationTile content={{ kind: 'location', latitude, longitude, name, address }} />
    );
  }
  const content = { kind: 'media' as const, media: header.format, mime: file?.mime ?? '' };
  return message && file ? (
    <Media message={{ ...message, files: [file] }} content={content} />
  ) : (
    <FileToCome format={header.format} />
  );
}

const FileToCome = ({ format }: { format: MediaFormat }) => (
  <div class="file">
    <span class="file__pin">
      <Icon name={mediaIcon({ media: format })} />
    </span>
    <span class="file__name">{words.templates.fields[format]}</span>
  </div>
);

const PlaceToCome = ({ name, address }: { name: string; address: string }) => (
  <div class="file">
    <span class="file__pin">
      <Icon name="pin" />
    </span>
    <span class="file__name">
      <bdi>{name || words.place}</bdi>
      {address === '' ? null : (
        <small>
          <bdi>{address}</bdi>
        </small>
      )}
      <small>{words.templates.bubble.noCoordinates}</small>
    </span>
  </div>
);

const icons: Partial<Record<ShownButton['kind'], IconName>> = {
  quick_reply: 'reply',
  url: 'link',
  phone: 'call',
};

const Buttons = ({ buttons }: { buttons: readonly ShownButton[] }) =>
  buttons.length === 0 ? null : (
    <ul class="tpl__acts" aria-label={words.templates.bubble.buttons}>
      {buttons.map(({ kind, text }, index) => (
        <li key={index} dir="auto">
          <Icon name={icons[kind] ?? 'check'} small />
          {text}
        </li>
      ))}
    </ul>
  );
