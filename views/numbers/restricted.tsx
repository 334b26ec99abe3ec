/** @jsxImportSource preact */
import { type Restriction, UNTIL_LIFTED } from '#src/numbers/restriction.ts';
import { LocalTime } from '../shared/time.tsx';
import { words } from '../words/words.ts';

const says = words.numbers.restricted;

type Props = { what: keyof typeof says.what; until: number; timeZone: string };

/** One thing that Meta forbids, and when that ends. */
export const Forbidden = ({ what, until, timeZone }: Props) => (
  <>
    {says.what[what]}{' '}
    {until >= UNTIL_LIFTED ? (
      says.noEnd
    ) : (
      <>
        {says.ends} <LocalTime at={until} style="moment" timeZone={timeZone} />
      </>
    )}
  </>
);

/** Everything that Meta forbids of a number. */
export const Restricted = ({ number, timeZone }: { number: Restriction; timeZone: string }) => (
  <>
    {number.answersForbiddenUntil === null ? null : (
      <p class="small">
        <Forbidden what="answers" until={number.answersForbiddenUntil} timeZone={timeZone} />
      </p>
    )}
    {number.startsForbiddenUntil === null ? null : (
      <p class="small">
        <Forbidden what="starts" until={number.startsForbiddenUntil} timeZone={timeZone} />
      </p>
    )}
  </>
);

/** What becomes of what waits, and what can be done. */
export const Outlook = ({ number }: { number: Restriction }) => {
  const ends = [number.answersForbiddenUntil, number.startsForbiddenUntil].filter((until) => until !== null);
  return (
    <>
      {ends.some((until) => until < UNTIL_LIFTED) ? <p class="small">{says.keeps}</p> : null}
      {ends.some((until) => until >= UNTIL_LIFTED) ? <p class="small">{says.keepsWithoutEnd}</p> : null}
      <p class="small">{says.appeal}</p>
    </>
  );
};
