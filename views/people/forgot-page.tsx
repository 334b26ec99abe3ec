/** @jsxImportSource preact */
import type { Display } from '#src/people/display.ts';
import { Bare } from '../layouts/bare.tsx';
import { ErrorSummary, Field } from '../shared/field.tsx';
import { words } from '../words/words.ts';
import { SignInName } from './join-page.tsx';

type ForgotProps = { email?: string; errors?: Record<string, string>; display?: Display };

/** Asks for a link by mail. */
export const ForgotPage = ({ email, errors = {}, display }: ForgotProps) => (
  <Bare title={words.forgot.title} display={display} isMiddle>
    <div>
      <h1 class="title">{words.forgot.title}</h1>
      <p class="small">{words.forgot.lead}</p>
    </div>
    <ErrorSummary errors={errors} />
    <form class="stack stack--near" method="post" action="/forgot">
      <Field
        name="email"
        label={words.forgot.email}
        type="email"
        value={email}
        error={errors.email}
        autocomplete="username"
        maxlength={254}
      />
      <p class="bar">
        <button class="btn btn--primary" type="submit">
          {words.forgot.submit}
        </button>
        <a class="btn" href="/login">
          {words.forgot.back}
        </a>
      </p>
    </form>
  </Bare>
);

type ResetProps = { token: string; email: string; errors?: Record<string, string>; display?: Display };

/** Chooses a new password. */
export const ResetPage = ({ token, email, errors = {}, display }: ResetProps) => (
  <Bare title={words.reset.title} display={display} isMiddle>
    <div>
      <h1 class="title">{words.reset.title}</h1>
      <p class="small">{words.reset.lead}</p>
    </div>
    <ErrorSummary errors={errors} />
    <form class="stack stack--near" method="post" action={`/reset/${encodeURIComponent(token)}`}>
      <SignInName email={email} />
      <Field
        name="password"
        label={words.reset.password}
        type="password"
        help={words.setup.passwordHelp}
        error={errors.password}
        autocomplete="new-password"
        maxlength={1024}
      />
      <p class="bar">
        <button class="btn btn--primary" type="submit">
          {words.reset.submit}
        </button>
      </p>
    </form>
  </Bare>
);
