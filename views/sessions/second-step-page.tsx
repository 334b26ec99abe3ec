/** @jsxImportSource preact */
import type { Display } from '#src/people/display.ts';
import { Bare } from '../layouts/bare.tsx';
import { words } from '../words/words.ts';
import { CodeField } from './code-field.tsx';
import { PassKey } from './pass-key.tsx';

export type StepProblem = 'code' | 'passkey' | { waitSeconds: number };

type Props = {
  display?: Display;
  next: string;
  /** An authenticator app is set up; without one only recovery codes are typed. */
  takesCodes: boolean;
  takesPasskeys: boolean;
  problem?: StepProblem;
};

/** After the right password: the second factor. */
export function SecondStepPage({ display, next, takesCodes, takesPasskeys, problem }: Props) {
  const { step } = words.door;
  const wrong =
    typeof problem === 'object'
      ? words.door.wait(problem.waitSeconds)
      : problem === 'code'
        ? words.door.wrongCode
        : undefined;
  return (
    <Bare title={step.title} display={display}>
      <div>
        <h1 class="title">{step.title}</h1>
        <p class="small">{step.lead}</p>
      </div>
      {takesPasskeys ? (
        <PassKey
          does="get"
          action="/login/second-factor/passkey"
          next={next}
          button={words.door.passkeys.prove}
          isRefused={problem === 'passkey'}
        />
      ) : null}
      <form class="stack stack--near own__form" method="post" action="/login/second-factor">
        <input type="hidden" name="next" value={next} />
        <CodeField
          help={takesCodes ? words.door.codeOrRecoveryHelp : step.recoveryHelp}
          error={wrong}
          takesLetters
          isFirst
        />
        <p class="bar">
          <button class="btn btn--primary" type="submit">
            {step.submit}
          </button>
          <a class="btn" href="/login">
            {step.back}
          </a>
        </p>
      </form>
      <p class="small">{step.lost}</p>
    </Bare>
  );
}
