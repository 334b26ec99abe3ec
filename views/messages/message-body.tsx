/** @jsxImportSource preact */
import type { ComponentChildren } from 'preact';
import type { ThreadMessage } from '#src/messages/thread-message.ts';
import { Icon } from '../shared/icon.tsx';
import { SafeLink } from '../shared/safe-link.tsx';
import { TemplateBubble } from '../templates/template-bubble.tsx';
import { words } from '../words/words.ts';
import { AddressTile } from './address.tsx';
import { CallPermissionTile } from './call-permission.tsx';
import { ContactTiles } from './contact-tiles.tsx';
import { FormTile } from './form.tsx';
import { InteractiveTile } from './interactive-tile.tsx';
import { Media } from './media.tsx';
import { MessageText } from './message-text.tsx';
import { OrderTile } from './order.tsx';
import { RevokedTile } from './revoked.tsx';
import { LocationTile } from './tiles.tsx';
import { UnsupportedTile } from './unsupported.tsx';

type Props = {
  message: ThreadMessage;
  timeZone: string;
  /** Time and tick, which end the last line. */
  children: ComponentChildren;
};

/** The inside of a bubble, by kind. */
export function MessageBody({ message, timeZone, children }: Props) {
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
          {content.url === undefined ? null : (
            <p class="small">
              <SafeLink address={content.url}>{words.message.webPage}</SafeLink>
            </p>
          )}
          {children}
        </>
      );
    case 'contacts':
      return (
        <>
          <ContactTiles contacts={content.contacts} messageId={message.id} />
          {children}
        </>
      );
    case 'interactive':
      return (
        <InteractiveTile content={content} message={message}>
          {children}
        </InteractiveTile>
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
    case 'order':
      return (
        <OrderTile text={text} content={content}>
          {children}
        </OrderTile>
      );
    case 'form':
      return (
        <FormTile text={text} content={content}>
          {children}
        </FormTile>
      );
    case 'address':
      return <AddressTile content={content}>{children}</AddressTile>;
    case 'call_permission':
      return (
        <CallPermissionTile content={content} timeZone={timeZone}>
          {children}
        </CallPermissionTile>
      );
    case 'call':
      return children;
    case 'revoked':
      return <RevokedTile>{children}</RevokedTile>;
    case 'unsupported':
      return <UnsupportedTile content={content}>{children}</UnsupportedTile>;
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
