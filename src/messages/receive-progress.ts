import { learnOptOut } from '#src/contacts/consent-receive.ts';
import { STOPPED_OFFERS } from '#src/contacts/consent-refused.ts';
import { countUse } from '#src/numbers/use-count.ts';
import { type Run, touch } from '#src/webhooks/run.ts';
import type { KnownMessage, KnownReaction } from '#src/webhooks/stored.ts';
import { isAboutTemplate } from '#src/whatsapp/errors.ts';
import type { MetaError, Pricing } from '#src/whatsapp/updates.ts';
import { failure } from './outcome.ts';
import { afterStatus, reportedStatus, statusRank } from './status.ts';
import type { MessageError } from './thread-message.ts';

/** What Meta says about a message on its way. */
export type StatusReport = {
  /** Meta's word for it. */
  status: string;
  at: number;
  errors: MetaError[];
  pricing: Pricing | null;
};

const ANSWERS = ['person', 'api', 'phone_app'];

/** Keeps a status, and moves the message on when it is news and further along than what was known. */
export function progress(run: Run, { id }: KnownMessage, report: StatusReport, isNews: boolean): void {
  const message = run.messages.get(id);
  if (message?.direction !== 'out') {
    return;
  }
  const { status, at, errors, pricing } = report;
  run.made.statuses.push({ messageId: message.id, status, at, data: JSON.stringify({ errors, pricing }) });
  const known = isNews ? reportedStatus(status) : null;
  const moved = known && afterStatus(message, known, reasonOf(report));
  if (errors.some(({ code }) => code === STOPPED_OFFERS)) {
    learnOptOut(run, message.conversationId, message.id, at);
  }
  if (isNews && errors.some(({ code }) => isAboutTemplate(code))) {
    run.made.refusedTemplates += 1;
  }
  const price = priced(message, report, moved !== null);
  if (moved || price) {
    run.messages.change(message.id, { ...moved, ...price });
    touch(run, message.conversationId, { message: message.id });
    countUse(run, message, at);
  }
  if (moved && ANSWERS.includes(message.authorKind)) {
    if (moved.status === 'failed') {
      run.made.failedAnswers.add(message.conversationId);
    } else if (message.status === 'failed') {
      run.made.recoveredAnswers.add(message.id);
    }
  }
}

/** The price comes with more than one status; the one furthest along is right. */
function priced(message: KnownMessage, { pricing }: StatusReport, isFurther: boolean) {
  return pricing && (isFurther || message.pricingType === null)
    ? { pricingType: pricing.type, pricingCategory: pricing.category }
    : null;
}

/** A reaction of ours has one status that counts: Meta reports `sent` or `failed`. */
export function reactionProgress(
  run: Run,
  reaction: KnownReaction,
  report: StatusReport,
  isNews: boolean,
): void {
  const known = isNews ? reportedStatus(report.status) : null;
  const current = { statusRank: statusRank(reaction.status) };
  const moved = known && afterStatus(current, known, reasonOf(report));
  if (moved) {
    run.reactions.change(reaction.id, { status: moved.status, error: moved.error });
    touch(run, reaction.conversationId, { message: reaction.messageId });
  }
}

function reasonOf({ status, errors: [error] }: StatusReport): MessageError | null {
  return status === 'failed' && error ? failure(error.code) : null;
}
