/** @jsxImportSource preact */
import type { ComponentChildren } from 'preact';
import type { Display } from '#src/people/display.ts';
import { Bare } from '../layouts/bare.tsx';
import { ErrorSummary, Field } from '../shared/field.tsx';
import { words } from '../words/words.ts';

export type JoinProps = {
  token: string;
  account: string;
  by: string;
  email: string;
  /** Who opens it: see `src/people/invite-routes.tsx`. */
  as: 'new' | 'themselves' | 'known' | 'homeless' | 'other';
  /** The name of whoever is signed in. */
  signedInAs?: string | undefined;
  name?: string | undefined;
  errors?: Record<string, string>;
  display?: Display;
};

/** Who invites, into which business, and how to join. */
export const JoinPage = (props: JoinProps) => {
  const { account, by, errors = {}, display, as } = props;
  return (
    <Bare title={words.joinPage.title(account)} display={display} isMiddle>
      <div>
        <h1 class="title">
          {as === 'other' ? words.joinPage.other : <bdi>{words.joinPage.title(account)}</bdi>}
        </h1>
        <p class="small">
          <bdi>{words.joinPage.by(by, account)}</bdi>
        </p>
      </div>
      <ErrorSummary errors={errors} />
      <Way {...props} />
    </Bare>
  );
};

const Way = (props: JoinProps) => {
  const { as, email, signedInAs = '', token } = props;
  switch (as) {
    case 'new':
      return <NewPerson {...props} />;
    case 'themselves':
      return (
        <>
          <p>{words.joinPage.asYou(signedInAs)}</p>
          <JoinForm token={token}>
            <Submit />
          </JoinForm>
        </>
      );
    case 'known':
      return (
        <>
          <p>{words.joinPage.known}</p>
          <p class="bar">
            <a class="btn btn--primary" href={`/login?next=${encodeURIComponent(`/invite/${token}`)}`}>
              {words.joinPage.signIn}
            </a>
          </p>
        </>
      );
    case 'homeless':
      return <OldPerson {...props} />;
    case 'other':
      return (
        <>
          <p>{words.joinPage.otherText(signedInAs, email)}</p>
          <div class="bar">
            <form method="post" action="/logout">
              <button class="btn btn--primary" type="submit">
                {words.joinPage.signOut}
              </button>
            </form>
            <a class="btn" href="/inbox">
              {words.joinPage.toInbox}
            </a>
          </div>
        </>
      );
    default:
      return null;
  }
};

const NewPerson = ({ token, email, name, errors = {} }: JoinProps) => (
  <JoinForm token={token}>
    <p>{words.joinPage.newLead}</p>
    <SignInName email={email} />
    <Field
      name="name"
      label={words.joinPage.name}
      value={name}
      error={errors.name}
      autocomplete="name"
      maxlength={120}
    />
    <Field
      name="password"
      label={words.joinPage.password}
      type="password"
      help={words.joinPage.passwordHelp}
      error={errors.password}
      autocomplete="new-password"
      maxlength={1024}
    />
    <Submit />
  </JoinForm>
);

const OldPerson = ({ token, email, errors = {} }: JoinProps) => (
  <JoinForm token={token}>
    <p>{words.joinPage.homeless}</p>
    <SignInName email={email} />
    <Field
      name="password"
      label={words.joinPage.password}
      type="password"
      error={errors.password}
      autocomplete="current-password"
      maxlength={1024}
    />
    <Submit />
  </JoinForm>
);

const JoinForm = ({ token, children }: { token: string; children: ComponentChildren }) => (
  <form class="stack stack--near" method="post" action={`/invite/${encodeURIComponent(token)}`}>
    {children}
  </form>
);

/** Read only, and a field all the same, so that password managers keep it with the password. */
export const SignInName = ({ email }: { email: string }) => (
  <div class="field">
    <label for="email">{words.joinPage.email}</label>
    <input class="fixed" type="email" id="email" value={email} autocomplete="username" readonly />
  </div>
);

const Submit = () => (
  <p class="bar">
    <button class="btn btn--primary" type="submit">
      {words.joinPage.submit}
    </button>
  </p>
);
