import { afterAll, beforeAll, describe, expect, test } from 'bun:test';
import { inPlainWords } from '#src/whatsapp/errors.ts';
import { plain, said } from './thread-items.ts';
import type { World } from './world.ts';

/**
 * The specification's §9: what an error asks for, by codes of each class and each scope. That every code is of its
 * class is asked beside the table of codes (`whatsapp/errors.test.ts`).
 */
const classes = {
  /** Tried again, later each time. */
  R: [2, 130429, 131057],
  /** Tried once more. */
  once: [1, 131000],
  /** Not before the account, the number or this one customer has rested. */
  rest: [80007, 131048, 131056],
  /** The request is wrong, a template is needed, or this customer cannot be reached. */
  final: [
    100, 131009, 131021, 131053, 131062, 132001, 132015, 131047, 130403, 130472, 131026, 131049, 131050,
    424242,
  ],
  /** An admin has to act for this number. */
  admin: [190, 10, 33, 131045],
  /** An admin has to act for all numbers of the account. */
  account: [131042, 368],
} as const;

/** Enough for all that are written to between two steps of the clock. */
const CUSTOMERS = 20;
const SECOND = 1_000;
const HOUR = 60 * 60 * SECOND;
const PAUSED = /^This number sends nothing at present\. .+\.$/;
const WAITING = 'Waiting to be sent';

/** What an agent reads under a message that has failed with this code. */
function failedWith(code: number): string {
  const { title, whatToDo, whenFailed = whatToDo } = inPlainWords(code);
  return `Not sent Not sent. ${title} ${whenFailed} Meta’s code: ${code}.`;
}

export function errors(ask: () => World): void {
  describe('§9: what WhatsApp refuses', () => {
    let world: World;
    let customers: { phone: string; id: number }[];
    let next = 0;

    beforeAll(async () => {
      world = ask();
      world.simulator.trouble.clear();
      world.simulator.trouble.pauseStatuses();
      customers = [];
      for (let index = 0; index < CUSTOMERS; index += 1) {
        const phone = `+2637760${String(index).padStart(5, '0')}`;
        customers.push({ phone, id: await world.customerWrites(phone, { name: `Customer ${index}` }) });
      }
    });
    afterAll(async () => {
      world.simulator.trouble.clear();
      await world.rest();
    });

    const refuse = (code: number, count = 1) => world.simulator.trouble.failNext(code, { count });
    const requests = () => world.simulator.requests.filter(({ method }) => method === 'POST').length;
    const go = async (after = 0) => {
      world.pass(after);
      world.services.delivery.poke(world.accountId);
      await world.rest();
    };
    /** Answers a customer who has just written; `look` is what an agent reads of the answer. */
    const answer = async (text: string) => {
      next = (next + 1) % CUSTOMERS;
      const { phone, id } = customers[next] ?? { phone: '', id: 0 };
      await world.simulator.customer(phone).say(world.number.phoneNumberId, `About ${text}`);
      await world.settled();
      const message = await world.write(id, text);
      const look = async () => {
        const seen = await world.message(id, message);
        return { status: seen.api.status, said: said(seen).replace(`Ada Lungu ${text}`, '').trim() };
      };
      return { conversation: id, message, look };
    };

    test('what passes is tried again by itself, and arrives', async () => {
      for (const code of classes.R) {
        refuse(code);
        const { look } = await answer(`R ${code}`);
        await world.rest();
        expect([code, (await look()).said]).toEqual([code, WAITING]);
        await go(HOUR);
        expect([code, (await look()).status]).toEqual([code, 'accepted']);
      }
    });

    test('an error that says nothing is tried once more', async () => {
      for (const code of classes.once) {
        refuse(code, 2);
        const { look } = await answer(`once ${code}`);
        await world.rest();
        expect([code, (await look()).said]).toEqual([code, WAITING]);
        await go(10 * SECOND);
        expect([code, (await look()).said]).toEqual([code, failedWith(code)]);
      }
    });

    test('what has to rest goes once it has rested, however often it is refused', async () => {
      for (const code of classes.rest) {
        refuse(code, 2);
        const { look } = await answer(`rest ${code}`);
        await world.rest();
        expect([code, (await look()).said]).toEqual([code, WAITING]);
        const before = requests();
        await go(SECOND);
        expect([code, requests()]).toEqual([code, before]);
        await go(2 * HOUR);
        await go(2 * HOUR);
        expect([code, (await look()).status]).toEqual([code, 'accepted']);
      }
    });

    test('what is final says why and what to do, goes no more, and its customer waits again', async () => {
      // Which of them is refused for what is not for this test to say: that every code is read somewhere is.
      const answers = [];
      for (const code of classes.final) {
        refuse(code);
        answers.push(await answer(`final ${code}`));
      }
      await world.rest();
      const read = await Promise.all(answers.map(({ look }) => look()));
      expect(read.map(({ said }) => said).toSorted()).toEqual(classes.final.map(failedWith).toSorted());
      const waiting = new Set(answers.map(({ conversation }) => conversation));
      const looked = await world.conversations();
      expect(looked.filter(({ id, unanswered }) => waiting.has(id) && !unanswered)).toEqual([]);

      const before = requests();
      await go(HOUR);
      expect(requests()).toBe(before);
    });

    test('what an admin has to settle keeps the queue and says so, and the queue goes when that is done', async () => {
      const other = await world.customerWrites('+263776099999', { name: 'Elsewhere' }, world.second);
      for (const code of [...classes.admin, ...classes.account]) {
        refuse(code);
        const first = await answer(`admin ${code}`);
        await world.rest();
        const behind = await answer(`behind ${code}`);
        const before = requests();
        await go(HOUR);
        expect([code, requests()]).toEqual([code, before]);
        const said = [(await first.look()).said, (await behind.look()).said];
        expect([code, ...said]).toEqual([code, WAITING, WAITING]);
        expect([code, await pauseOn(world, first.conversation)]).toEqual([
          code,
          expect.stringMatching(PAUSED),
        ]);

        await world.simulator.customer('+263776099999').say(world.second.phoneNumberId, 'And here?');
        await world.settled();
        const elsewhere = await world.write(other, `elsewhere ${code}`);
        await world.rest();
        const isAll = classes.account.some((one) => one === code);
        const { status } = (await world.message(other, elsewhere)).api;
        expect([code, status]).toEqual([code, isAll ? 'queued' : 'accepted']);

        await world.reconnect();
        await world.rest();
        const statuses = [(await first.look()).status, (await behind.look()).status];
        expect([code, ...statuses]).toEqual([code, 'accepted', 'accepted']);
        expect([code, await pauseOn(world, first.conversation)]).toEqual([code, '']);
        expect((await world.message(other, elsewhere)).api.status).toBe('accepted');
      }
    });

    test('what is reported after it was taken has failed, whatever its class, and nothing stops for it', async () => {
      const codes = [
        ...classes.R,
        ...classes.once,
        ...classes.rest,
        131026,
        131047,
        ...classes.admin,
        ...classes.account,
      ];
      const answers = [];
      for (const code of codes) {
        answers.push({ code, ...(await answer(`later ${code}`)) });
      }
      await world.rest();
      const timestamp = String(Math.floor(world.now() / 1000));
      const statuses = answers.map(({ code }) => ({
        id: world.simulator.sent.find(({ body }) => textOf(body) === `later ${code}`)?.wamid,
        status: 'failed',
        timestamp,
        errors: [{ code, title: 'Failed' }],
      }));
      await world.hear([{ metadata: { phone_number_id: world.number.phoneNumberId }, statuses }]);
      for (const { code, look } of answers) {
        expect([code, (await look()).said]).toEqual([code, failedWith(code)]);
      }
      const { look } = await answer('and still');
      await world.rest();
      expect((await look()).status).toBe('accepted');
    });
  });
}

/** What a conversation says of its number's pause; nothing while that sends. */
async function pauseOn({ ada }: World, conversation: number): Promise<string> {
  const html = await (await ada.get(`/inbox/all/${conversation}`)).text();
  return plain(/<p class="paused".*?<\/p>/s.exec(html)?.[0] ?? '');
}

const textOf = ({ text }: Record<string, unknown>) => (text as { body: string } | undefined)?.body;
