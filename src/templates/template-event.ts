import { noteTemplateEvent } from '#src/numbers/take-template-event.ts';
import type { Arrival, Run } from '#src/webhooks/run.ts';
import type { Update } from '#src/whatsapp/updates.ts';

/** Takes in what Meta says about a template. */
export function applyTemplateEvent(
  run: Run,
  update: Extract<Update, { kind: 'template' }>,
  arrival: Arrival,
): void {
  noteTemplateEvent(run, update, arrival);
}
