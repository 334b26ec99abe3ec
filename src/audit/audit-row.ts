import type { Statement } from '#src/db/database.ts';
import type { Inbox } from '#src/db/inbox.ts';
import { audit } from '#src/db/schema/inbox/index.ts';
import type { Viewer } from '#src/people/viewer.ts';

/** Who did it: somebody who asked, the command line, or the program by itself. */
export type Actor = Viewer | { kind: 'command' } | { kind: 'system' };

export type Deed = {
  /** When, in milliseconds. */
  at: number;
  actor: Actor;
  /** A noun and a past verb, for example `number.added`. */
  action: string;
  /** What it was done to, for example `number:42`. */
  object: string;
  /** Before and after; never a secret, never what customers wrote. */
  data?: Record<string, unknown>;
};

/** The audit row of a deed, to be put into the batch that does it: neither exists without the other. */
export function auditRow(inbox: Inbox, { at, actor, action, object, data = {} }: Deed): Statement {
  return inbox.sql.insert(audit).values({
    id: inbox.nextId(),
    at,
    actorKind: actor.kind,
    actorId: idOf(actor),
    action,
    object,
    data: JSON.stringify(data),
    address: 'address' in actor ? actor.address : null,
  });
}

function idOf(actor: Actor): number | null {
  if (actor.kind === 'person') {
    return actor.userId;
  } else if (actor.kind === 'key') {
    return actor.keyId;
  } else {
    return null;
  }
}
