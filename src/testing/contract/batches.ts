import { beforeAll, describe, expect, test } from 'bun:test';
import { eq } from 'drizzle-orm';
import { accounts, metaApps, routes } from '#src/db/schema/control.ts';
import { connectNumber } from '#src/demo/connect-number.ts';
import { forgetRouting } from '#src/webhooks/routing.ts';
import type { Box } from '../box.ts';
import { said } from './thread-items.ts';
import type { Conversation, MessageJson, World } from './world.ts';

const MOST_UPDATES = 1_000;
const CUSTOMERS = 5;
const MINUTE_MS = 60_000;

type AnyNumber = { phoneNumberId: string; wabaId: string };

/** A number of another account that the same Meta app serves. */
const strangers = { phoneNumberId: '300000000000000022', wabaId: '300000000000000023' };

export function batches(ask: () => World): void {
  describe('§1: what Meta puts into one POST', () => {
    let world: World;
    let strangerApi: Box['api'];
    let numbers: AnyNumber[];

    beforeAll(async () => {
      world = ask();
      strangerApi = await world.strangerApi();
      await serveOther(world);
      numbers = [world.number, world.second, strangers];
    });

    test('a thousand updates for several numbers and accounts, five times over: each is there once', async () => {
      const body = thousand(numbers, world.now());
      for (let time = 0; time < 5; time += 1) {
        const { status } = await world.simulator.deliver(world.number.phoneNumberId, body, { retry: false });
        expect(status).toBe(200);
      }
      await world.settled();
      const mine = await textsOf(world.api, 'Batch');
      const theirs = await textsOf(strangerApi, 'Batch');
      const expected = Array.from({ length: MOST_UPDATES }, (_, place) => place);
      const placesOf = (texts: string[]) => texts.map((text) => Number(text)).toSorted((a, b) => a - b);
      expect(placesOf(mine)).toEqual(expected.filter((place) => place % 3 !== 2));
      expect(placesOf(theirs)).toEqual(expected.filter((place) => place % 3 === 2));
    });

    test('one item that makes no sense costs none of its neighbours, and is listed', async () => {
      const metadata = { phone_number_id: world.number.phoneNumberId };
      const message = (id: string, more: object) => ({
        id,
        from: '263778880001',
        timestamp: String(Math.floor(world.now() / 1000)),
        ...more,
      });
      const text = (body: string) => ({ type: 'text', text: { body } });
      await world.hear([
        {
          metadata,
          messages: [
            message('wamid.before', text('before')),
            'nonsense',
            message('wamid.after', text('after')),
          ],
        },
      ]);
      const { id } = await world.conversationWith('+263778880001');
      expect((await world.thread(id)).map(({ text }) => text.replace(/.*: (\w+) .*/, '$1'))).toEqual([
        'before',
        'after',
      ]);
      expect(await (await world.ada.get('/settings/journal')).text()).toContain('The item is not an object.');
    });

    test('what comes more than a minute late says so, and stands where it was said', async () => {
      const customer = world.simulator.customer('+263778880002', { name: 'Late' });
      const say = (text: string, ago: number) =>
        customer.say(world.number.phoneNumberId, text, { at: world.now() - ago });
      await say('now', 0);
      await say('half a minute ago', MINUTE_MS / 2);
      await say('five minutes ago', 5 * MINUTE_MS);
      await world.settled();
      const items = await world.thread((await world.conversationWith('+263778880002')).id);
      expect(items.map((item) => [said(item), item.text.includes('came late')])).toEqual([
        ['five minutes ago', true],
        ['half a minute ago', false],
        ['now', false],
      ]);
    });

    test('numbers of more digits than a computer counts keep every one of them', async () => {
      const { phoneNumberId, wabaId } = world.number;
      const timestamp = Math.floor(world.now() / 1000);
      const bytes = new TextEncoder().encode(
        `{"object":"whatsapp_business_account","entry":[{"id":${wabaId},"changes":[{"field":"messages","value":{
          "metadata":{"phone_number_id":${phoneNumberId}},
          "messages":[
            {"id":90071992547409931234,"from":263778880003,"timestamp":${timestamp},"type":"order","order":{
              "catalog_id":900719925474099312,"product_items":[
                {"product_retailer_id":90071992547409931,"quantity":1,"item_price":2,"currency":"USD"}]}},
            {"id":90071992547409931235,"from":263778880003,"timestamp":${timestamp + 1},"type":"image",
              "image":{"id":90071992547409933,"mime_type":"image/jpeg"}}
          ]}}]}]}`,
      );
      await world.simulator.deliver(phoneNumberId, bytes, { retry: false });
      await world.settled();
      await world.services.fetching.idle();
      const { id } = await world.conversationWith('+263778880003');
      expect((await world.thread(id))[0]?.text).toContain('90071992547409931 1 US$2.00');
      const { data } = await (await world.api(`/api/v1/conversations/${id}/messages`)).json();
      expect(data.map(({ wamid }: MessageJson) => wamid)).toEqual([
        '90071992547409931235',
        '90071992547409931234',
      ]);
      const asked = world.simulator.requests.map(({ path }) => path);
      expect(asked).toContainEqual(expect.stringMatching(/\/90071992547409933\b/));
    });
  });
}

/** A POST's body with as many texts as Meta ever sends at once, dealt out to the numbers in turn. */
function thousand(numbers: readonly AnyNumber[], now: number): object {
  const entry = numbers.map(({ phoneNumberId, wabaId }, turn) => {
    const places = Array.from({ length: MOST_UPDATES }, (_, place) => place);
    const messages = places
      .filter((place) => place % numbers.length === turn)
      .map((place) => ({
        id: `wamid.batch-${place}`,
        from: `2637788810${place % CUSTOMERS}0`,
        timestamp: String(Math.floor(now / 1000) - MOST_UPDATES + place),
        type: 'text',
        text: { body: String(place) },
      }));
    const contacts = [...new Set(messages.map(({ from }) => from))].map((wa_id) => ({
      wa_id,
      profile: { name: 'Batch' },
    }));
    const value = { metadata: { phone_number_id: phoneNumberId }, contacts, messages };
    return { id: wabaId, changes: [{ field: 'messages', value }] };
  });
  return { object: 'whatsapp_business_account', entry };
}

/** What customers of this name said, in all conversations. */
async function textsOf(api: Box['api'], name: string): Promise<string[]> {
  const pages = async <T>(path: string, parameter: string): Promise<T[]> => {
    const found: T[] = [];
    let place = '';
    do {
      const { data, next } = await (await api(`${path}?limit=100${place}`)).json();
      found.push(...data);
      place = next === null ? '' : `&${parameter}=${encodeURIComponent(next)}`;
    } while (place !== '');
    return found;
  };
  const conversations = await pages<Conversation>('/api/v1/conversations', 'cursor');
  const texts: string[] = [];
  for (const { id, contact } of conversations) {
    if (contact.name === name) {
      const messages = await pages<MessageJson>(`/api/v1/conversations/${id}/messages`, 'before');
      texts.push(...messages.map(({ text }) => text));
    }
  }
  return texts;
}

/** The operator's Meta app serves a number of the other account as well. */
async function serveOther({ services, simulator, accountId, number, ...server }: World): Promise<void> {
  const { control } = services;
  const rows = await control.sql.select().from(accounts);
  const other = rows.find(({ id }) => id !== accountId)?.id ?? 0;
  const names = { displayPhone: '+1 555 078 3883', verifiedName: 'Other shop' };
  await connectNumber({ services, ...server }, simulator, other, { ...strangers, ...names });
  const ofNumber = eq(routes.phoneNumberId, number.phoneNumberId);
  const [route] = await control.sql.select().from(routes).where(ofNumber);
  const appId = route?.appId ?? 0;
  const ofStrangers = eq(routes.phoneNumberId, strangers.phoneNumberId);
  await control.write('full', [
    control.sql.update(metaApps).set({ accountId: null }).where(eq(metaApps.id, appId)),
    control.sql.update(routes).set({ appId }).where(ofStrangers),
  ]);
  forgetRouting(control);
}
