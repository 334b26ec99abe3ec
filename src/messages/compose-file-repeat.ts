import { and, asc, eq, inArray } from 'drizzle-orm';
import { uploaderOf } from '#src/attachments/find-file.ts';
import type { Inbox } from '#src/db/inbox.ts';
import { attachments, files, messages } from '#src/db/schema/inbox/index.ts';
import type { Viewer } from '#src/people/viewer.ts';
import type { NewMessage } from './compose.ts';

/** By the id that a file of a request has: the id that the same file had when the message was written. */
export type FirstIds = ReadonlyMap<number, number>;

/**
 * A form without scripts brings its file anew each time it is sent, and the file gets a new id with each. So that the
 * repeat of a form is known for one, a file of the viewer's stands for the file that the message under this key has in
 * its place, if it has the same bytes, name and type. Empty when there is no such message, and for programs, which name
 * a file by the id they were given: to them it is part of the body.
 */
export async function findFirstIds(
  inbox: Inbox,
  { key, keyOwner, origin }: Pick<NewMessage, 'key' | 'keyOwner' | 'origin'>,
  ids: readonly number[],
  viewer: Viewer,
): Promise<FirstIds> {
  if (ids.length === 0 || origin !== 'inbox') {
    return new Map();
  }
  const { sql: db } = inbox;
  const first = await db
    .select(whole)
    .from(messages)
    .innerJoin(attachments, eq(attachments.messageId, messages.id))
    .innerJoin(files, eq(files.id, attachments.fileId))
    .where(and(eq(messages.keyOwner, keyOwner), eq(messages.idempotencyKey, key)))
    .orderBy(asc(attachments.position));
  if (first.length !== ids.length) {
    return new Map();
  }
  const own = and(inArray(files.id, [...ids]), eq(files.uploadedBy, uploaderOf(viewer)));
  const given = await db.select(whole).from(files).where(own);
  return new Map(
    ids.flatMap((id, place) => {
      const [one, other] = [given.find((file) => file.id === id), first[place]];
      return one && other && isSame(one, other) ? [[id, other.id] as const] : [];
    }),
  );
}

const whole = { id: files.id, sha256: files.sha256, name: files.name, mime: files.mime };
type Whole = { id: number; sha256: string | null; name: string | null; mime: string };

const isSame = (one: Whole, other: Whole): boolean =>
  one.sha256 !== null &&
  one.sha256 === other.sha256 &&
  one.name === other.name &&
  one.mime === other.mime;
