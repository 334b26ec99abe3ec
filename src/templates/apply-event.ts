import type { Statement } from '#src/db/database.ts';
import { forEachRow } from '#src/db/rows.ts';
import { languageCode } from '#src/whatsapp/templates.ts';
import type { TemplateEvent } from '#src/whatsapp/updates.ts';

/** `receivedAt` by our clock. */
export type ArrivedTemplateEvent = { event: TemplateEvent; receivedAt: number };

/**
 * What webhooks say of templates, on their rows, and then the whole list is read anew: a webhook names a template, and
 * what it is now only Meta's list says. What Meta said before that list was last read is in it already. Events come in
 * numbers, and one reading serves all of a minute: Meta counts the pages, and refuses them when there were too many.
 */
export function templateEventStatements(arrived: readonly ArrivedTemplateEvent[]): Statement[] {
  return arrived.flatMap(({ event, receivedAt }) => [
    ...changeStatements(event, receivedAt),
    ...forEachRow(DUE, [[receivedAt, event.wabaId, event.templateId]]),
  ]);
}

const DUE = `insert into template_syncs (waba_id, due_at, tries)
  select waba_id, ?, 0 from (
    select waba_id from numbers where waba_id = ? union select waba_id from templates where id = ?
  ) where true
  on conflict (waba_id) do update set due_at = min(due_at, case
    when tries > 0 then excluded.due_at + 60000
    else max(excluded.due_at, coalesce(synced_at, 0) + 60000)
  end)`;

/** Events come with the ids of their template; without one it goes by its name and language. */
const IS_IT = `(id = ? or (? is null and waba_id = ? and name = ? and language = ?))
  and synced_at <= ? + 60000`;

function changeStatements(event: TemplateEvent, receivedAt: number): Statement[] {
  const { templateId, wabaId, name, language, at } = event;
  const isIt = [templateId, templateId, wabaId, name, languageCode(language ?? ''), at];
  switch (event.what) {
    case 'quality':
      return forEachRow(`update templates set quality = ? where ${IS_IT}`, [[event.quality, ...isIt]]);
    case 'category':
      return categoryStatements(event, isIt, receivedAt);
    case 'status': {
      const status = STATUS_OF[event.status] ?? event.status;
      return KEEPS_STATUS.has(event.status)
        ? []
        : forEachRow(`update templates set status = ?, rejected_reason = ? where ${IS_IT}`, [
            [status, event.reason, ...isIt],
          ]);
    }
    case 'components':
      return [];
  }
}

/** Names of events that are no statuses. */
const STATUS_OF: Readonly<Record<string, string>> = { REINSTATED: 'APPROVED', UNLOCKED: 'APPROVED' };
/** A warning: the template can be sent as before. */
const KEEPS_STATUS: ReadonlySet<string> = new Set(['FLAGGED']);

type CategoryEvent = Extract<TemplateEvent, { what: 'category' }>;

/** Meta says a day before that it will move a template, and then that it has. */
function categoryStatements(event: CategoryEvent, isIt: unknown[], receivedAt: number): Statement[] {
  const { category, before, effectiveAt } = event;
  return effectiveAt !== null && effectiveAt > receivedAt
    ? forEachRow(`update templates set correct_category = ? where ${IS_IT}`, [[category, ...isIt]])
    : forEachRow(
        `update templates set previous_category = coalesce(?, category), category = ?, correct_category = null
          where ${IS_IT}`,
        [[before, category, ...isIt]],
      );
}
