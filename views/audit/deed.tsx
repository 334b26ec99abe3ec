/** @jsxImportSource preact */
import type { AuditEntry } from '#src/audit/entry.ts';
import { LocalTime } from '../shared/time.tsx';
import { words } from '../words/words.ts';
import { auditPath } from './path.ts';
import { type Change, changesOf, doerOf, sentenceOf } from './sentence.ts';

/** One row of the trail: a sentence, what changed, and when and from where; it unfolds to what was noted. */
export const Deed = ({ entry, timeZone }: { entry: AuditEntry; timeZone: string }) => (
  <li class="deed" id={`deed-${entry.id}`}>
    <p class="deed__at">
      <LocalTime at={entry.at} style="time" timeZone={timeZone} />
    </p>
    <div class="deed__what">
      <p class="deed__said">{sentenceOf(entry)}</p>
      <Changes changes={changesOf(entry)} timeZone={timeZone} />
      <details class="deed__more">
        <summary>
          {words.audit.details}
          {entry.address === null ? null : <span class="meta"> · {words.audit.from(entry.address)}</span>}
        </summary>
        <Exact entry={entry} />
      </details>
    </div>
  </li>
);

type ChangesProps = { changes: readonly Change[]; timeZone: string };

const Changes = ({ changes, timeZone }: ChangesProps) =>
  changes.length === 0 ? null : (
    <ul class="deed__changes">
      {changes.map(({ field, before, after }) => (
        <li key={field}>
          {field}:{' '}
          {before === '' ? null : (
            <>
              <del>
                <Value text={before} timeZone={timeZone} />
              </del>{' '}
              <span aria-hidden="true">→</span>
              <span class="vh">{words.audit.becomes}</span>{' '}
            </>
          )}
          {after === '' ? (
            <i>{words.audit.nothing}</i>
          ) : (
            <b>
              <Value text={after} timeZone={timeZone} />
            </b>
          )}
        </li>
      ))}
    </ul>
  );

const MOMENT = /^\d{4}-\d\d-\d\dT[\d:.]+Z$/;

/** A moment is shown on the account's calendar, everything else as it is. */
const Value = ({ text, timeZone }: { text: string; timeZone: string }) =>
  MOMENT.test(text) ? <LocalTime at={Date.parse(text)} style="date" timeZone={timeZone} /> : text;

function Exact({ entry }: { entry: AuditEntry }) {
  const { exact } = words.audit;
  const facts: [string, string][] = [
    [exact.at, new Date(entry.at).toISOString()],
    [
      exact.by,
      `${doerOf(entry)} (${entry.actor.kind}${entry.actor.id === null ? '' : ` ${entry.actor.id}`})`,
    ],
    [exact.action, entry.action],
    [exact.object, entry.object],
    ...(entry.address === null ? [] : ([[exact.address, entry.address]] as [string, string][])),
    [exact.id, String(entry.id)],
  ];
  return (
    <>
      <dl class="deed__exact">
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {Object.keys(entry.data).length === 0 ? null : (
        <pre class="command">
          <code>{JSON.stringify(entry.data, null, 2)}</code>
        </pre>
      )}
      <p class="deed__links">
        <a href={auditPath({ object: entry.object })}>{words.audit.aboutThis}</a>
        {entry.action === 'message.revoked' ? (
          <a href={`/messages/${entry.object.slice('message:'.length)}/versions`}>{words.audit.versions}</a>
        ) : null}
        {entry.actor.kind === 'person' || entry.actor.kind === 'key' ? (
          <a href={auditPath({ by: `${entry.actor.kind}:${entry.actor.id}` })}>{words.audit.byThem}</a>
        ) : null}
      </p>
    </>
  );
}
