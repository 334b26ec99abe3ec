/** @jsxImportSource preact */
import type { Finding, Section } from '#src/operator/judge.ts';
import type { Standing } from '#src/operator/standing.ts';
import { Page } from '../layouts/page.tsx';
import type { Person } from '../layouts/person.ts';
import { Icon } from '../shared/icon.tsx';
import { Dial } from '../shared/ring.tsx';
import { LocalTime } from '../shared/time.tsx';
import { words } from '../words/words.ts';
import { FindingRow, stateIcon } from './finding.tsx';
import { KeyFigures } from './key-figures.tsx';

type Props = { viewer: Person; account: { name: string; timeZone: string }; standing: Standing };

/** How the install is doing, for whoever runs it. */
export const OperatorPage = ({ viewer, account, standing }: Props) => (
  <Page
    title={words.operator.title}
    person={viewer}
    account={account.name}
    timeZone={account.timeZone}
    current="operator"
    icons={['alert', 'bad', 'check', 'okc', 'offline', 'retry']}
    isLive
  >
    <div class="page__head">
      <div>
        <h1 class="title">{words.operator.title}</h1>
        <p class="small">{words.operator.lead}</p>
      </div>
      <a class="btn" href="/operator">
        <Icon name="retry" small />
        {words.operator.again}
      </a>
    </div>
    <div role="status">
      <div id="problem" />
      <p class="banner banner--warn" id="stale" hidden>
        <Icon name="offline" />
        <span>
          <strong>{words.operator.stale[0]}</strong> {words.operator.stale[1]}
        </span>
      </p>
    </div>
    <div
      class="standing"
      data-polls="stale"
      hx-get="/operator/figures"
      hx-trigger="every 10s, visibilitychange from:document"
      hx-swap="none"
    >
      <div id="standing">
        <StandingNow {...standing} />
      </div>
    </div>
  </Page>
);

/** The answer to the page that asks again. */
export const StandingPush = (standing: Standing) => (
  <hx-partial hx-target="#standing" hx-swap="innerMorph">
    <StandingNow {...standing} />
  </hx-partial>
);

function StandingNow({ at, timeZone, state, sections, figures }: Standing) {
  const findings = sections.flatMap((section) => section.findings);
  const todo = findings.filter((finding) => finding.state !== 'fine');
  return (
    <>
      <Verdict at={at} timeZone={timeZone} state={state} />
      <KeyFigures {...figures} />
      <div class="stack">
        <Checks name="todo" findings={byUrgency(todo)} timeZone={timeZone} />
        {sections.map((section) => (
          <Checks
            key={section.name}
            name={section.name}
            findings={section.findings.filter((finding) => finding.state === 'fine')}
            timeZone={timeZone}
          />
        ))}
      </div>
    </>
  );
}

function Verdict({ at, timeZone, state }: Pick<Standing, 'at' | 'timeZone' | 'state'>) {
  const [title, text] = words.operator.verdicts[state];
  return (
    <div class={`verdict verdict--${state}`}>
      <span class="ring">
        <Dial stage="open" left={23.97} />
        <span>
          <Icon name={state === 'fine' ? 'check' : stateIcon(state)} />
        </span>
      </span>
      <div>
        <h2 class="h">{title}</h2>
        <p class="small">
          {text} {words.operator.asOf} <LocalTime at={at} style="time" timeZone={timeZone} />.
        </p>
        <p class="small only-script">{words.operator.refreshes}</p>
      </div>
    </div>
  );
}

type ChecksProps = { name: Section['name'] | 'todo'; findings: readonly Finding[]; timeZone: string };

function Checks({ name, findings, timeZone }: ChecksProps) {
  return findings.length === 0 ? null : (
    <section aria-labelledby={`standing-${name}`}>
      <h2 class="h" id={`standing-${name}`}>
        {words.operator.sections[name]}
      </h2>
      <ul class="checks">
        {findings.map((finding) => (
          <FindingRow key={keyOf(finding)} finding={finding} timeZone={timeZone} />
        ))}
      </ul>
    </section>
  );
}

const keyOf = (finding: Finding) =>
  finding.about === 'closed' ? `closed-${finding.closed.id}` : finding.about;

const byUrgency = (findings: readonly Finding[]) => [
  ...findings.filter(({ state }) => state === 'act'),
  ...findings.filter(({ state }) => state === 'look'),
];
