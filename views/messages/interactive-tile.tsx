/** @jsxImportSource preact */
import type { ComponentChildren } from 'preact';
import type { Ask, FileHeading, Interactive, ListSection } from '#src/messages/interactive.ts';
import { Icon } from '../shared/icon.tsx';
import { SafeLink } from '../shared/safe-link.tsx';
import { words } from '../words/words.ts';
import { Media, type MediaMessage } from './media.tsx';
import { MessageText } from './message-text.tsx';

type Props = { content: Interactive; message: MediaMessage; children?: ComponentChildren };

/** What we asked, and what the customer can tap; here nothing of it can be. */
export const InteractiveTile = ({ content: { header, footer, ask }, message, children }: Props) => (
  <>
    {header === undefined ? null : typeof header === 'object' ? (
      <FileAbove header={header} message={message} />
    ) : (
      <p class="tile__title" dir="auto">
        {header}
      </p>
    )}
    <MessageText text={message.text} />
    {footer === undefined ? null : (
      <p class="meta" dir="auto">
        {footer}
      </p>
    )}
    <Choices ask={ask} />
    {children}
  </>
);

/** The file as a message of its own shows it; a document under the name that went with it. */
function FileAbove({ header, message }: { header: FileHeading; message: MediaMessage }) {
  const { media, filename } = header;
  const files = message.files.map((file) => ({ ...file, name: filename ?? file.name }));
  const named = filename === undefined ? {} : { filename };
  const content = { kind: 'media' as const, media, mime: files[0]?.mime ?? '', ...named };
  return <Media message={{ ...message, files }} content={content} />;
}

function Choices({ ask }: { ask: Ask }) {
  switch (ask.type) {
    case 'button':
      return (
        <ul class="asks" aria-label={words.sending.buttons}>
          {ask.buttons.map(({ id, title }) => (
            <li key={id} dir="auto">
              {title}
            </li>
          ))}
        </ul>
      );
    case 'list':
      return <List ask={ask} />;
    case 'cta_url':
      return (
        <p class="asks">
          <SafeLink address={ask.url}>
            <Icon name="link" small />
            <bdi>{ask.label}</bdi>
          </SafeLink>
        </p>
      );
    case 'location_request_message':
      return <Asked icon="pin" label={words.sending.asksLocation} />;
    case 'request_contact_info':
      return <Asked icon="user" label={words.sending.asksContact} />;
  }
}

const List = ({ ask }: { ask: Extract<Ask, { type: 'list' }> }) => (
  <details class="asks">
    <summary>
      <bdi>{ask.button}</bdi>
      <small>
        {words.sending.toChooseFrom(ask.sections.reduce((sum, { rows }) => sum + rows.length, 0))}
      </small>
      <Icon name="down" small />
    </summary>
    {ask.sections.map((section, index) => (
      <Section key={index} section={section} />
    ))}
  </details>
);

const Section = ({ section: { title, rows } }: { section: ListSection }) => (
  <>
    {title === undefined ? null : (
      <p class="tile__title" dir="auto">
        {title}
      </p>
    )}
    <ul>
      {rows.map((row) => (
        <li key={row.id} dir="auto">
          {row.title}
          {row.description === undefined ? null : <small>{row.description}</small>}
        </li>
      ))}
    </ul>
  </>
);

const Asked = ({ icon, label }: { icon: 'pin' | 'user'; label: string }) => (
  <p class="asks">
    <Icon name={icon} small /> {label}
  </p>
);
