/** @jsxImportSource preact */
import type { Person } from '../layouts/person.ts';
import { Settings } from '../layouts/settings.tsx';
import { LocalTime } from '../shared/time.tsx';
import { words } from '../words/words.ts';

export type LinkProps = {
  viewer: Person;
  account: { name: string; timeZone: string };
  /** Null when it was shown already. */
  shown: {
    is: 'invitation' | 'reset';
    link: string;
    email: string;
    isMailed: boolean;
    expiresAt: number;
  } | null;
  now: number;
};

/** A link to hand on, this once. */
export function LinkPage({ viewer, account, shown, now }: LinkProps) {
  const title = shown === null ? words.linkPage.gone : words.linkPage[shown.is];
  return (
    <Settings
      place="people"
      person={viewer}
      account={account}
      below={{ title, href: '/settings/people' }}
      lead={
        shown === null
          ? words.linkPage.goneText
          : shown.isMailed
            ? words.linkPage.mailed(shown.email)
            : words.linkPage.give(shown.email)
      }
    >
      <div class="stack narrow">
        {shown === null ? null : (
          <div class="field">
            <label for="link">{words.linkPage.label}</label>
            <textarea id="link" class="mono link-once" readonly rows={2} aria-describedby="link-help">
              {shown.link}
            </textarea>
            <p id="link-help">
              {words.linkPage.until}{' '}
              <LocalTime at={shown.expiresAt} style="moment" timeZone={account.timeZone} now={now} />.{' '}
              {words.linkPage.once}
            </p>
          </div>
        )}
        <p class="bar">
          <a class="btn" href="/settings/people">
            {words.linkPage.back}
          </a>
        </p>
      </div>
    </Settings>
  );
}
