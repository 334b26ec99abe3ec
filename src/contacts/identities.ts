import type { Run } from '#src/webhooks/run.ts';
import type { Identity, KnownNumber } from '#src/webhooks/stored.ts';
import type { Sender } from '#src/whatsapp/updates.ts';
import { formerHolders, hasOtherBsuid, holderNow, identitiesOf, isSame } from './person.ts';
import { canonicalPhone } from './phone.ts';

/** An identity as one webhook names it. */
export type Name = Pick<Identity, 'kind' | 'scope' | 'value' | 'asReceived'>;
export type Names = Record<'bsuid' | 'parentBsuid' | 'username' | 'phone', Name | null>;

type Called = Pick<Sender, 'phone' | 'bsuid' | 'parentBsuid'> & { username?: string | null };

/** The newest sighting is written down at most once an hour, unless it says something new. */
const SEEN_EVERY_MS = 60 * 60 * 1000;

/** A BSUID counts within the business portfolio of the number; while that is not known, within any. */
export function namesOf(
  { bsuid, parentBsuid, username = null, phone }: Called,
  number: Pick<KnownNumber, 'portfolioId'>,
): Names {
  const name = (
    kind: Name['kind'],
    scope: string,
    asReceived: string | null,
    value = asReceived,
  ): Name | null => (asReceived === null || value === null ? null : { kind, scope, value, asReceived });
  return {
    bsuid: name('bsuid', number.portfolioId ?? '', bsuid),
    parentBsuid: name('parent_bsuid', '', parentBsuid),
    username: name('username', '', username, username?.toLowerCase()),
    phone: name('phone', '', phone, phone && canonicalPhone(phone)),
  };
}

/**
 * Attaches to a person what one webhook says they are called (Meta's own link). Gives the contact that holds the
 * phone number when it is another one, which nothing shows to be somebody else and which was parted from this one by
 * a person: the number stays where it is.
 */
export function linkIdentities(run: Run, contactId: number, names: Names, at: number): number | null {
  if (!hasOtherBsuid(run, contactId, names.bsuid)) {
    attach(run, contactId, names.bsuid, at);
  }
  attach(run, contactId, names.parentBsuid, at);
  takeUsername(run, contactId, names.username, at);
  return linkPhone(run, contactId, names, at);
}

/** Adds, renews or revives an identity; one that somebody else holds stays there. Gives the other holder. */
export function attach(run: Run, contactId: number, name: Name | null, at: number): Identity | null {
  if (name === null) {
    return null;
  }
  const holder = holderNow(run, name);
  if (holder && !isSame(run, holder.contactId, contactId)) {
    return holder;
  } else if (holder) {
    see(run, holder, name, at);
  } else {
    revive(run, contactId, name, at);
  }
  return null;
}

function see(run: Run, identity: Identity, name: Name, at: number): void {
  const { id, seenAt, asReceived } = identity;
  const scope = scopeOf(identity, name);
  const isNew = name.asReceived !== asReceived && at > seenAt;
  if (isNew || at - seenAt >= SEEN_EVERY_MS || scope !== identity.scope) {
    run.identities.change(id, { scope, seenAt: Math.max(seenAt, at), asReceived: name.asReceived });
  }
}

/** The portfolio of a BSUID is known once it was seen on one of its numbers. */
const scopeOf = (identity: Identity, name: Name) => name.scope || identity.scope;

/** What the person gave up is theirs again only when they are seen with it after that. */
function revive(run: Run, contactId: number, name: Name, at: number): void {
  const [former] = formerly(run, contactId, name);
  if (!former) {
    run.identities.add({ id: run.nextId(), contactId, ...name, seenAt: at, retiredAt: null });
  } else if (at > (former.retiredAt ?? 0)) {
    const scope = scopeOf(former, name);
    run.identities.change(former.id, { scope, retiredAt: null, seenAt: at, asReceived: name.asReceived });
  }
}

/** The person's own that they gave up, the last one first. */
function formerly(run: Run, contactId: number, name: Name): Identity[] {
  return formerHolders(run, name)
    .filter((identity) => isSame(run, identity.contactId, contactId))
    .sort((a, b) => (b.retiredAt ?? 0) - (a.retiredAt ?? 0));
}

/** The person is not called so any more since a moment. What they were seen with later stays. */
export function retire(run: Run, contactId: number, name: Name | null, at: number): void {
  if (name === null) {
    return;
  }
  const holder = holderNow(run, name);
  if (holder && isSame(run, holder.contactId, contactId)) {
    if (holder.seenAt <= at) {
      run.identities.change(holder.id, { retiredAt: at });
    }
  } else if (formerly(run, contactId, name).length === 0) {
    run.identities.add({ id: run.nextId(), contactId, ...name, seenAt: at, retiredAt: at });
  }
}

/** A person has one username at a time, and may take over one that somebody else gave up. */
function takeUsername(run: Run, contactId: number, name: Name | null, at: number): void {
  if (name === null) {
    return;
  }
  const holder = holderNow(run, name);
  const own = identitiesOf(run, contactId).filter(
    ({ kind, value, retiredAt }) => kind === 'username' && value !== name.value && retiredAt === null,
  );
  const older = [...own, ...(holder && !isSame(run, holder.contactId, contactId) ? [holder] : [])];
  if (older.every(({ seenAt }) => seenAt < at)) {
    for (const { id } of older) {
      run.identities.change(id, { retiredAt: at });
    }
    attach(run, contactId, name, at);
  }
}

/** As `linkIdentities`, for the phone number alone. */
export function linkPhone(run: Run, contactId: number, names: Names, at: number): number | null {
  const { phone, bsuid } = names;
  const holder = attach(run, contactId, phone, at);
  if (phone === null || holder === null) {
    return null;
  } else if (hasOtherBsuid(run, holder.contactId, bsuid)) {
    passOn(run, contactId, phone, holder, at);
    return null;
  } else {
    return noteHeldElsewhere(run, contactId, phone, at) ? holder.contactId : null;
  }
}

/** The number has a new owner: it goes to whoever was seen with it last. */
export function passOn(run: Run, contactId: number, phone: Name, holder: Identity, at: number): void {
  if (at > holder.seenAt) {
    run.identities.change(holder.id, { retiredAt: at });
    attach(run, contactId, phone, at);
  } else {
    noteHeldElsewhere(run, contactId, phone, at);
  }
}

/** Keeps, as a retired identity, that this person was seen with the number. False when that was known. */
function noteHeldElsewhere(run: Run, contactId: number, phone: Name, at: number): boolean {
  const isKnown = formerly(run, contactId, phone).length > 0;
  if (!isKnown) {
    run.identities.add({ id: run.nextId(), contactId, ...phone, seenAt: at, retiredAt: at });
  }
  return !isKnown;
}
