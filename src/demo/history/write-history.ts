import { inArray } from 'drizzle-orm';
import type { RunningServer } from '#src/cli/running-server.ts';
import type { Inbox } from '#src/db/inbox.ts';
import { messages } from '#src/db/schema/inbox/index.ts';
import type { Customer, Simulator } from '#src/simulator/simulator.ts';
import { intakeIdle, wakeIntake } from '#src/webhooks/intake.ts';
import { type ArrivedChange, appendToJournal, arrivedChange } from '#src/webhooks/journal.ts';
import { routingOf } from '#src/webhooks/routing.ts';
import { readChanges } from '#src/whatsapp/payload.ts';
import { customerNamed } from '../customers.ts';
import { numbers } from '../shop.ts';
import type { Agent } from '../story.ts';
import { readTalks, type Talk } from './read-talks.ts';
import { type Heard, teamStatements } from './team-rows.ts';
import { type Turn, turnsOf } from './turns.ts';

type Place = {
  server: Pick<RunningServer, 'services'>;
  simulator: Simulator;
  inbox: Inbox;
  userIds: Readonly<Record<Agent, number>>;
};

/** All that a customer and the team said to each other on one number, oldest first. */
type Past = { customer: Customer; phoneNumberId: string; turns: Turn[]; answeredCase: number | null };

/**
 * Writes what happened before the stories. Customers' words go through the journal and are understood like
 * anything that arrives; what the team did is written as it would stand now. In rounds, one turn of every
 * conversation at a time: a month takes a few batches.
 */
export async function writeHistory(place: Place, written: readonly string[], now: number): Promise<void> {
  const past = pastOf(place.simulator, written.flatMap(readTalks), now);
  const rounds = Math.max(...past.map(({ turns }) => turns.length));
  for (let round = 0; round < rounds; round++) {
    const heard = await hear(place, past, round);
    const everybody = Object.values(place.userIds);
    await place.inbox.write('normal', teamStatements(place.inbox, heard, everybody));
  }
}

function pastOf(simulator: Simulator, talks: readonly Talk[], now: number): Past[] {
  const conversations = Map.groupBy(talks, ({ who, on }) => `${who} ${on}`);
  return [...conversations.values()].flatMap((of) => {
    const [first] = of;
    if (!first) {
      return [];
    }
    const { phone, profile } = customerNamed(first.who);
    const turns = of.toSorted((one, other) => other.daysAgo - one.daysAgo);
    return {
      customer: simulator.customer(phone, profile),
      phoneNumberId: numbers[first.on].phoneNumberId,
      turns: turns.flatMap((talk) => turnsOf(talk, now)),
      answeredCase: null,
    };
  });
}

/** Lets every conversation's customer speak, and has it understood. */
async function hear(
  { server, inbox, userIds }: Place,
  past: readonly Past[],
  round: number,
): Promise<Heard[]> {
  const { services } = server;
  const routing = await routingOf(services.control);
  const changes: ArrivedChange[] = [];
  const spoken = new Map<string, { of: Past; turn: Turn }>();
  for (const of of past) {
    const turn = of.turns[round];
    for (const { text, at } of turn?.said ?? []) {
      const { wamid, body } = of.customer.wrote(of.phoneNumberId, text, { at });
      const appId = routing.routes.get(of.phoneNumberId)?.appId ?? 0;
      changes.push(...readChanges(body).map((change) => arrivedChange(change, appId, at)));
      if (turn && text === turn.said.at(-1)?.text) {
        spoken.set(wamid, { of, turn });
      }
    }
  }
  await appendToJournal(inbox, changes);
  wakeIntake(services, inbox);
  await intakeIdle(inbox);

  const rows = await inbox.sql
    .select()
    .from(messages)
    .where(inArray(messages.wamid, [...spoken.keys()]));
  return rows.flatMap((row) => {
    const said = spoken.get(row.wamid ?? '');
    return said && row.caseId !== null ? answer(said, { ...row, caseId: row.caseId }, userIds) : [];
  });
}

type Last = { id: number; conversationId: number; numberId: number; caseId: number };

function answer(
  { of, turn }: { of: Past; turn: Turn },
  { id, conversationId, numberId, caseId }: Last,
  userIds: Place['userIds'],
): Heard {
  const isNew = of.answeredCase !== caseId;
  of.answeredCase = caseId;
  const wamids = turn.done.map(({ from, text, at }) =>
    from === 'agent' ? of.customer.heard(of.phoneNumberId, text, { at }) : '',
  );
  const userId = userIds[turn.by];
  return { turn, userId, conversationId, numberId, caseId, heardId: id, isNew, wamids };
}
