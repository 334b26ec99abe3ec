import { Problem } from '#src/errors.ts';
import { createRateLimit, type RateLimit } from '#src/http/rate-limit.ts';
import type { Services } from '#src/services.ts';
import { createSignInDelay, type SignInDelay } from './sign-in-delay.ts';

/** What slows guessing down, shared by every page on which the same thing could be guessed. */
export type Guesses = {
  /** Passwords of somebody who is signed in already, by user and address. */
  passwords: SignInDelay;
  /** Codes, by user: whoever has the password must not try them all. A recovery code cannot be guessed and is free. */
  codes: RateLimit;
  /** Questions to a passkey, by whom asks for them: each is kept for some minutes. */
  challenges: RateLimit;
};

const known = new WeakMap<object, Guesses>();

/** One set for each control.db. */
export function guessesOf({ control, now }: Pick<Services, 'control' | 'now'>): Guesses {
  const guesses = known.get(control) ?? {
    passwords: createSignInDelay(now),
    codes: createRateLimit({ perSecond: 1 / 60, burst: 10, now }),
    challenges: createRateLimit({ perSecond: 1, burst: 20, now }),
  };
  known.set(control, guesses);
  return guesses;
}

/** Takes one question to a passkey. Throws a problem (429) when somebody asks for too many. */
export function takeChallenge({ challenges }: Guesses, whom: string): void {
  if (challenges.take(whom) > 0) {
    throw new Problem(
      429,
      'too-many-requests',
      'Too many requests',
      'Nothing was changed. Wait, then try again.',
    );
  }
}
