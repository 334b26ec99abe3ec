/** @jsxImportSource preact */
import type { Display } from '#src/people/display.ts';
import { Bare } from '../layouts/bare.tsx';
import { words } from '../words/words.ts';

type Props = {
  status: number;
  /** Which of the problems with this status it is, where more than the status is known. */
  type?: string | undefined;
  /** Finds the request in the log. */
  requestId: string;
  display?: Display;
};

type PageProps = Props & {
  /** A page was asked for, and can be once more: the address of a form leads nowhere. */
  isAsked: boolean;
};

/** What happened, what it means, what to do next; nothing of the error itself. */
export function ErrorPage({ status, type, requestId, display, isAsked }: PageProps) {
  const [title = '', text] = wordsFor(status, type);
  return (
    <Bare title={title} display={display} isMiddle>
      <div>
        <p class="meta">{status}</p>
        <h1 class="title">{title}</h1>
        <p class="small">{text}</p>
        <p class="small">
          {words.problemCode}: <code>{requestId}</code>
        </p>
      </div>
      <p class="bar">
        {status >= 500 && isAsked ? (
          <a class="btn" href="?">
            {words.tryAgain}
          </a>
        ) : null}
        <a class="btn" href="/inbox">
          {words.backToInbox}
        </a>
        {type === 'account-unavailable' ? (
          <a class="btn" href="/login">
            {words.otherBusiness}
          </a>
        ) : null}
      </p>
    </Bare>
  );
}

/** The same for a form sent by htmx: said aloud and shown above the page. */
export function ErrorPush({ status, type, requestId }: Props) {
  const [title = '', text] = wordsFor(status, type);
  return (
    <hx-partial hx-target="#problem" hx-swap="innerHTML">
      <p class="banner banner--warn">
        <span>
          <strong>{title}.</strong> {text} <code>{requestId}</code>
        </span>
      </p>
    </hx-partial>
  );
}

/** The most exact words there are: of the type, of the status, or of its kind. */
function wordsFor(status: number, type = ''): readonly string[] {
  const { problems } = words;
  const known: Readonly<Record<string | number, readonly string[]>> = problems;
  return known[type] ?? known[status] ?? problems[status < 500 ? 400 : 500];
}
