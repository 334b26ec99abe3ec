/** @jsxImportSource preact */
import type { Display } from '#src/people/display.ts';
import { Bare } from '../layouts/bare.tsx';
import { words } from '../words/words.ts';

type Props = { token: string; email: string; display?: Display };

/** A press, so that whoever looks through mails for them does not confirm it. */
export const EmailPage = ({ token, email, display }: Props) => (
  <Bare title={words.emailPage.title} display={display} isMiddle>
    <div>
      <h1 class="title">{words.emailPage.title}</h1>
      <p class="small">
        {words.emailPage.lead} <strong>{email}</strong>
      </p>
    </div>
    <form method="post" action={`/email/${encodeURIComponent(token)}`}>
      <button class="btn btn--primary" type="submit">
        {words.emailPage.submit}
      </button>
    </form>
  </Bare>
);
