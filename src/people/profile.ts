import { and, eq, sql } from 'drizzle-orm';
import { readTimeZone } from '#src/accounts/time-zone.ts';
import type { Thumbnails } from '#src/attachments/thumbnail/thumbnails.ts';
import { auditRow } from '#src/audit/audit-row.ts';
import type { Control } from '#src/db/control.ts';
import { memberships, users } from '#src/db/schema/control.ts';
import { members } from '#src/db/schema/inbox/index.ts';
import { AccountUnavailable, Invalid, NotFound } from '#src/errors.ts';
import type { Services } from '#src/services.ts';
import { readName, whyNot } from './person.ts';
import { picturePath } from './roster.ts';
import type { Viewer } from './viewer.ts';

type ProfileServices = Pick<Services, 'control' | 'accounts' | 'now' | 'log'>;
type Person = Extract<Viewer, { kind: 'person' }>;

export type Profile = {
  name: string;
  email: string;
  /** Their own; null: times stand on the account's clock. */
  timeZone: string | null;
  picture: string | null;
};

/** What somebody has said of themselves. */
export async function findProfile({ sql: db }: Control, userId: number): Promise<Profile> {
  const [user] = await db
    .select({
      name: users.name,
      email: users.email,
      timeZone: users.timeZone,
      mark: sql<string | null>`hex(substr(${users.picture}, -8))`,
    })
    .from(users)
    .where(eq(users.id, userId))
    .limit(1);
  if (!user) {
    throw new NotFound(`user ${userId}`);
  }
  const { mark, ...profile } = user;
  return { ...profile, picture: picturePath(userId, mark) };
}

/**
 * Changes how somebody is called, in every business they are in, and on which clock they read times; an empty time zone
 * is the account's. Throws `Invalid` (`name`, `time_zone`).
 */
export async function changeProfile(
  services: ProfileServices,
  given: { name: string; timeZone: string },
  viewer: Person,
): Promise<void> {
  const { control } = services;
  const name = readName(given.name);
  const timeZone = given.timeZone.trim() === '' ? null : readTimeZone(given.timeZone);
  const isZone = timeZone !== null || given.timeZone.trim() === '';
  if (!name || !isZone) {
    throw new Invalid({
      ...(name ? {} : { name: whyNot.name }),
      ...(isZone ? {} : { time_zone: 'Choose a time zone from the list, such as Africa/Harare.' }),
    });
  }
  const homes = await control.sql
    .select({ id: memberships.accountId })
    .from(memberships)
    .where(and(eq(memberships.userId, viewer.userId), eq(memberships.state, 'active')));
  for (const { id } of homes) {
    await rename(services, id, name, viewer);
  }
  await control.write('full', [
    control.sql.update(users).set({ name, timeZone }).where(eq(users.id, viewer.userId)),
  ]);
}

async function rename(
  { accounts, now, log }: ProfileServices,
  accountId: number,
  name: string,
  viewer: Person,
): Promise<void> {
  const { userId } = viewer;
  const work = accounts.use(accountId, (inbox) =>
    inbox.turn(async (commit) => {
      const [member] = await inbox.sql.select().from(members).where(eq(members.userId, userId)).limit(1);
      if (!member || member.name === name) {
        return;
      }
      const data = { before: { name: member.name }, after: { name } };
      await commit('full', [
        inbox.sql.update(members).set({ name }).where(eq(members.userId, userId)),
        auditRow(inbox, {
          at: now(),
          actor: viewer,
          action: 'member.renamed',
          object: `user:${userId}`,
          data,
        }),
      ]);
    }),
  );
  await work.catch((error) => {
    if (!(error instanceof AccountUnavailable) || accountId === viewer.accountId) {
      throw error;
    }
    log.warn({ account: accountId }, 'somebody keeps their old name there until they change it again');
  });
}

/** Makes a small square of a picture and keeps it. Throws `Invalid` (`picture`) for what is none. */
export async function setPicture(
  { control, thumbnails }: { control: Control; thumbnails: Thumbnails },
  file: Uint8Array,
  { userId }: Person,
): Promise<void> {
  const made = await thumbnails.make(file, 'square');
  if (made.kind !== 'made') {
    throw new Invalid({
      picture:
        made.kind === 'off'
          ? 'This server cannot read pictures now. Whoever runs it finds the reason in the log.'
          : 'This is not a picture that can be read. Choose a JPEG, PNG or WebP file.',
    });
  }
  const picture = Buffer.from(made.webp);
  await control.write('full', [control.sql.update(users).set({ picture }).where(eq(users.id, userId))]);
}

export async function removePicture(control: Control, { userId }: Person): Promise<void> {
  await control.write('full', [control.sql.update(users).set({ picture: null }).where(eq(users.id, userId))]);
}

/** The picture of somebody who is or was in this account. Throws `NotFound`. */
export async function findPicture(
  { sql: db }: Control,
  userId: number,
  accountId: number,
): Promise<Uint8Array> {
  const [user] = await db
    .select({ picture: users.picture })
    .from(users)
    .innerJoin(memberships, and(eq(memberships.userId, users.id), eq(memberships.accountId, accountId)))
    .where(eq(users.id, userId))
    .limit(1);
  if (!user?.picture) {
    throw new NotFound(`no picture of user ${userId}`);
  }
  return user.picture;
}
