/** @jsxImportSource preact */
import type { ComponentChildren } from 'preact';
import type { ThreadMessage } from '#src/messages/thread-message.ts';
import { Icon } from '../shared/icon.tsx';
import { TemplateBubble } from '../templates/template-bubble.tsx';
import { words } from '../words/words.ts';
import { ContactTiles } from './contact-tiles.tsx';
import { Media } from './media.tsx';
import { MessageText } from './message-text.tsx';
import { LocationTile } from './tiles.tsx';

type Props = {
  message: ThreadMessage /** Time and tick, which end the last line. */;
  children: ComponentChildren;
};

/** The inside of a bubble, by kind. */
export function MessageBody({ message, children }: Props) {
  const { content, text } = message;
  switch (content.kind) {
    case 'text':
      return <MessageText text={text}>{children}</MessageText>;
    case 'media':
      return (
        <>
          <Media message={message} content={content} />
          {text === '' ? children : <MessageText text={text}>{children}</MessageText>}
        </>
      );
    case 'location':
      return (
        <>
          <LocationTile content={content} />
          {children}
        </>
      );
    case 'contacts':
      return (
        <>
          <ContactTiles contacts={content.contacts} />
          {children}
        </>
      );
    case 'button':
      return <Choice title={content.title || text}>{children}</Choice>;
    case 'list':
      return (
        <Choice title={content.title || text} description={content.description}>
          {children}
        </Choice>
      );
    case 'template':
      return (
        <TemplateBubble shown={content} message={message}>
          {children}
        </TemplateBubble>
      );
    case 'unsupported':
      return (
        <>
          <Icon name="box" small />
          <span dir="auto">
            {content.metaType === undefined ? words.unsupportedPlain : words.unsupported(content.metaType)}
          </span>
          {children}
        </>
      );
  }
}

type ChoiceProps = { title: string; description?: string | undefined; children: ComponentChildren };

/** What the customer tapped instead of writing. */
const Choice = ({ title, description, children }: ChoiceProps) => (
  <p class="choice" dir="auto">
    <Icon name="reply" small />
    <span class="vh">{words.chose} </span>
    <b>{title}</b>
    {description === undefined ? null : <small>{description}</small>}
    {children}
  </p>
);
