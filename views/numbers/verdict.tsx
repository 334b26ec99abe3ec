/** @jsxImportSource preact */
import { isRestricted } from '#src/numbers/restriction.ts';
import type { NumberStanding } from '#src/numbers/standing.ts';
import { inPlainWords } from '#src/whatsapp/errors.ts';
import { Icon } from '../shared/icon.tsx';
import { Dial } from '../shared/ring.tsx';
import { LocalTime } from '../shared/time.tsx';
import { words } from '../words/words.ts';
import { Outlook, Restricted } from './restricted.tsx';

const says = words.numbers;
/** A ring without a gap: of the 24 hours, all but what could not be seen. */
const WHOLE = 23.97;

/** Whether messages flow with a number, and if not, why. */
export const Verdict = ({ number, timeZone }: { number: NumberStanding; timeZone: string }) => (
  <div class={sendsAll(number) ? 'verdict' : 'verdict verdict--act'}>
    <span class="ring">
      <Dial stage="open" left={WHOLE} />
      <span>
        <Icon name={sendsAll(number) ? 'check' : 'bad'} />
      </span>
    </span>
    <div>
      <h2 class="h">{standingInWords(number)}</h2>
      {number.state === 'paused' ? (
        <>
          <p class="small">{pausedInWords(number.pausedFor)}</p>
          <p class="small">{says.keeps}</p>
        </>
      ) : null}
      {number.state === 'disconnected' || !isRestricted(number) ? null : (
        <>
          <Restricted number={number} timeZone={timeZone} />
          <Outlook number={number} />
        </>
      )}
      <p class="small">
        {number.heardAt === null ? (
          says.neverHeard
        ) : (
          <>
            {says.heard} <LocalTime at={number.heardAt} style="moment" timeZone={timeZone} />
          </>
        )}
      </p>
      {number.state === 'disconnected' || sendsAll(number) ? null : (
        <form class="page__more" method="post" action={`/numbers/${number.id}/resumption`}>
          <button class="btn" type="submit">
            {says.tryAgain}
          </button>
        </form>
      )}
    </div>
  </div>
);

export const sendsAll = (number: NumberStanding): boolean => number.state === 'live' && !isRestricted(number);

export const standingInWords = (number: NumberStanding): string =>
  number.state === 'live' && isRestricted(number) ? says.restricted.title : says[number.state];

/** `numbers.paused_for` for people: a reason of ours, or a code of Meta's. */
export function pausedInWords(reason: string | null): string {
  const { title, whatToDo } = inPlainWords(Number(reason));
  return says.pausedWhy[reason ?? ''] ?? says.pausedCode(title, whatToDo, reason ?? '');
}
