import type { Control } from '#src/db/control.ts';
import type { Statement } from '#src/db/database.ts';
import { mails } from '#src/db/schema/control.ts';
import type { Letter } from './letter.ts';

export type NewMail = {
  /** An e-mail address as it is kept. */
  to: string;
  letter: Letter;
  /** The account it is about; null: about somebody's own sign-in. */
  accountId: number | null;
  at: number;
  /** Where it has to be known beforehand. */
  id?: number;
};

/**
 * A letter, to be put into the batch of what it tells of: neither exists without the other. It is sent by the mail
 * worker, which is told of it by `services.mail.wake()` after the commit.
 */
export function queueMail(control: Control, { to, letter, accountId, at, ...given }: NewMail): Statement {
  const id = given.id ?? control.nextId();
  return control.sql.insert(mails).values({
    id,
    accountId,
    kind: letter.kind,
    recipient: to,
    letter: control.keys.seal(JSON.stringify(letter), `mail/${id}`),
    state: 'queued',
    nextAt: at,
    createdAt: at,
  });
}
