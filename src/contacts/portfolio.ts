import { auditRow } from '#src/audit/audit-row.ts';
import type { Commit } from '#src/db/database.ts';
import type { Inbox } from '#src/db/inbox.ts';
import { forEachRow } from '#src/db/rows.ts';
import type { LiveChange } from '#src/live/change.ts';
import { changesOf } from '#src/webhooks/journal-rows.ts';
import { loadStoredPeople } from '#src/webhooks/load-stored.ts';
import { beginRun, type Run } from '#src/webhooks/run.ts';
import { statementsOf } from '#src/webhooks/write-run.ts';
import type { Ownership } from '#src/whatsapp/updates.ts';
import { mergePeople } from './merge-people.ts';
import { survivorOf } from './person.ts';

/**
 * Meta has said which business portfolio owns a business account: BSUIDs that were learnt through its numbers count in
 * that portfolio from now on, all in one batch. Whoever has one of them there already, as an earlier version wrote them
 * down, is the same person: the two are merged as if one webhook had named both. An owner that is known is not
 * changed, so that told again it does nothing. Runs inside a turn; gives what changed on screens.
 */
export async function learnPortfolio(
  inbox: Inbox,
  commit: Commit,
  { wabaId, portfolioId }: Ownership,
  now: number,
): Promise<LiveChange[]> {
  const known = inbox.rows('select 1 from numbers where waba_id = ? and portfolio_id is null limit 1', [
    wabaId,
  ]);
  if (known.length === 0) {
    return [];
  }
  const scoped = learntThrough(inbox, { wabaId, portfolioId });
  const { run, twins } = beginTwins(inbox, scoped, portfolioId);
  for (const twin of twins) {
    joinTwin(run, twin, portfolioId, now);
  }
  await commit('full', [
    ...statementsOf(run),
    ...forEachRow(`update identities set scope = ? where ${scoped.where}`, [[portfolioId, ...scoped.values]]),
    ...forEachRow('update numbers set portfolio_id = ? where waba_id = ? and portfolio_id is null', [
      [portfolioId, wabaId],
    ]),
    auditRow(inbox, {
      at: now,
      actor: { kind: 'system' },
      action: 'number.owner_learnt',
      object: `waba:${wabaId}`,
      data: { portfolio_id: portfolioId, merged: run.made.merges.length },
    }),
  ]);
  return changesOf(run);
}

type Scoped = { where: string; values: (string | number)[] };

const UNSCOPED = "kind = 'bsuid' and scope = ''";

/**
 * The BSUIDs that get the portfolio: every one, while all numbers are of it; else those of whom the account's numbers
 * speak with. One who also speaks with a number whose portfolio is not known goes along: if that is another one, they
 * have another BSUID there, and are found by their phone number or begin anew.
 */
function learntThrough(inbox: Inbox, { wabaId, portfolioId }: Ownership): Scoped {
  const others = inbox.rows(
    "select 1 from numbers where waba_id <> ? and coalesce(portfolio_id, '') <> ? limit 1",
    [wabaId, portfolioId],
  );
  return others.length === 0
    ? { where: UNSCOPED, values: [] }
    : { where: `${UNSCOPED} and (${SPOKEN_WITH})`, values: [wabaId, wabaId] };
}

const SPEAKERS = `select contact_id from conversations
  where number_id in (select id from numbers where waba_id = ?)`;
const SPOKEN_WITH = `contact_id in (${SPEAKERS}) or contact_id in (
  select merged_into_id from contacts where merged_into_id is not null and id in (${SPEAKERS}))`;

/** One BSUID that is there twice: without a portfolio, and within it. */
type Twin = { id: number; contactId: number; seenAt: number; twinId: number; twinContactId: number };

function beginTwins(inbox: Inbox, { where, values }: Scoped, portfolioId: string) {
  const rows = inbox.rows(
    `select mine.id, mine.contact_id, mine.seen_at, twin.id, twin.contact_id
     from (select * from identities where retired_at is null and ${where}) as mine
     join identities as twin on twin.kind = 'bsuid' and twin.scope = ? and twin.value = mine.value
       and twin.retired_at is null
     order by mine.id`,
    [...values, portfolioId],
  );
  const twins = rows.map((row): Twin => {
    const [id = 0, contactId = 0, seenAt = 0, twinId = 0, twinContactId = 0] = row.map(Number);
    return { id, contactId, seenAt, twinId, twinContactId };
  });
  const contactIds = twins.flatMap(({ contactId, twinContactId }) => [contactId, twinContactId]);
  const origin = { installId: '', accountId: inbox.accountId, nextId: inbox.nextId };
  return { run: beginRun(loadStoredPeople(inbox, contactIds), origin), twins };
}

/** Nobody has a name twice: the one that was there stays, and the other is kept as one that was given up. */
function joinTwin(run: Run, twin: Twin, portfolioId: string, now: number): void {
  const [one, other] = [survivorOf(run, twin.contactId), survivorOf(run, twin.twinContactId)];
  if (one && other) {
    mergePeople(run, one, other, { why: 'link', at: now });
  }
  run.identities.change(twin.id, { scope: portfolioId, retiredAt: now });
  const seenAt = run.identities.get(twin.twinId)?.seenAt ?? 0;
  run.identities.change(twin.twinId, { seenAt: Math.max(seenAt, twin.seenAt) });
}
