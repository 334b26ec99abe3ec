/** @jsxImportSource preact */
import type { Doers } from '#src/audit/doers.ts';
import type { AuditEntry } from '#src/audit/entry.ts';
import type { AskedAudit } from '#src/audit/filter.ts';
import type { Person } from '../layouts/person.ts';
import { Settings } from '../layouts/settings.tsx';
import { Empty } from '../shared/empty.tsx';
import { dayOf, LocalTime } from '../shared/time.tsx';
import { words } from '../words/words.ts';
import { Deed } from './deed.tsx';
import { AuditFilters } from './filters.tsx';
import { auditPath, filtersSet } from './path.ts';

export type AuditProps = {
  viewer: Person;
  account: { name: string; timeZone: string };
  asked: AskedAudit;
  doers: Doers;
  /** What the object of the filter is called. */
  objectName: string | null;
  entries: readonly AuditEntry[];
  /** The cursor of what is older, or null at the end. */
  next: string | null;
  isFirst: boolean;
  /** How many rows were passed over when the walk ended before the page was full; null when it did not. */
  passed: number | null;
};

/** The trail: what was done, the newest first, a day after the other. */
export const AuditPage = ({ viewer, account, asked, doers, objectName, entries, ...walk }: AuditProps) => (
  <Settings
    place="audit"
    person={viewer}
    account={account}
    lead={words.audit.lead}
    actions={<Downloads asked={asked} />}
  >
    <AuditFilters asked={asked} doers={doers} objectName={objectName} />
    {entries.length === 0 ? (
      <Nothing isSoFar={walk.passed !== null} isFiltered={filtersSet(asked) > 0} />
    ) : (
      byDay(entries, account.timeZone).map(({ day, deeds }) => (
        <section key={deeds[0].id} class="deeds" aria-labelledby={`day-${deeds[0].id}`}>
          <h2 class="h" id={`day-${deeds[0].id}`} data-day={day}>
            <LocalTime at={deeds[0].at} style="date" timeZone={account.timeZone} />
          </h2>
          <ol>
            {deeds.map((entry) => (
              <Deed key={entry.id} entry={entry} timeZone={account.timeZone} />
            ))}
          </ol>
        </section>
      ))
    )}
    {walk.passed === null ? null : <p class="small page__more">{words.audit.incomplete(walk.passed)}</p>}
    <Pager asked={asked} {...walk} />
  </Settings>
);

const Downloads = ({ asked }: { asked: AskedAudit }) => (
  <nav class="bar" aria-label={words.audit.exportLabel}>
    {(['csv', 'json'] as const).map((format) => (
      <a key={format} class="btn" href={auditPath(asked, `.${format}`)} download>
        {words.audit[format]}
      </a>
    ))}
  </nav>
);

const Nothing = ({ isSoFar, isFiltered }: { isSoFar: boolean; isFiltered: boolean }) => (
  <div class="sheet">
    <Empty level="h2" title={isSoFar ? words.audit.noneSoFar : words.audit.none} text={words.audit.noneText}>
      {isFiltered ? (
        <a class="btn" href="/settings/audit">
          {words.audit.withoutFilters}
        </a>
      ) : undefined}
    </Empty>
  </div>
);

const Pager = ({
  asked,
  next,
  isFirst,
  passed,
}: Pick<AuditProps, 'asked' | 'next' | 'isFirst' | 'passed'>) =>
  isFirst && next === null ? null : (
    <p class="page__more bar">
      {isFirst ? null : (
        <a class="btn" href={auditPath(asked)}>
          {words.audit.newest}
        </a>
      )}
      {next === null ? null : (
        <a class="btn" href={auditPath({ ...asked, cursor: next })}>
          {passed === null ? words.audit.older : words.audit.further}
        </a>
      )}
    </p>
  );

type Day = { day: string; deeds: [AuditEntry, ...AuditEntry[]] };

function byDay(entries: readonly AuditEntry[], timeZone: string): Day[] {
  const days: Day[] = [];
  for (const entry of entries) {
    const day = dayOf(entry.at, timeZone);
    const last = days.at(-1);
    if (last?.day === day) {
      last.deeds.push(entry);
    } else {
      days.push({ day, deeds: [entry] });
    }
  }
  return days;
}
