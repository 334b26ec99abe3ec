/** @jsxImportSource preact */
import type { ConversationSummary } from '#src/conversations/summary.ts';
import { inPlainWords } from '#src/whatsapp/errors.ts';
import { Forbidden } from '../numbers/restricted.tsx';
import { words } from '../words/words.ts';

const says = words.sending.paused;

type Props = { row: ConversationSummary; timeZone?: string };

/** Above the box: why what is written waits. Empty while the number sends, so that pushes can fill it. */
export const PausedNumber = ({ row, timeZone = 'UTC' }: Props) => {
  const { pausedFor, answersForbiddenUntil, startsForbiddenUntil } = row.number;
  const until = answersForbiddenUntil ?? startsForbiddenUntil;
  if (pausedFor !== undefined) {
    return (
      <p class="paused" id={`paused-${row.id}`} role="status">
        <strong>{says.title}</strong> {reasonInWords(pausedFor)}
      </p>
    );
  }
  return until === undefined ? (
    <div id={`paused-${row.id}`} hidden />
  ) : (
    <p class="paused" id={`paused-${row.id}`} role="status">
      <Forbidden
        what={answersForbiddenUntil === undefined ? 'starts' : 'answers'}
        until={until}
        timeZone={timeZone}
      />
    </p>
  );
};

function reasonInWords(reason: string): string {
  if (reason === 'token') {
    return says.token;
  } else if (/^\d+$/.test(reason)) {
    return `${inPlainWords(Number(reason)).title} ${says.other}`;
  } else {
    return `${words.numbers.pausedWhy[reason] ?? ''} ${says.other}`.trim();
  }
}
