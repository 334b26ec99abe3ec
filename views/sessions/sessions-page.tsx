/** @jsxImportSource preact */
import type { OwnSession } from '#src/sessions/own-sessions.ts';
import { Icon } from '../shared/icon.tsx';
import { LocalTime } from '../shared/time.tsx';
import { words } from '../words/words.ts';
import { OwnPage, type OwnPageProps } from './own-page.tsx';

type Props = OwnPageProps & { sessions: readonly OwnSession[]; most: number; now: number };

/** Where somebody is signed in, each with a way to end it. */
export const SessionsPage = ({ sessions, most, now, ...page }: Props) => (
  <OwnPage place="sessions" icons={['user']} {...page}>
    <ul class="checks">
      {sessions.map((session) => (
        <SessionRow key={session.id} session={session} timeZone={page.account.timeZone} now={now} />
      ))}
    </ul>
    <div class="foot foot--plain">
      <p class="small">{words.door.most(most)}</p>
      {sessions.length > 1 ? (
        <form method="post" action="/me/sessions/others/ending">
          <button class="btn" type="submit">
            {words.door.endOthers}
          </button>
        </form>
      ) : null}
    </div>
  </OwnPage>
);

type RowProps = { session: OwnSession; timeZone: string; now: number };

function SessionRow({ session, timeZone, now }: RowProps) {
  const device = words.door.device(session.device.browser, session.device.system);
  return (
    <li>
      <Icon name={session.isThis ? 'okc' : 'user'} />
      <div>
        <h2>
          {device} {session.isThis ? <span class="tag tag--number">{words.door.thisOne}</span> : null}
        </h2>
        <p>
          <bdi>{session.address ?? words.door.unknownAddress}</bdi>
          {` · ${words.door.begun} `}
          <LocalTime at={session.createdAt} style="moment" timeZone={timeZone} now={now} />
          {' · '}
          {session.isThis ? (
            words.door.usedNow
          ) : (
            <>
              {`${words.door.lastUsed} `}
              <LocalTime at={session.seenAt} style="moment" timeZone={timeZone} now={now} />
            </>
          )}
        </p>
      </div>
      {session.isThis ? null : (
        <form method="post" action={`/me/sessions/${session.id}/ending`}>
          <button class="btn" type="submit" aria-label={words.door.endOf(device)}>
            {words.door.end}
          </button>
        </form>
      )}
    </li>
  );
}
