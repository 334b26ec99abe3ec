import type { Arrival, Run } from '#src/webhooks/run.ts';
import type { Severity, TemplateEvent, Update } from '#src/whatsapp/updates.ts';
import { pushAccountEvent } from './take-account-event.ts';

type TemplateUpdate = Extract<Update, { kind: 'template' }>;

/** Keeps what Meta says about a template among the events of the business account. */
export function noteTemplateEvent(run: Run, update: TemplateUpdate, arrival: Arrival): void {
  const { wabaId, at, position, templateId, name, language } = update;
  const facts = { template: name ?? templateId, language, ...factsOf(update) };
  const event = update.what === 'status' ? update.status : update.what.toUpperCase();
  pushAccountEvent(run, arrival, {
    at,
    position,
    wabaId,
    field: FIELDS[update.what],
    kind: 'template',
    event,
    severity: severityOf(update),
    data: JSON.stringify(Object.fromEntries(Object.entries(facts).filter(([, fact]) => fact !== null))),
  });
}

const FIELDS: Readonly<Record<TemplateEvent['what'], string>> = {
  status: 'message_template_status_update',
  quality: 'message_template_quality_update',
  components: 'message_template_components_update',
  category: 'template_category_update',
};

function factsOf(update: TemplateUpdate): Record<string, string | number | null> {
  switch (update.what) {
    case 'status': {
      const { reason, remark, disablesAt } = update;
      return { reason, remark, disables_at: disablesAt };
    }
    case 'quality':
      return { quality: update.quality, before: update.before };
    case 'category':
      return { category: update.category, before: update.before, from: update.effectiveAt };
    case 'components':
      return {};
  }
}

const BAD_STATUSES = ['REJECTED', 'PAUSED', 'DISABLED', 'FLAGGED', 'LIMIT_EXCEEDED', 'LOCKED'];

function severityOf(update: TemplateUpdate): Severity {
  if (update.what === 'status') {
    return BAD_STATUSES.includes(update.status) ? 'warning' : 'info';
  } else {
    return update.what === 'quality' && update.quality === 'RED' ? 'warning' : 'info';
  }
}
