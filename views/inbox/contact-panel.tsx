/** @jsxImportSource preact */
import type { Consent } from '#src/contacts/consent.ts';
import type { IdentifiedSummary } from '#src/conversations/summary.ts';
import { Called } from '../contacts/called.tsx';
import { mergePath } from '../contacts/path.ts';
import type { Person } from '../layouts/person.ts';
import { Icon } from '../shared/icon.tsx';
import { calledName } from '../shared/name.tsx';
import { Dial } from '../shared/ring.tsx';
import { LocalTime } from '../shared/time.tsx';
import { hoursLeft, minutesLeft, windowStage } from '../shared/window.ts';
import { words } from '../words/words.ts';
import { AssignmentForm } from './assignment-menu.tsx';
import { BlockingSection } from './blocking.tsx';
import { conversationPath, type ViewName } from './view.ts';

type Props = {
  row: IdentifiedSummary;
  view: ViewName;
  members: { id: number; name: string }[];
  viewer: Person;
  earlierCases: { openedAt: number; closedAt: number }[];
  marketing: Consent | null;
  now: number;
  timeZone: string;
};

/** Who it is: the window's countdown, what WhatsApp calls them, and what was before. */
export function ContactPanel({ row, view, members, viewer, earlierCases, marketing, now, timeZone }: Props) {
  const { contact } = row;
  return (
    <section class="contact" id={`contact-${row.id}`} aria-label={words.contact}>
      <header class="contact__head">
        <a class="btn btn--quiet btn--icon only-narrow" href={conversationPath(row.id, view)}>
          <Icon name="back" />
          <span class="vh">{words.backToConversation}</span>
        </a>
        <h2>{words.contact}</h2>
      </header>
      <section>
        <Countdown row={row} now={now} timeZone={timeZone} />
      </section>
      {viewer.permissions.has('conversations.write') ? (
        <section class="only-phone">
          <h3>{words.assignedTo}</h3>
          <AssignmentForm row={row} view={view} members={members} />
        </section>
      ) : null}
      <section>
        <h3>{words.identities}</h3>
        <dl class="facts">
          <Called contact={contact} whatsappId={<Folded text={contact.bsuid ?? ''} />} timeZone={timeZone} />
          {marketing === null ? null : (
            <>
              <dt>{words.offers.label}</dt>
              <dd>
                {words.offers[marketing.state]}{' '}
                <LocalTime at={marketing.at} style="date" timeZone={timeZone} />
              </dd>
            </>
          )}
          <dt>{words.line}</dt>
          <dd>
            {row.number.name} <span class="nowrap">{row.number.displayPhone}</span>
          </dd>
        </dl>
      </section>
      {viewer.permissions.has('contacts.merge') ? (
        <section>
          <a class="link" href={mergePath(contact.id)}>
            {words.merging.link}
          </a>
        </section>
      ) : null}
      {viewer.permissions.has('contacts.block') ? <BlockingSection row={row} view={view} /> : null}
      {earlierCases.length === 0 ? null : (
        <section>
          <h3>{words.earlierCases}</h3>
          <ul class="cases">
            {earlierCases.map((earlier) => (
              <li key={earlier.openedAt}>
                {words.caseOpened} <LocalTime at={earlier.openedAt} style="moment" timeZone={timeZone} />
                <span class="meta">
                  {words.caseFromTo} <LocalTime at={earlier.closedAt} style="moment" timeZone={timeZone} />
                </span>
              </li>
            ))}
          </ul>
        </section>
      )}
    </section>
  );
}

const shownOfId = 8;

/** A long id with its middle folded away for the eye; copied and read aloud it is whole. */
const Folded = ({ text }: { text: string }) =>
  text.length <= 2 * shownOfId ? (
    text
  ) : (
    <>
      {text.slice(0, shownOfId)}
      <span class="fold">{text.slice(shownOfId, -4)}</span>
      {text.slice(-4)}
    </>
  );

/** The page's clock renews it, by the window that the head shows. */
function Countdown({ row, now, timeZone }: Pick<Props, 'row' | 'now' | 'timeZone'>) {
  const { windowExpiresAt: expiresAt, contact } = row;
  const stage = windowStage(expiresAt, now);
  const minutes = expiresAt === null ? 0 : minutesLeft(expiresAt, now);
  const name = calledName(contact.name);
  return (
    <div class="dial">
      <div class={`dial__face ring--${stage}`} data-ring={expiresAt ?? ''}>
        <Dial stage={stage} left={hoursLeft(expiresAt, now)} size={100} radius={47} />
        {stage === 'closed' ? (
          <p>
            {words.left.closed}
            {expiresAt === null ? null : (
              <small>
                {words.dial.since} <LocalTime at={expiresAt} style="short" timeZone={timeZone} now={now} />
              </small>
            )}
          </p>
        ) : (
          <p>
            <span data-dial={words.dial.hours('#', '@')}>
              {minutes < 60
                ? words.dial.minutes(minutes)
                : words.dial.hours(Math.floor(minutes / 60), String(minutes % 60).padStart(2, '0'))}
            </span>
            <small>{words.dial.unit}</small>
          </p>
        )}
      </div>
      {expiresAt === null || stage === 'closed' ? (
        <div>
          <h3>{expiresAt === null ? words.windowNever : words.windowClosed}</h3>
          <p class="small">{words.closedWhy(name)}</p>
        </div>
      ) : (
        <div>
          <h3>
            <span>
              {words.closesAt} <LocalTime at={expiresAt} style="moment" timeZone={timeZone} now={now} />
            </span>
          </h3>
          <p class="small">{words.closesWhy(name)}</p>
        </div>
      )}
    </div>
  );
}
