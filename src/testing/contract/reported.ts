import { afterAll, beforeAll, describe, expect, test } from 'bun:test';
import { asFragment } from '../client.ts';
import {
  type Answer,
  answerEach,
  customersWrite,
  failedWith,
  holdStill,
  letGo,
  readUnder,
  standing,
  textIn,
  tries,
  under,
} from './answers.ts';
import { wholePage } from './fields.ts';
import { ofTemplates, onlyReported, refusals } from './refusals.ts';
import { plain } from './thread-items.ts';
import type { World } from './world.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const CUSTOMERS = 12;
const NO_OFFERS = 'Offers not wanted, since';

/** Every code of §9 as the `failed` status of something WhatsApp had taken, and what a refusal changes beside the message. */
export function reported(ask: () => World): void {
  describe('§9: what WhatsApp takes and does not deliver', () => {
    let world: World;

    beforeAll(async () => {
      world = ask();
      await world.services.templates.idle();
      holdStill(world);
    });
    afterAll(async () => {
      await letGo(world);
      await world.services.templates.idle();
    });

    /** Meta reports each of them as failed with its code, all in one POST. */
    const report = async (answers: readonly (Answer & { code: number })[]) => {
      const wamids = new Map(world.simulator.sent.map(({ body, wamid }) => [textIn(body), wamid]));
      const timestamp = String(Math.floor(world.now() / 1000));
      const values = [world.number, world.second].map(({ phoneNumberId }) => ({
        metadata: { phone_number_id: phoneNumberId },
        statuses: answers
          .filter(({ number }) => number.phoneNumberId === phoneNumberId)
          .map(({ code, text }) => ({
            id: wamids.get(text),
            status: 'failed',
            timestamp,
            errors: [{ code, title: 'Failed', error_data: { details: 'Failed' } }],
          })),
      }));
      await world.hear(values);
    };
    /** Somebody has just written, and is answered with each of these texts. */
    const answerOne = async (place: number, ...texts: string[]) => {
      const [customer] = await customersWrite(world, place, [{ number: world.number }]);
      const answers = customer
        ? await answerEach(
            world,
            texts.map((text) => ({ ...customer, text })),
          )
        : [];
      return answers[0] ?? expect.unreachable();
    };
    const page = async ({ conversation }: Answer) =>
      plain(await (await world.ada.get(`/inbox/all/${conversation}`, asFragment)).text());

    test('it has failed whatever its class, says why and what to do, and nothing else stops for it', async () => {
      const rows = [...refusals, ...onlyReported].filter(({ subcode }) => subcode === undefined);
      const numbers = Array.from({ length: CUSTOMERS }, (_, index) => ({
        number: index % 2 === 0 ? world.number : world.second,
      }));
      const customers = await customersWrite(world, 400, numbers);
      const asked = customers.flatMap((customer, place) =>
        rows
          .filter((_, index) => index % CUSTOMERS === place)
          .map((row) => ({ ...customer, ...row, text: `reported ${row.code}` })),
      );
      const answers = await answerEach(world, asked);
      await report(answers);

      const items = (
        await Promise.all(customers.map(({ conversation }) => world.thread(conversation)))
      ).flat();
      for (const { code, says, message, text } of answers) {
        const item = items.find(({ id }) => id === `message-${message}`);
        expect([code, item && under(item, text)]).toEqual([code, failedWith(code)]);
        expect([code, failedWith(code)]).toEqual([code, expect.stringContaining(says)]);
      }
      const unanswered = (await world.conversations()).filter((one) => one.unanswered).map(({ id }) => id);
      expect(unanswered).toEqual(expect.arrayContaining(customers.map(({ conversation }) => conversation)));

      world.pass(HOUR);
      world.services.delivery.poke(world.accountId);
      await world.rest();
      expect(answers.map((answer) => tries(world, answer))).toEqual(answers.map(() => 1));
      expect(await wholePage(world, '/numbers')).not.toContain('Sending is paused');
      expect(await standing(world, await answerOne(420, 'and still'))).toBe('accepted');

      const told = new Map<object, string>();
      for (const number of [world.number, world.second]) {
        told.set(number, await wholePage(world, `/numbers/${number.numberId}`));
      }
      for (const { code, says, number } of answers.filter(({ asks }) => asks === 'admin')) {
        expect([code, told.get(number)]).toEqual([code, expect.stringContaining(says)]);
      }
    });

    test('who has stopped offers wants none from then on, and whoever else is not reached still does', async () => {
      const told = [];
      for (const [place, code] of [131050, 131049].entries()) {
        world.simulator.trouble.failNext(code);
        told.push(await answerOne(430 + place, `not wanted ${code}`));
        const answer = { ...(await answerOne(440 + place, `reported as not wanted ${code}`)), code };
        await report([answer]);
        told.push(answer);
      }
      const wanted = [];
      for (const answer of told) {
        wanted.push(!(await page(answer)).includes(NO_OFFERS));
      }
      expect(wanted).toEqual([false, false, true, true]);
    });

    test('a refused template is read anew, whether it was refused at once or is reported', async () => {
      const lists = () =>
        world.simulator.requests.filter(({ path }) => path.endsWith('/message_templates')).length;
      const isReadAnew = async (refused: () => Promise<unknown>) => {
        world.pass(2 * MINUTE);
        const before = lists();
        await refused();
        await world.services.templates.idle();
        return lists() > before;
      };
      const found = [];
      const [customer = expect.unreachable()] = await customersWrite(world, 450, [{ number: world.number }]);
      for (const code of [...ofTemplates, 131026]) {
        const texts = [`template ${code}`, `template reported ${code}`];
        const answer = (text: string | undefined) =>
          answerEach(world, [{ ...customer, code, text: text ?? '' }]);
        world.simulator.trouble.failNext(code);
        const atOnce = await isReadAnew(() => answer(texts[0]));
        const taken = await answer(texts[1]);
        found.push([code, atOnce, await isReadAnew(() => report(taken))]);
      }
      expect(found).toEqual([...ofTemplates.map((code) => [code, true, true]), [131026, false, false]]);
    });

    test('who is blocked at WhatsApp alone can be written to again as the message says', async () => {
      const { simulator, number, ada } = world;
      const refused = await answerOne(460, 'before');
      const block_users = [{ user: refused.phone }];
      await fetch(`${simulator.url}/v25.0/${number.phoneNumberId}/block_users`, {
        method: 'POST',
        headers: { authorization: `Bearer ${number.accessToken}`, 'content-type': 'application/json' },
        body: JSON.stringify({ messaging_product: 'whatsapp', block_users }),
      });
      const [blocked = expect.unreachable()] = await answerEach(world, [
        { ...refused, text: 'while blocked' },
      ]);
      expect(await readUnder(world, blocked)).toBe(failedWith(130403));

      const { contact } = await world.conversationWith(refused.phone);
      await ada.post(`/contacts/${contact.id}/blocking`);
      await ada.post(`/contacts/${contact.id}/unblocking`);
      const [after = expect.unreachable()] = await answerEach(world, [
        { ...refused, text: 'no longer blocked' },
      ]);
      expect(await standing(world, after)).toBe('accepted');
    });

    test('what WhatsApp blocks only in part is blocked here, and the thread says so', async () => {
      const { simulator, number, ada } = world;
      const answer = await answerOne(470, 'to be blocked');
      const { contact } = await world.conversationWith(answer.phone);
      const scope = { on: 'other', phoneNumberId: number.phoneNumberId } as const;
      simulator.trouble.failNext(139100, scope);
      await ada.post(`/contacts/${contact.id}/blocking`);
      const last = (await world.thread(answer.conversation)).at(-1);
      expect(last?.text).toContain('WhatsApp does not block this customer');
      expect(await page(answer)).toContain('You have blocked this customer');
    });
  });
}
