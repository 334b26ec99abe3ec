import { identityKey, type Run, retiredKey } from '#src/webhooks/run.ts';
import type { Identity, KnownContact } from '#src/webhooks/stored.ts';

// A person is a contact and those merged into it: whatever one of them is called, all are.

/** Who this contact now is. */
export function survivorOf(run: Run, contactId = 0): KnownContact | undefined {
  const contact = run.contacts.get(contactId);
  return contact && (run.contacts.get(contact.mergedIntoId ?? contact.id) ?? contact);
}

/** Everything the person is or was called, whichever of their contacts is given. */
export function identitiesOf(run: Run, contactId: number): Identity[] {
  const survivor = survivorOf(run, contactId);
  return run.contacts.group(survivor?.id ?? contactId).flatMap(({ id }) => run.identities.group(id));
}

/** Whether two contacts are one person. */
export function isSame(run: Run, contactId: number, otherId: number): boolean {
  return survivorOf(run, contactId)?.id === survivorOf(run, otherId)?.id;
}

type Name = Pick<Identity, 'kind' | 'scope' | 'value'>;

/** The scope of a BSUID whose portfolio is not known. */
const UNKNOWN_SCOPE = '';

/** Who is called so; nobody, when the name was given up by all who had it. */
export function holderNow(run: Run, name: Name | null): Identity | undefined {
  return name === null ? undefined : meant(run.identities.findAll(identityKey(name)), name).at(-1);
}

/** Who was called so, and gave it up. */
export function formerHolders(run: Run, name: Name): Identity[] {
  return meant(run.identities.findAll(retiredKey(name)), name);
}

/**
 * Of all with this value, those in the scope of the name; else, where the portfolio is not known of one of the two,
 * those that may be in the same: a BSUID names one person in one portfolio, so it is nobody else.
 */
function meant(found: Identity[], { scope }: Name): Identity[] {
  const same = found.filter((identity) => identity.scope === scope);
  return same.length > 0
    ? same
    : found.filter((identity) => scope === UNKNOWN_SCOPE || identity.scope === UNKNOWN_SCOPE);
}

/**
 * Who was called so at a moment (Meta's clock). What was written before somebody gave up a name is theirs, also when
 * it arrives later. A phone number is given to others, a BSUID never.
 */
export function holderAt(run: Run, name: Name | null, at: number): Identity | undefined {
  if (name === null) {
    return undefined;
  }
  const former = formerHolders(run, name).sort((a, b) => retiredAt(a) - retiredAt(b));
  const then = former.find((identity) => at <= retiredAt(identity));
  const last = name.kind === 'bsuid' ? former.at(-1) : undefined;
  const now = holderNow(run, name);
  return name.kind === 'bsuid' ? (now ?? then ?? last) : (then ?? now);
}

const retiredAt = (identity: Identity) => identity.retiredAt ?? 0;

/**
 * Whether the person has a BSUID now and was never called by this one: they are somebody else then. BSUIDs of several
 * portfolios say nothing about each other.
 */
export function hasOtherBsuid(run: Run, contactId: number, bsuid: Name | null): boolean {
  const known = identitiesOf(run, contactId).filter(({ kind }) => kind === 'bsuid');
  return (
    known.some(({ scope, retiredAt }) => scope === bsuid?.scope && retiredAt === null) &&
    known.every(({ value }) => value !== bsuid?.value)
  );
}

/** Whether nothing of the person asks for an answer: one block is enough. */
export function isBlocked(run: Run, contactId: number): boolean {
  return run.contacts.group(contactId).some(({ blockedAt }) => blockedAt !== null);
}
