import type { Run } from '#src/webhooks/run.ts';
import { identityKey } from '#src/webhooks/run.ts';
import type { Identity, KnownNumber } from '#src/webhooks/stored.ts';
import type { Sender } from '#src/whatsapp/updates.ts';
import { canonicalPhone } from './phone.ts';

/** An identity as one webhook names it. */
export type Name = Pick<Identity, 'kind' | 'scope' | 'value' | 'asReceived'>;
export type Names = Record<'bsuid' | 'parentBsuid' | 'username' | 'phone', Name | null>;

/** The newest sighting is written down at most once an hour, unless it says something new. */
const SEEN_EVERY_MS = 60 * 60 * 1000;

/** A BSUID counts within the business portfolio of the number; while that is not known, within the account. */
export function namesOf({ bsuid, parentBsuid, username, phone }: Sender, number: KnownNumber): Names {
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

/** Whether this contact is known by another BSUID of the same scope, and so is somebody else. */
export function hasOtherBsuid(run: Run, contactId: number, bsuid: Name | null): boolean {
  return (
    bsuid !== null &&
    run.identities.group(contactId).some(({ kind, scope, value, retiredAt }) => {
      return kind === 'bsuid' && scope === bsuid.scope && value !== bsuid.value && retiredAt === null;
    })
  );
}

/**
 * Attaches to a contact what one webhook says it is called (Meta's own link). Gives the contact that holds the
 * phone number when it is another one, which nothing shows to be somebody else: only a merge can settle that,
 * so the number stays where it is.
 */
export function linkIdentities(run: Run, contactId: number, names: Names, at: number): number | null {
  if (!hasOtherBsuid(run, contactId, names.bsuid)) {
    attach(run, contactId, names.bsuid, at);
  }
  attach(run, contactId, names.parentBsuid, at);
  takeUsername(run, contactId, names.username, at);
  return linkPhone(run, contactId, names, at);
}

/** Adds or renews an identity; one that another contact holds stays there. Gives the other holder. */
function attach(run: Run, contactId: number, name: Name | null, at: number): Identity | null {
  const holder = name && run.identities.find(identityKey(name));
  if (name === null) {
    return null;
  } else if (!holder) {
    run.identities.add({ id: run.nextId(), contactId, ...name, seenAt: at, retiredAt: null });
    return null;
  } else if (holder.contactId !== contactId) {
    return holder;
  } else {
    see(run, holder, name, at);
    return null;
  }
}

function see(run: Run, { id, seenAt, asReceived }: Identity, name: Name, at: number): void {
  const isNew = name.asReceived !== asReceived && at > seenAt;
  if (isNew || at - seenAt >= SEEN_EVERY_MS) {
    run.identities.change(id, { seenAt: at, asReceived: name.asReceived });
  }
}

/** A person has one username at a time, and may take over one that somebody else gave up. */
function takeUsername(run: Run, contactId: number, name: Name | null, at: number): void {
  if (name === null) {
    return;
  }
  const holder = run.identities.find(identityKey(name));
  const own = run.identities
    .group(contactId)
    .filter(
      ({ kind, value, retiredAt }) => kind === 'username' && value !== name.value && retiredAt === null,
    );
  const older = [...own, ...(holder && holder.contactId !== contactId ? [holder] : [])];
  if (older.every(({ seenAt }) => seenAt < at)) {
    for (const { id } of older) {
      run.identities.change(id, { retiredAt: at });
    }
    attach(run, contactId, name, at);
  }
}

function linkPhone(run: Run, contactId: number, names: Names, at: number): number | null {
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
function passOn(run: Run, contactId: number, phone: Name, holder: Identity, at: number): void {
  if (at > holder.seenAt) {
    run.identities.change(holder.id, { retiredAt: at });
    attach(run, contactId, phone, at);
  } else {
    noteHeldElsewhere(run, contactId, phone, at);
  }
}

/** Keeps, as a retired identity, that this contact was seen with the number. False when that was known. */
function noteHeldElsewhere(run: Run, contactId: number, phone: Name, at: number): boolean {
  const isKnown = run.identities
    .group(contactId)
    .some(({ kind, value }) => kind === 'phone' && value === phone.value);
  if (!isKnown) {
    run.identities.add({ id: run.nextId(), contactId, ...phone, seenAt: at, retiredAt: at });
  }
  return !isKnown;
}
