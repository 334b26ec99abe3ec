/** @jsxImportSource preact */
import type { Display } from '#src/people/display.ts';
import { Bare } from '../layouts/bare.tsx';
import { words } from '../words/words.ts';

export type LinkOverProps = {
  kind: 'invite' | 'reset' | 'email' | 'confirm';
  /** What became of it; `unknown`: it never was, or was guessed. */
  state: keyof typeof words.linkOver.titles;
  display?: Display;
};

/** Where each kind of link is asked for again. */
const again = {
  invite: null,
  reset: { href: '/forgot', text: words.linkOver.again },
  email: null,
  confirm: { href: '/signup', text: words.linkOver.begin },
} as const;

/** A link that no longer works: why, and what to do. */
export function LinkOver({ kind, state, display }: LinkOverProps) {
  const next = state === 'used' ? null : again[kind];
  return (
    <Bare title={words.linkOver.titles[state]} display={display} isMiddle>
      <div>
        <h1 class="title">{words.linkOver.titles[state]}</h1>
        <p class="small">{words.linkOver[kind][state]}</p>
      </div>
      <p class="bar">
        {next === null ? null : (
          <a class="btn btn--primary" href={next.href}>
            {next.text}
          </a>
        )}
        <a class="btn" href="/login">
          {words.linkOver.signIn}
        </a>
      </p>
    </Bare>
  );
}
