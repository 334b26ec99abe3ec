/** @jsxImportSource preact */
import type { NumberStanding } from '#src/numbers/standing.ts';
import { inPlainWords } from '#src/whatsapp/errors.ts';
import { Icon } from '../shared/icon.tsx';
import { LocalTime } from '../shared/time.tsx';
import { words } from '../words/words.ts';

const says = words.numbers;

/** Whether messages flow with a number, and if not, why. */
export const Verdict = ({ number, timeZone }: { number: NumberStanding; timeZone: string }) => (
  <div class={number.state === 'live' ? 'verdict' : 'verdict verdict--act'}>
    <Icon name={number.state === 'live' ? 'okc' : 'bad'} />
    <div>
      <h2 class="h">{says[number.state]}</h2>
      {number.state === 'paused' ? (
        <p class="small">
          {pausedInWords(number.pausedFor)} {says.keeps}
        </p>
      ) : null}
      <p class="small">
        {number.heardAt === null ? (
          says.neverHeard
        ) : (
          <>
            {says.heard} <LocalTime at={number.heardAt} style="moment" timeZone={timeZone} />
          </>
        )}
      </p>
      {number.state === 'paused' ? (
        <form class="page__more" method="post" action={`/numbers/${number.id}/resumption`}>
          <button class="btn" type="submit">
            {says.tryAgain}
          </button>
        </form>
      ) : null}
    </div>
  </div>
);

/** `numbers.paused_for` for people: a reason of ours, or a code of Meta's. */
export function pausedInWords(reason: string | null): string {
  const { title, whatToDo } = inPlainWords(Number(reason));
  return says.pausedWhy[reason ?? ''] ?? says.pausedCode(title, whatToDo, reason ?? '');
}
