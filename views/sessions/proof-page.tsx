/** @jsxImportSource preact */
import type { Display } from '#src/people/display.ts';
import { Bare } from '../layouts/bare.tsx';
import { Field } from '../shared/field.tsx';
import { words } from '../words/words.ts';
import { CodeField } from './code-field.tsx';
import { PassKey } from './pass-key.tsx';

export type ProofProblem = { field: 'password' | 'code' | 'passkey'; text: string };

type Props = {
  display?: Display | undefined;
  email: string;
  /** The page to be led back to. */
  next: string;
  /** A button was pressed there, and is to be pressed again. */
  isAgain: boolean;
  takesCodes: boolean;
  takesPasskeys: boolean;
  problem?: ProofProblem;
};

/** Somebody who is signed in proves once more who they are, by whatever they have. */
export function ProofPage({ display, email, next, isAgain, takesCodes, takesPasskeys, problem }: Props) {
  const { proof } = words.door;
  const wrong = (field: ProofProblem['field']) => (problem?.field === field ? problem.text : undefined);
  const kept = (
    <>
      <input type="hidden" name="next" value={next} />
      {isAgain ? <input type="hidden" name="again" value="1" /> : null}
    </>
  );
  return (
    <Bare title={proof.title} display={display}>
      <div>
        <h1 class="title">{proof.title}</h1>
        <p class="small">{proof.lead}</p>
        <p class="small">{`${isAgain ? proof.again : proof.back} ${proof.holds}`}</p>
      </div>
      {takesPasskeys ? (
        <PassKey
          does="get"
          action="/me/proof/passkey"
          next={next}
          button={words.door.passkeys.prove}
          isRefused={problem?.field === 'passkey'}
        >
          {isAgain ? <input type="hidden" name="again" value="1" /> : null}
        </PassKey>
      ) : null}
      <form class="stack stack--near own__form" method="post" action="/me/proof">
        {kept}
        <input type="text" name="email" value={email} autocomplete="username" readonly hidden />
        <Field
          name="password"
          label={proof.password}
          type="password"
          autocomplete="current-password"
          error={wrong('password')}
        />
        <p class="bar">
          <button class="btn btn--primary" type="submit">
            {proof.submit}
          </button>
          <a class="btn" href={next}>
            {proof.cancel}
          </a>
        </p>
      </form>
      {takesCodes ? (
        <form class="stack stack--near own__form own__or" method="post" action="/me/proof">
          <h2 class="h">{proof.code}</h2>
          {kept}
          <CodeField help={words.door.codeHelp} error={wrong('code')} />
          <p>
            <button class="btn" type="submit">
              {proof.submit}
            </button>
          </p>
        </form>
      ) : null}
    </Bare>
  );
}
