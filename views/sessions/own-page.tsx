/** @jsxImportSource preact */
import type { ComponentChildren } from 'preact';
import { Bare } from '../layouts/bare.tsx';
import { Page } from '../layouts/page.tsx';
import type { Person } from '../layouts/person.ts';
import { Icon, type IconName, Sprite } from '../shared/icon.tsx';
import { words } from '../words/words.ts';

export type OwnPlace = keyof typeof words.door.places;
export type Said = keyof typeof words.door.said;

const places: readonly OwnPlace[] = ['sessions', 'password', 'second-factor'];

export type OwnPageProps = {
  person: Person;
  account: { name: string; timeZone: string };
  /** What was just done. */
  said?: Said | null;
};

type Props = OwnPageProps & {
  place: OwnPlace;
  /** Below the place: a title and a lead of its own. */
  below?: { title: string; lead: string };
  /** They may only set up a second factor: nothing leads anywhere else. */
  isHeld?: boolean;
  icons?: readonly IconName[];
  children: ComponentChildren;
};

/** A page about how somebody signs in. */
export function OwnPage({
  place,
  person,
  account,
  said,
  below,
  isHeld = false,
  icons = [],
  children,
}: Props) {
  const title = below?.title ?? words.door.places[place];
  const body = (
    <>
      <div class="page__head">
        <div>
          <h1 class="title">{title}</h1>
          <p class="small">{below?.lead ?? words.door.leads[place]}</p>
        </div>
      </div>
      {said ? (
        <p class="state state--ok page__said page__said--long" role="status">
          <Icon name="okc" />
          {words.door.said[said]}
        </p>
      ) : null}
      {children}
    </>
  );
  return isHeld ? (
    <Bare title={title} display={person.display}>
      <Sprite names={['okc', ...icons]} />
      <div>{body}</div>
      <div class="foot">
        <form method="post" action="/logout">
          <button class="btn" type="submit">
            {words.signOut}
          </button>
        </form>
      </div>
    </Bare>
  ) : (
    <Page title={title} person={person} account={account.name} current="me" icons={['okc', ...icons]}>
      <OwnTabs place={place} />
      {body}
    </Page>
  );
}

/** Everything of somebody's own, side by side; the first is what they say of themselves. */
export const OwnTabs = ({ place }: { place: OwnPlace | 'me' }) => (
  <nav class="tabs tabs--page" aria-label={words.door.placesLabel}>
    <a href="/me" aria-current={place === 'me' ? 'page' : undefined}>
      {words.mePage.menu}
    </a>
    {places.map((one) => (
      <a key={one} href={`/me/${one}`} aria-current={one === place ? 'page' : undefined}>
        {words.door.places[one]}
      </a>
    ))}
  </nav>
);
