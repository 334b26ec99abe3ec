import type { Answer } from './exchange.ts';
import type { Failure } from './failure.ts';
import { isSuccess } from './outcome.ts';
import { asFields, asWords } from './shape.ts';
import type { Update } from './update.ts';

/** The business portfolio that owns a business account (WABA): BSUIDs are valid within it. */
export type Ownership = { wabaId: string; portfolioId: string };

/** Who owns a business account, as far as an update says it: `waba_info` of `account_update` does. */
export function ownershipIn(update: Update): Ownership | null {
  if (update.kind !== 'account' || update.field !== 'account_update') {
    return null;
  }
  const { business, waba = update.wabaId } = update.facts;
  return typeof business === 'string' ? { wabaId: String(waba), portfolioId: business } : null;
}

/** Of `GET /{waba_id}?fields=owner_business_info`; null when Meta does not say it. */
export function readOwner(answer: Answer | Failure): string | null {
  const waba = isSuccess(answer) ? asFields(answer.json) : null;
  return asWords(asFields(waba?.owner_business_info)?.id);
}
