/** @jsxImportSource preact */
import type { NumberStanding } from '#src/numbers/standing.ts';
import { Icon } from '../shared/icon.tsx';
import { LocalTime } from '../shared/time.tsx';
import { words } from '../words/words.ts';

const says = words.numbers;

/** How much of the history of the phone is here. */
export const HistoryImport = ({ number, timeZone }: { number: NumberStanding; timeZone: string }) =>
  number.history.length === 0 ? (
    number.phoneImports.some(({ step }) => step === 'history') ? null : (
      <Declined number={number} />
    )
  ) : (
    <section aria-labelledby="history">
      <h2 class="h" id="history">
        {says.history}
      </h2>
      <ul class="checks">
        {number.history.map(({ phase, progress, messages, at }) => (
          <li key={phase} class={progress < 100 ? 'is-idle' : 'is-ok'}>
            <Icon name={progress < 100 ? 'box' : 'okc'} />
            <div>
              <h3>{says.phases[phase] ?? says.laterPhase(phase)}</h3>
              <p>
                <progress
                  max={100}
                  value={progress}
                  aria-label={says.phases[phase] ?? says.laterPhase(phase)}
                />{' '}
                {says.progress(progress, messages)}
              </p>
            </div>
            <span class="meta">
              <LocalTime at={at} style="moment" timeZone={timeZone} />
            </span>
          </li>
        ))}
      </ul>
      {number.history.every(({ progress }) => progress >= 100) ? null : (
        <p class="small">{says.historyGoesOn}</p>
      )}
    </section>
  );

/** That it will not come, and what to do about it; when it was asked for here, that is said there. */
function Declined({ number }: { number: NumberStanding }) {
  const event = number.newest.get('history');
  if (event === undefined) {
    return null;
  }
  const [title, text] = says.event(event.kind, event.event, event.facts);
  return (
    <section aria-labelledby="history">
      <h2 class="h" id="history">
        {says.history}
      </h2>
      <p>
        <bdi>{title}</bdi>
      </p>
      <p class="small">
        <bdi>{text}</bdi>
      </p>
    </section>
  );
}
