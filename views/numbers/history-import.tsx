/** @jsxImportSource preact */
import type { NumberStanding } from '#src/numbers/standing.ts';
import { LocalTime } from '../shared/time.tsx';
import { words } from '../words/words.ts';

const says = words.numbers;

/** How much of the history of the phone is here. */
export const HistoryImport = ({ number, timeZone }: { number: NumberStanding; timeZone: string }) =>
  number.history.length === 0 ? (
    <Declined number={number} />
  ) : (
    <section aria-labelledby="history">
      <h2 class="h" id="history">
        {says.history}
      </h2>
      <table class="table">
        <tbody>
          {number.history.map(({ phase, progress, messages, at }) => (
            <tr key={phase}>
              <th scope="row">{says.phases[phase] ?? says.laterPhase(phase)}</th>
              <td>
                <progress max={100} value={progress} aria-label={says.phases[phase]} />{' '}
                {says.progress(progress)}
              </td>
              <td>{says.imported(messages)}</td>
              <td>
                <LocalTime at={at} style="moment" timeZone={timeZone} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {number.history.every(({ progress }) => progress >= 100) ? null : (
        <p class="small">{says.historyGoesOn}</p>
      )}
    </section>
  );

/** That it will not come, and what to do about it. */
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
