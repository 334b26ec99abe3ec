import { parseId } from '#src/conversations/conversation.ts';
import { clean } from '#src/db/clean.ts';
import { Invalid } from '#src/errors.ts';
import { dayAfter, dayStart } from '#src/search/day.ts';

/** A filter as it stands in the address; what is empty does not narrow. */
export type AskedAudit = {
  /** `person:ID`, `key:ID`, or a kind of actor that has no id. */
  by: string;
  /** What actions begin with, such as `number`. */
  kind: string;
  /** For example `number:42`. */
  object: string;
  /** Days on the account's calendar, both included. */
  from: string;
  to: string;
};

export type Doer = { kind: 'person' | 'key'; id: number } | { kind: 'command' | 'system' | 'operator' };

/** The same, understood; times in milliseconds, `until` is the first that is out. */
export type AuditFilter = {
  by: Doer | null;
  kind: string | null;
  object: string | null;
  since: number | null;
  until: number | null;
};

/** Throws `Invalid` (`by`, `kind`, `from`, `to`). */
export function readAuditFilter(asked: AskedAudit, timeZone: string): AuditFilter {
  const to = asked.to === '' || dayStart(asked.to, timeZone) === null ? asked.to : dayAfter(asked.to);
  return {
    by: asked.by === '' ? null : readDoer(asked.by),
    kind: asked.kind === '' ? null : readKind(asked.kind),
    object: asked.object === '' ? null : clean(asked.object),
    since: readDay('from', asked.from, timeZone),
    until: readDay('to', to, timeZone),
  };
}

function readDoer(text: string): Doer {
  if (text === 'command' || text === 'system' || text === 'operator') {
    return { kind: text };
  }
  const [kind = '', written = ''] = text.split(':', 2);
  const id = parseId(written);
  if ((kind !== 'person' && kind !== 'key') || id === null) {
    throw new Invalid({ by: 'Choose one from the list.' });
  }
  return { kind, id };
}

function readKind(text: string): string {
  if (!/^[a-z][a-z_]{0,39}$/.test(text)) {
    throw new Invalid({ kind: 'Choose one from the list.' });
  }
  return text;
}

function readDay(field: 'from' | 'to', text: string, timeZone: string): number | null {
  const at = text === '' ? null : dayStart(text, timeZone);
  if (text !== '' && at === null) {
    throw new Invalid({ [field]: 'Give a day like 2026-11-23.' });
  }
  return at;
}
