import { and, eq, isNull, sql } from 'drizzle-orm';
import { type Actor, auditRow } from '#src/audit/audit-row.ts';
import type { Statement } from '#src/db/database.ts';
import type { Inbox } from '#src/db/inbox.ts';
import { numbers, phoneImports } from '#src/db/schema/inbox/index.ts';
import type { NewNumber } from './new-number.ts';
import { openToken, sealToken } from './number-token.ts';

export type Connected = { numberId: number; isNew: boolean };

type NumberRow = typeof numbers.$inferSelect;
type Connection = { given: NewNumber; name: string; actor: Actor; at: number };

/**
 * Writes the number into its account: a new one, or the token of one that is there already. A number that was
 * paused or restricted goes on: for whatever reason it was, somebody has just seen to it, and Meta pauses it again if not.
 * Its phone may be asked once more, since Meta grants that anew, or says that it does not.
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
      ...(known ? reconnected(inbox, known, connection) : [inserted(inbox, numberId, connection)]),
      ...ofItsOwner(inbox, numberId, given.waba_id),
      auditRow(inbox, {
        at,
        actor,
        action: known ? 'number.reconnected' : 'number.added',
        object: `number:${numberId}`,
        data: { phone_number_id: given.phone_number_id, ...whatChanged(inbox, known, connection) },
      }),
    ]);
    return { numberId, isNew: known === undefined };
  });
}

/** What the trail keeps of it: of the token only whether it is another one. */
function whatChanged(inbox: Inbox, known: NumberRow | undefined, { given, name }: Connection) {
  const after = {
    name,
    display_phone: given.display_phone_number,
    waba_id: given.waba_id,
    state: 'live',
    paused_for: null,
  };
  if (!known) {
    return { after };
  }
  const before = {
    name: known.name,
    display_phone: known.displayPhone,
    waba_id: known.wabaId,
    state: known.state,
    paused_for: known.pausedFor,
  };
  const isSame = openToken(inbox, known) === given.access_token;
  return { before, after, ...(isSame ? {} : { replaced: ['access_token'] }) };
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

function reconnected(inbox: Inbox, known: NumberRow, { given, name }: Connection): Statement[] {
  const row = inbox.sql
    .update(numbers)
    .set({
      wabaId: given.waba_id,
      // Who owned its former business account says nothing about this one.
      portfolioId: known.wabaId === given.waba_id ? known.portfolioId : null,
      displayPhone: given.display_phone_number,
      name,
      token: sealToken(inbox, known.id, given.access_token),
      state: 'live',
      pausedFor: null,
      startsForbiddenUntil: null,
      answersForbiddenUntil: null,
    })
    .where(eq(numbers.id, known.id));
  return [row, inbox.sql.delete(phoneImports).where(eq(phoneImports.numberId, known.id))];
}

/** A number belongs to the business portfolio of its business account, if another number has told that. */
function ofItsOwner({ sql: db }: Inbox, id: number, wabaId: string): Statement[] {
  const owner = sql`(
    select other.portfolio_id from numbers as other
    where other.waba_id = ${wabaId} and other.portfolio_id is not null limit 1
  )`;
  return [
    db
      .update(numbers)
      .set({ portfolioId: owner })
      .where(and(eq(numbers.id, id), isNull(numbers.portfolioId))),
  ];
}

/** Takes back a number that was written just now and belongs to somebody else after all. */
export async function disconnectNumber(
  inbox: Inbox,
  numberId: number,
  { actor, at }: Pick<Connection, 'actor' | 'at'>,
): Promise<void> {
  await inbox.write('full', [
    inbox.sql.update(numbers).set({ state: 'disconnected' }).where(eq(numbers.id, numberId)),
    auditRow(inbox, {
      at,
      actor,
      action: 'number.disconnected',
      object: `number:${numberId}`,
      data: { before: { state: 'live' }, after: { state: 'disconnected' } },
    }),
  ]);
}
