/** @jsxImportSource preact */
import type { MessageVersion, VersionedMessage } from '#src/messages/versions.ts';
import { conversationPath } from '../inbox/view.ts';
import { Page } from '../layouts/page.tsx';
import type { Person } from '../layouts/person.ts';
import { LocalTime } from '../shared/time.tsx';
import { words } from '../words/words.ts';
import { MessageBody } from './message-body.tsx';

type Props = VersionedMessage & { viewer: Person; account: { name: string; timeZone: string }; now: number };

/** What a message said before its sender changed or deleted it. */
export const VersionsPage = ({ message, versions, viewer, account, now }: Props) => (
  <Page
    title={words.message.history.title}
    person={viewer}
    account={account.name}
    current="inbox"
    timeZone={account.timeZone}
    icons={[
      'box',
      'call',
      'close',
      'file',
      'link',
      'mic',
      'photo',
      'pin',
      'reply',
      'smile',
      'sound',
      'user',
      'video',
    ]}
  >
    <p class="crumb">
      <a
        href={`${conversationPath(message.conversationId, 'all')}?message=${message.id}#message-${message.id}`}
      >
        {words.message.history.back}
      </a>
    </p>
    <div class="page__head">
      <div>
        <h1 class="title">{words.message.history.title}</h1>
        <p class="small">{words.message.history.lead}</p>
      </div>
    </div>
    <ol class="versions">
      {message.revokedAt === null ? null : (
        <li>
          <p class="meta">
            {words.message.history.deleted} ·{' '}
            <LocalTime at={message.revokedAt} style="moment" timeZone={account.timeZone} now={now} />
          </p>
        </li>
      )}
      {versions.map((version) => (
        <Version key={version.at} {...{ version, message, now }} timeZone={account.timeZone} />
      ))}
    </ol>
  </Page>
);

type VersionProps = Pick<Props, 'message' | 'now'> & { version: MessageVersion; timeZone: string };

const Version = ({ version, message, timeZone, now }: VersionProps) => (
  <li>
    <p class="meta">
      {version.isOriginal ? words.message.history.original : words.message.history.changed} ·{' '}
      <LocalTime at={version.at} style="moment" timeZone={timeZone} now={now} />
    </p>
    <div class="bubble">
      <MessageBody message={{ ...message, text: version.text, content: version.content }} timeZone={timeZone}>
        {null}
      </MessageBody>
    </div>
  </li>
);
