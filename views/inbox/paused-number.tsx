/** @jsxImportSource preact */
import type { ConversationSummary } from '#src/conversations/summary.ts';
import { inPlainWords } from '#src/whatsapp/errors.ts';
import { Forbidden } from '../numbers/restricted.tsx';
import { windowStage } from '../shared/window.ts';
import { words } from '../words/words.ts';

const says = words.sending.paused;

type Props = { row: ConversationSummary; now: number; timeZone?: string };

/** Above the box: why what is written waits. Empty while the number sends, so that pushes can fill it. */
export const PausedNumber = ({ row, now, timeZone = 'UTC' }: Props) => {
  const { pausedFor } = row.number;
  const forbidden = forbiddenHere(row, now);
  if (pausedFor !== undefined) {
    return (
      <p class="paused" id={`paused-${row.id}`} role="status">
        <strong>{says.title}</strong> {reasonInWords(pausedFor)} <Settle number={row.number} />
      </p>
    );
  }
  return forbidden === undefined ? (
    <div id={`paused-${row.id}`} hidden />
  ) : (
    <p class="paused" id={`paused-${row.id}`} role="status">
      <Forbidden {...forbidden} timeZone={timeZone} /> <Settle number={row.number} />
    </p>
  );
};

/** Hidden by CSS from those who may not. */
const Settle = ({ number }: Pick<Props['row'], 'number'>) => (
  <a href={`/numbers/${number.id}`}>{says.settle}</a>
);

/** Of two restrictions the one on what can be written now: once the window is closed, that is a first message. */
function forbiddenHere({ number, windowExpiresAt }: ConversationSummary, now: number) {
  const isClosed = windowStage(windowExpiresAt, now) === 'closed';
  const byUse = isClosed ? (['starts', 'answers'] as const) : (['answers', 'starts'] as const);
  const untils = { starts: number.startsForbiddenUntil, answers: number.answersForbiddenUntil };
  const [first] = byUse.flatMap((what) => {
    const until = untils[what];
    return until === undefined ? [] : { what, until };
  });
  return first;
}

function reasonInWords(reason: string): string {
  if (reason === 'token') {
    return says.token;
  } else if (/^\d+$/.test(reason)) {
    return `${inPlainWords(Number(reason)).title} ${says.other}`;
  } else {
    return `${words.numbers.pausedWhy[reason] ?? ''} ${says.other}`.trim();
  }
}
