/** @jsxImportSource preact */
import type { Display } from '#src/people/display.ts';
import { Bare } from '../layouts/bare.tsx';
import { words } from '../words/words.ts';

export type ProblemStatus = keyof typeof words.problems;

type Props = {
  status: ProblemStatus;
  /** Finds the request in the log. */
  requestId: string;
  display?: Display;
};

/** What happened, what it means, what to do next; nothing of the error itself. */
export function ErrorPage({ status, requestId, display }: Props) {
  const [title = '', text] = words.problems[status];
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
        {status >= 500 ? (
          <a class="btn" href="?">
            {words.tryAgain}
          </a>
        ) : null}
        <a class="btn" href="/inbox">
          {words.backToInbox}
        </a>
      </p>
    </Bare>
  );
}

/** The same for a form sent by htmx: said aloud and shown above the page. */
export function ErrorPush({ status, requestId }: Props) {
  const [title = '', text] = words.problems[status];
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

/** The closest status that has words. */
export function problemStatus(status: number): ProblemStatus {
  return hasWords(status) ? status : status >= 500 ? 500 : 400;
}

const hasWords = (status: number): status is ProblemStatus => status in words.problems;
