import { eq } from 'drizzle-orm';
import { type Actor, auditRow } from '#src/audit/audit-row.ts';
import type { Statement } from '#src/db/database.ts';
import type { Inbox } from '#src/db/inbox.ts';
import { numbers } from '#src/db/schema/inbox/index.ts';
import type { NewNumber } from './new-number.ts';
import { sealToken } from './number-token.ts';

export type Connected = { numberId: number; isNew: boolean };

type Connection = { given: NewNumber; name: string; actor: Actor; at: number };

/**
 * Writes the number into its account: a new one, or the token of one that is there already. A number that was
 * paused goes on: for whatever reason it was, somebody has just seen to it, and Meta pauses it again if not.
 */
export async function connectNumber(inbox: Inbox, connection: Connection): Promise<Connected> {
  const { given, actor, at } = connection;
  return inbox.turn(async (commit) => {
    const [known] = await inbox.sql
      .select()
      .from(numbers)
      .where(eq(numbers.phoneNumberId, given.phone_number_id))
      .limit(1);
    const numberId = known?.id ?? inbox.nextId();
    await commit('full', [
      known ? reconnected(inbox, known, connection) : inserted(inbox, numberId, connection),
      auditRow(inbox, {
        at,
        actor,
        action: known ? 'number.reconnected' : 'number.added',
        object: `number:${numberId}`,
        data: { phone_number_id: given.phone_number_id },
      }),
    ]);
    return { numberId, isNew: known === undefined };
  });
}

function inserted(inbox: Inbox, id: number, { given, name, at }: Connection): Statement {
  return inbox.sql.insert(numbers).values({
    id,
    phoneNumberId: given.phone_number_id,
    wabaId: given.waba_id,
    displayPhone: given.display_phone_number,
    name,
    token: sealToken(inbox, id, given.access_token),
    state: 'live',
    connectedAt: at,
  });
}

function reconnected(
  inbox: Inbox,
  known: typeof numbers.$inferSelect,
  { given, name }: Connection,
): Statement {
  return inbox.sql
    .update(numbers)
    .set({
      wabaId: given.waba_id,
      displayPhone: given.display_phone_number,
      name,
      token: sealToken(inbox, known.id, given.access_token),
      state: 'live',
      pausedFor: null,
    })
    .where(eq(numbers.id, known.id));
}

/** Takes back a number that was written just now and belongs to somebody else after all. */
export async function disconnectNumber(inbox: Inbox, numberId: number): Promise<void> {
  await inbox.write('full', [
    inbox.sql.update(numbers).set({ state: 'disconnected' }).where(eq(numbers.id, numberId)),
  ]);
}
