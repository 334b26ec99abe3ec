import { and, asc, eq } from 'drizzle-orm';
import type { Control } from '#src/db/control.ts';
import { passkeys } from '#src/db/schema/control.ts';
import { Invalid, NotFound } from '#src/errors.ts';
import { readName, whyNot } from '#src/people/person.ts';
import { changeCredentials } from './credentials.ts';
import type { DoorServices } from './door-services.ts';
import { loadSecondFactor, sealSecondFactor } from './second-factor.ts';
import { letterTo, record, type Self } from './tell-owner.ts';

/** A passkey as its owner sees it. */
export type Passkey = { id: number; name: string; createdAt: number; usedAt: number | null };

export type PasskeyRow = typeof passkeys.$inferSelect;

export async function passkeysOf({ sql: db }: Control, userId: number): Promise<PasskeyRow[]> {
  return db.select().from(passkeys).where(eq(passkeys.userId, userId)).orderBy(asc(passkeys.id));
}

export async function listPasskeys(control: Control, userId: number): Promise<Passkey[]> {
  const rows = await passkeysOf(control, userId);
  return rows.map(({ id, name, createdAt, usedAt }) => ({ id, name, createdAt, usedAt }));
}

type Mine = { viewer: Self; sessionHash: string };

/** Throws `NotFound` for a passkey that is not theirs, `Invalid` (`name`). */
export async function renamePasskey(
  services: DoorServices,
  { viewer }: Mine,
  { id, name: given }: { id: number; name: string },
): Promise<void> {
  const { control } = services;
  const passkey = await findOwn(control, viewer, id);
  const name = readName(given);
  if (name === null) {
    throw new Invalid({ name: whyNot.name });
  }
  await record(services, viewer, 'passkey.renamed', { before: { name: passkey.name }, after: { name } });
  await control.write('full', [control.sql.update(passkeys).set({ name }).where(ownId(viewer, id))]);
}

/** Takes a passkey away; all other sessions end. Throws `NotFound` for a passkey that is not theirs. */
export async function removePasskey(
  services: DoorServices,
  { viewer, sessionHash }: Mine,
  id: number,
): Promise<void> {
  const { control, mail, now } = services;
  const { userId } = viewer;
  const { name } = await findOwn(control, viewer, id);
  await record(services, viewer, 'passkey.removed', { name });
  const isTold = await control.turn(async (commit) => {
    const factor = await loadSecondFactor(control, userId);
    const others = (await passkeysOf(control, userId)).filter((one) => one.id !== id);
    const keeps = factor !== null && (factor.secret !== null || others.length > 0);
    const secondFactor = keeps ? sealSecondFactor(control, userId, factor) : null;
    const letters = await letterTo(services, userId, {
      kind: 'second-factor-changed',
      change: keeps ? 'passkey-removed' : 'last-passkey-removed',
      at: now(),
    });
    await commit('full', [
      control.sql.delete(passkeys).where(ownId(viewer, id)),
      ...changeCredentials(control, { userId, sessionHash }, { secondFactor }),
      ...letters,
    ]);
    return letters.length > 0;
  });
  if (isTold) {
    mail?.wake();
  }
  await services.live.revalidate(userId);
}

async function findOwn({ sql: db }: Control, viewer: Self, id: number): Promise<PasskeyRow> {
  const [passkey] = await db.select().from(passkeys).where(ownId(viewer, id)).limit(1);
  if (!passkey) {
    throw new NotFound('no passkey of theirs has this id');
  }
  return passkey;
}

const ownId = ({ userId }: Self, id: number) => and(eq(passkeys.id, id), eq(passkeys.userId, userId));
