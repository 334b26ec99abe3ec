/** @jsxImportSource preact */
import type { ComponentChildren } from 'preact';
import { bestView } from '#src/conversations/views.ts';
import type { FoundContact, FoundMessage, Place } from '#src/search/found.ts';
import { conversationPath } from '../inbox/view.ts';
import type { Person } from '../layouts/person.ts';
import { Icon } from '../shared/icon.tsx';
import { phoneInWords } from '../shared/phone.ts';
import { WindowRing } from '../shared/ring.tsx';
import { LocalTime } from '../shared/time.tsx';
import { words } from '../words/words.ts';
import { Excerpt } from './excerpt.tsx';

/** How what was found is shown: to whom, when, and whether its number has to be told. */
export type HitContext = { viewer: Person; timeZone: string; now: number; tellsNumber: boolean };

/** A contact: leads to what is said with them on one number. */
export function ContactHit({ found, context }: { found: FoundContact; context: HitContext }) {
  const { conversation, phone, username, bsuid } = found;
  const known = phone === null ? (username === null ? (bsuid ?? '') : `@${username}`) : phoneInWords(phone);
  return (
    <Hit place={conversation} at={found.lastArrivedAt} href={pathTo(conversation, context)} context={context}>
      <span dir="ltr">{known}</span>
    </Hit>
  );
}

/** A message: leads to where it stands in its conversation. */
export function MessageHit({ found, context }: { found: FoundMessage; context: HitContext }) {
  const path = `${pathTo(found.conversation, context)}?message=${found.id}#message-${found.id}`;
  return (
    <Hit place={found.conversation} at={found.at} href={path} context={context}>
      {found.direction === 'note' ? <span class="tag hit__note">{words.privateNote}</span> : null}
      {found.direction === 'in' ? null : <b class="hit__by">{words.saidBy(authorOf(found))}</b>}
      <span dir="auto">
        <Excerpt pieces={found.excerpt} />
      </span>
      {found.file === null ? null : (
        <span class="hit__file" dir="auto">
          <Icon name="file" small />
          <Excerpt pieces={found.file} />
        </span>
      )}
    </Hit>
  );
}

type HitProps = {
  place: Place;
  at: number;
  href: string;
  context: HitContext;
  children: ComponentChildren;
};

const Hit = ({ place, at, href, context: { timeZone, now, tellsNumber }, children }: HitProps) => (
  <li>
    <a class="row hit" href={href}>
      <WindowRing name={place.contact.name} expiresAt={place.windowExpiresAt} now={now} />
      <span class="row__name">
        <bdi>{place.contact.name}</bdi>
        {place.contact.isBlocked ? <span class="tag tag--number">{words.search.blocked}</span> : null}
        {tellsNumber ? <span class="tag tag--number">{place.number.name}</span> : null}
      </span>
      <span class="row__time">
        <LocalTime at={at} style={now - at > HALF_A_YEAR ? 'date' : 'short'} timeZone={timeZone} now={now} />
      </span>
      <span class="hit__text">{children}</span>
    </a>
  </li>
);

/** After that the day and the month could be of either year. */
const HALF_A_YEAR = 182 * 86_400_000;

const pathTo = (place: Place, { viewer }: HitContext) =>
  conversationPath(place.id, bestView(place, { kind: 'person', userId: viewer.userId }));

function authorOf({ author: { kind, name } }: FoundMessage): string {
  return kind === 'person' || kind === 'customer' ? name || words.actors.person : words.authors[kind];
}
