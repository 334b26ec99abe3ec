import { noteTemplateEvent } from '#src/numbers/take-template-event.ts';
import type { Arrival, Run } from '#src/webhooks/run.ts';
import type { Update } from '#src/whatsapp/updates.ts';

/** Takes in what Meta says about a template: it is kept among the events, and the template is changed by it. */
export function applyTemplateEvent(
  run: Run,
  update: Extract<Update, { kind: 'template' }>,
  arrival: Arrival,
): void {
  noteTemplateEvent(run, update, arrival);
  run.made.templateEvents.push({ event: update, receivedAt: arrival.at });
}
