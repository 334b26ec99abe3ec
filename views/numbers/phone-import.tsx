/** @jsxImportSource preact */
import { ASKED_BEFORE, mayAsk, type PhoneImport, type PhoneImportStep } from '#src/numbers/phone-import.ts';
import type { NumberStanding } from '#src/numbers/standing.ts';
import { Icon } from '../shared/icon.tsx';
import { LocalTime } from '../shared/time.tsx';
import { words } from '../words/words.ts';

const says = words.numbers.phoneImport;
const steps = ['contacts', 'history'] as const satisfies readonly PhoneImportStep[];

type Props = {
  number: NumberStanding;
  timeZone: string;
  now: number;
  problem: { title: string; detail: string } | null;
};

/** Asking the phone of a number for what it has, each once. Nothing where no phone is known to have the number. */
export const PhoneImports = ({ number, timeZone, now, problem }: Props) => {
  const known = new Map(number.phoneImports.map((one) => [one.step, one]));
  const isOnNone = number.isOnPhoneApp === false && number.phoneAppAt === null && known.size === 0;
  if (isOnNone && problem === null) {
    return null;
  }
  const ways = steps.map((step) => {
    const one = known.get(step);
    return hasArrived(number, one) ? 'no' : mayAsk(one, now);
  });
  const isKnowing = ways.includes('knowingly');
  return (
    <section aria-labelledby="phone-import">
      <h2 class="h" id="phone-import">
        {says.title}
      </h2>
      {problem === null ? null : (
        <p class="wrong" role="alert">
          {problem.title} {problem.detail}
        </p>
      )}
      {number.isOnPhoneApp === null && known.size === 0 ? <p class="small">{says.unknownPhone}</p> : null}
      {known.size === 0 ? null : (
        <ul class="checks">
          {steps.map((step) => (
            <Step key={step} step={step} known={known.get(step)} number={number} timeZone={timeZone} />
          ))}
        </ul>
      )}
      {isOnNone || ways.every((way) => way === 'no') ? null : (
        <div class={known.size === 0 ? undefined : 'page__more'}>
          <p class="small">{isKnowing ? says.onceAgain : says.once}</p>
          <form class="page__more" method="post" action={`/numbers/${number.id}/phone-import`}>
            {isKnowing ? <input type="hidden" name="again" value="yes" /> : null}
            <button class="btn" type="submit">
              {isKnowing ? says.askAgain : says.ask}
            </button>
          </form>
        </div>
      )}
    </section>
  );
};

/** What has come since it was asked for settles what an answer that was lost would have said. */
const hasArrived = ({ history }: NumberStanding, known: PhoneImport | undefined) =>
  known?.step === 'history' && history.some(({ at }) => at >= known.askedAt);

type StepProps = {
  step: PhoneImportStep;
  known: PhoneImport | undefined;
  number: NumberStanding;
  timeZone: string;
};

function Step({ step, known, number, timeZone }: StepProps) {
  const [title, text] = toldOf(known, number);
  const isTaken = known?.state === 'taken' || hasArrived(number, known);
  return (
    <li class={isTaken ? 'is-ok' : known === undefined ? 'is-idle' : 'is-bad'}>
      <Icon name={isTaken ? 'okc' : known === undefined ? 'box' : 'alert'} />
      <div>
        <h3>{says.steps[step]}</h3>
        <p>
          <em>{title}</em>
        </p>
        <p>{text}</p>
      </div>
      {known === undefined ? null : (
        <span class="meta">
          <LocalTime at={known.askedAt} style="moment" timeZone={timeZone} />
        </span>
      )}
    </li>
  );
}

function toldOf(known: PhoneImport | undefined, number: NumberStanding) {
  if (hasArrived(number, known)) {
    return says.states.arriving;
  } else if (known?.errorCode === ASKED_BEFORE) {
    return says.states.before;
  } else if (known?.state === 'refused') {
    return says.refused(known.errorCode ?? 0);
  } else {
    return known === undefined
      ? says.states.waiting
      : says.states[known.state === 'taken' ? 'taken' : 'unknown'];
  }
}
