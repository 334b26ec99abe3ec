/** @jsxImportSource preact */
import type { ConversationSummary } from '#src/conversations/summary.ts';
import { inPlainWords } from '#src/whatsapp/errors.ts';
import { words } from '../words/words.ts';

const says = words.sending.paused;

/** Above the box: why what is written waits. Empty while the number sends, so that pushes can fill it. */
export const PausedNumber = ({ row }: { row: ConversationSummary }) => {
  const { pausedFor } = row.number;
  return pausedFor === undefined ? (
    <div id={`paused-${row.id}`} hidden />
  ) : (
    <p class="paused" id={`paused-${row.id}`} role="status">
      <strong>{says.title}</strong> {reasonInWords(pausedFor)}
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
