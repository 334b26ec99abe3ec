/** @jsxImportSource preact */
import type { Display } from '#src/people/display.ts';
import { Bare } from '../layouts/bare.tsx';
import { ErrorSummary, Field } from '../shared/field.tsx';
import { words } from '../words/words.ts';

type Props = {
  name?: string;
  email?: string;
  errors?: Record<string, string>;
  display?: Display;
};

/** The first step of a new business: an address to be confirmed. */
export const SignUpPage = ({ name, email, errors = {}, display }: Props) => (
  <Bare title={words.signUp.title} display={display} isMiddle>
    <div>
      <h1 class="title">{words.signUp.title}</h1>
      <p class="small">{words.signUp.lead}</p>
    </div>
    <ErrorSummary errors={errors} />
    <form class="stack stack--near" method="post" action="/signup">
      <Field
        name="name"
        label={words.signUp.name}
        value={name}
        error={errors.name}
        autocomplete="organization"
        maxlength={100}
      />
      <Field
        name="email"
        label={words.signUp.email}
        type="email"
        value={email}
        error={errors.email}
        autocomplete="username"
        maxlength={254}
      />
      <p class="bar">
        <button class="btn btn--primary" type="submit">
          {words.signUp.submit}
        </button>
        <a class="btn" href="/login">
          {words.signUp.back}
        </a>
      </p>
    </form>
  </Bare>
);
