/** @jsxImportSource preact */
import type { Display } from '#src/people/display.ts';
import { Document } from '../layouts/document.tsx';
import { Field } from '../shared/field.tsx';
import { Logo } from '../shared/icon.tsx';
import { words } from '../words/words.ts';
import { PassKey } from './pass-key.tsx';
import { RingLegend } from './ring-legend.tsx';

export type SignInProps = {
  /** Kept after a wrong password. */
  email?: string;
  /** Where to go afterwards: a path of this server. */
  next?: string;
  /** Wrong, or to be tried again only after so many seconds. */
  problem?: SignInProblem;
  /** Somebody has just signed out here. */
  hasEnded?: boolean;
  /** Strangers may make a business of their own here. */
  hasSignUp?: boolean;
  /** Passkeys can be used at this address. */
  takesPasskeys?: boolean;
  display?: Display;
};

/** `over`: the second factor took too long; `passkey`: one was not accepted. */
export type SignInProblem = 'mismatch' | 'over' | 'passkey' | { waitSeconds: number };

/** The door: the same words for a wrong password and for an unknown e-mail. */
export function SignIn({
  email,
  next,
  problem,
  display,
  hasEnded = false,
  hasSignUp = false,
  takesPasskeys = false,
}: SignInProps) {
  const wrong = whatIsWrong(problem);
  return (
    <Document isPage title={words.signIn.title} display={display}>
      <div class="door">
        <main id="main">
          <p class="bar">
            <Logo soon />
            <strong>{words.product}</strong>
          </p>
          <div class="door__in stack">
            <div>
              <h1>{words.signIn.title}</h1>
              <p class="small">{words.signIn.lead}</p>
            </div>
            {hasEnded ? (
              <p class="small state--ok" role="status">
                {words.signIn.ended}
              </p>
            ) : null}
            {problem === 'over' ? (
              <p class="wrong" role="alert">
                {words.door.step.over}
              </p>
            ) : null}
            <form class="stack" method="post" action="/login">
              {next === undefined ? null : <input type="hidden" name="next" value={next} />}
              <Field
                name="email"
                label={words.signIn.email}
                type="email"
                autocomplete="username"
                value={email}
              />
              <Field
                name="password"
                label={words.signIn.password}
                type="password"
                autocomplete="current-password"
                error={wrong}
              />
              <button class="btn btn--primary btn--wide" type="submit">
                {words.signIn.submit}
              </button>
            </form>
            {takesPasskeys ? (
              <PassKey
                does="get"
                action="/login/passkey"
                next={next}
                button={words.door.passkeys.use}
                isRefused={problem === 'passkey'}
              />
            ) : null}
          </div>
          <footer class="foot meta">
            <p>
              <a href="/forgot">{words.forgot.link}</a>
            </p>
            {hasSignUp ? (
              <p>
                <a href="/signup">{words.signUp.link}</a>
              </p>
            ) : null}
          </footer>
        </main>
        <RingLegend />
      </div>
    </Document>
  );
}

function whatIsWrong(problem: SignInProblem | undefined): string | undefined {
  if (problem === 'mismatch') {
    return words.signIn.mismatch;
  }
  return typeof problem === 'object' ? words.signIn.wait(problem.waitSeconds) : undefined;
}
