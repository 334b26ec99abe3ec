import { afterAll, beforeAll, describe, expect, test } from 'bun:test';
import {
  type ConnectedNumber,
  connectNumber,
  newNumberSecrets,
  tellInbox,
} from '#src/demo/connect-number.ts';
import {
  type Answer,
  answerEach,
  customersWrite,
  failedWith,
  holdStill,
  letGo,
  pauseOn,
  readUnder,
  standing,
  tries,
} from './answers.ts';
import { ofToken, type Refusal, refusals } from './refusals.ts';
import { plain } from './thread-items.ts';
import type { World } from './world.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const WAITING = 'Waiting to be sent';
const PAUSED = 'This number sends nothing at present.';

/** Every code of §9 as the answer to a send. As the report about what was taken: `reported.ts`. */
export function errors(ask: () => World): void {
  describe('§9: what WhatsApp refuses', () => {
    let world: World;
    const others: ConnectedNumber[] = [];

    beforeAll(() => {
      world = ask();
      holdStill(world);
    });
    afterAll(async () => {
      await letGo(world);
    });

    const refuse = ({ code, subcode, asks }: Refusal, scope: { to?: string; phoneNumberId?: string }) =>
      world.simulator.trouble.failNext(code, {
        // What is tried once more is refused once more, and what has to rest hears of it twice.
        count: asks === 'once' || asks === 'rest' ? 2 : 1,
        ...(subcode === undefined ? {} : { subcode }),
        ...scope,
      });
    const go = async (after: number) => {
      world.pass(after);
      world.services.delivery.poke(world.accountId);
      await world.rest();
    };
    const standings = (answers: readonly Answer[]) =>
      Promise.all(answers.map((answer) => standing(world, answer)));
    const triesOf = (answers: readonly Answer[]) => answers.map((answer) => tries(world, answer));
    /** Another number of the account, with which nothing was sent yet. */
    const connect = async (code: number) => {
      const { appSecret, verifyToken, wabaId } = world.number;
      const place = String(others.length).padStart(2, '0');
      const number = {
        phoneNumberId: `3000000000000001${place}`,
        wabaId,
        displayPhone: `+1 555 078 40${place}`,
        verifiedName: `Number of ${code}`,
      };
      const secrets = { ...newNumberSecrets(), appSecret, verifyToken };
      others.push(await connectNumber(world, world.simulator, world.accountId, number, secrets));
      return others.at(-1) as ConnectedNumber;
    };
    /** What an admin does about a number once the reason is settled. */
    const settle = (code: number, number: ConnectedNumber) =>
      ofToken.includes(code)
        ? tellInbox(world, world.accountId, number, number)
        : world.ada.post(`/numbers/${number.numberId}/resumption`);

    test('what is about one message or one customer holds up nobody else', async () => {
      const rows = refusals.filter(({ concerns }) => concerns === 'message' || concerns === 'customer');
      const { number } = world;
      const refused = await customersWrite(
        world,
        0,
        rows.map((row) => ({ ...row, number, text: `refused ${row.code}` })),
      );
      for (const row of refused) {
        refuse(row, { to: row.phone });
      }
      const answers = await answerEach(world, refused);
      const isFinal = ({ asks }: Refusal) => asks === 'nothing';
      for (const answer of answers) {
        const { code, says } = answer;
        const expected = isFinal(answer) ? failedWith(code) : WAITING;
        expect([code, await readUnder(world, answer)]).toEqual([code, expected]);
        expect([code, failedWith(code)]).toEqual([code, expect.stringContaining(says)]);
      }
      const somebodyElse = [{ number, text: 'refused nobody' }];
      const other = await answerEach(world, await customersWrite(world, 90, somebodyElse));
      expect(await standings(other)).toEqual(['accepted']);

      await go(SECOND / 2);
      expect(triesOf(answers)).toEqual(answers.map(() => 1));
      await go(MINUTE);
      await go(HOUR);
      const ends = answers.map(({ code, asks }) =>
        asks === 'nothing' || asks === 'once' ? `failed ${code}` : 'accepted',
      );
      expect(await standings(answers)).toEqual(ends);
      const times = { nothing: 1, once: 2, again: 2, rest: 3, admin: 0 };
      expect(triesOf(answers)).toEqual(answers.map(({ asks }) => times[asks]));

      const waiting = (await world.conversations()).filter(({ unanswered }) => unanswered);
      const ids = new Set(waiting.map(({ id }) => id));
      expect(answers.map(({ conversation }) => ids.has(conversation))).toEqual(
        ends.map((end) => end !== 'accepted'),
      );
    });

    test('what is about the account keeps all of its numbers until an admin has acted', async () => {
      const rows = refusals.filter(({ concerns, asks }) => concerns === 'account' && asks === 'admin');
      for (const { row, first, behind } of await waitingPairs(rows, 100, () => world.second)) {
        const { code, says } = row;
        refuse(row, { phoneNumberId: world.number.phoneNumberId });
        const answers = [...(await answerEach(world, [first])), ...(await answerEach(world, [behind]))];
        await go(10 * MINUTE);
        expect([code, ...triesOf(answers)]).toEqual([code, 1, 0]);
        for (const answer of answers) {
          expect([code, await readUnder(world, answer)]).toEqual([code, WAITING]);
          const paused = [code, expect.stringContaining(`${PAUSED} ${says}`)];
          expect([code, await pauseOn(world, answer)]).toEqual(paused);
          await settle(code, answer.number);
        }
        await world.rest();
        expect([code, ...(await standings(answers))]).toEqual([code, 'accepted', 'accepted']);
        expect([code, await pauseOn(world, first)]).toEqual([code, '']);
      }
    });

    test('what the account has to rest for holds up all of its numbers, also one that had sent nothing', async () => {
      const rows = refusals.filter(({ concerns, asks }) => concerns === 'account' && asks === 'rest');
      const own = new Map<Refusal, ConnectedNumber>();
      for (const row of rows) {
        own.set(row, await connect(row.code));
      }
      const pairs = await waitingPairs(rows, 200, (row) => own.get(row) ?? world.second);
      for (const { row, first, behind } of pairs) {
        const { code } = row;
        refuse(row, { phoneNumberId: world.number.phoneNumberId });
        const answers = [...(await answerEach(world, [first])), ...(await answerEach(world, [behind]))];
        await go(SECOND);
        expect([code, ...triesOf(answers)]).toEqual([code, 1, 0]);
        for (const answer of answers) {
          expect([code, await readUnder(world, answer)]).toEqual([code, WAITING]);
        }
        await go(LONG.includes(code) ? 2 * HOUR : 15 * MINUTE);
        await go(LONG.includes(code) ? 2 * HOUR : 15 * MINUTE);
        expect([code, ...(await standings(answers))]).toEqual([code, 'accepted', 'accepted']);
        expect([code, ...triesOf(answers)]).toEqual([code, 3, 1]);
      }
    });

    /** For each of these somebody who wrote to the first number, and somebody who wrote elsewhere. */
    async function waitingPairs(
      rows: readonly Refusal[],
      from: number,
      elsewhere: (row: Refusal) => ConnectedNumber,
    ) {
      const firsts = rows.map((row) => ({ row, number: world.number, text: `refused ${row.code}` }));
      const behinds = rows.map((row) => ({ row, number: elsewhere(row), text: `elsewhere ${row.code}` }));
      const waiting = await customersWrite(world, from, [...firsts, ...behinds]);
      return rows.flatMap((row) => {
        const [first, behind] = waiting.filter((one) => one.row === row);
        return first && behind ? [{ row, first, behind }] : [];
      });
    }

    test('what is about a number holds up that number alone, and says so where an admin has to act', async () => {
      const rows = [];
      for (const [index, row] of refusals.filter(({ concerns }) => concerns === 'number').entries()) {
        const { code, subcode } = row;
        rows.push({
          ...row,
          number: others[index] ?? (await connect(code)),
          text: `number ${code}/${subcode ?? 0}`,
        });
      }
      const afters = rows.map((row) => ({ ...row, text: `after ${row.text}` }));
      const elsewhere = [{ number: world.number, text: 'elsewhere' }];
      const waiting = await customersWrite(world, 300, [...rows, ...afters]);
      for (const row of rows) {
        refuse(row, { phoneNumberId: row.number.phoneNumberId });
      }
      const firsts = await answerEach(world, waiting.slice(0, rows.length));
      const behinds = await answerEach(world, waiting.slice(rows.length));
      const answers = [...firsts, ...behinds];
      const other = await answerEach(world, await customersWrite(world, 390, elsewhere));
      expect(await standings(other)).toEqual(['accepted']);
      expect(await standings(answers)).toEqual(answers.map(() => 'queued'));
      expect(triesOf(behinds)).toEqual(behinds.map(() => 0));

      await go(2 * HOUR);
      await go(2 * HOUR);
      expect(await standings(answers)).toEqual(
        answers.map(({ asks }) => (asks === 'admin' ? 'queued' : 'accepted')),
      );
      // Of two that waited it may be either that is refused the second time.
      const times = { nothing: 0, once: 0, again: 3, rest: 4, admin: 1 };
      const tried = behinds.map((behind, index) => tries(world, behind) + (triesOf(firsts)[index] ?? 0));
      expect(tried).toEqual(firsts.map(({ asks }) => times[asks]));

      const list = plain(await (await world.ada.get('/numbers')).text());
      for (const { code, asks, says, conversation, number } of firsts) {
        const isToken = ofToken.includes(code);
        const agents = isToken ? 'WhatsApp does not accept its access token any more.' : says;
        const admins = isToken ? 'WhatsApp refused its access token.' : says;
        const { verifiedName, displayPhone } = number;
        const paused = `${verifiedName} Sending is paused ${displayPhone} ${admins}`;
        expect([code, list.includes(paused)]).toEqual([code, asks === 'admin']);
        const expected = asks === 'admin' ? expect.stringContaining(`${PAUSED} ${agents}`) : '';
        expect([code, await pauseOn(world, { conversation })]).toEqual([code, expected]);
        await (asks === 'admin' ? settle(code, number) : null);
      }
      await world.rest();
      expect(await standings(answers)).toEqual(answers.map(() => 'accepted'));
      expect(plain(await (await world.ada.get('/numbers')).text())).not.toContain('Sending is paused');
    });
  });
}

/** An hour is how long Meta lets one wait for these. */
const LONG = [131064];
