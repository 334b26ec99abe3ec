/** @jsxImportSource preact */
import type { NumberStanding } from '#src/numbers/standing.ts';
import { Icon } from '../shared/icon.tsx';
import { Dial } from '../shared/ring.tsx';
import { LocalTime } from '../shared/time.tsx';
import { words } from '../words/words.ts';

const says = words.numbers;
/** A ring without a gap: of the 24 hours, all but what could not be seen. */
const WHOLE = 23.97;

/** Whether messages flow with a number, and if not, why. */
export const Verdict = ({ number, timeZone }: { number: NumberStanding; timeZone: string }) => (
  <div class={number.state === 'live' ? 'verdict' : 'verdict verdict--act'}>
    <span class="ring">
      <Dial stage="open" left={WHOLE} />
      <span>
        <Icon name={number.state === 'live' ? 'check' : 'bad'} />
      </span>
    </span>
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

/** `numbers.paused_for` for people. */
export const pausedInWords = (reason: string | null): string =>
  says.pausedWhy[reason ?? ''] ?? says.pausedCode(reason ?? '');
