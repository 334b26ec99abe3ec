import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'bun:test';
import { type Simulator, startSimulator } from '#src/simulator/simulator.ts';
import { openTestLog } from '#src/testing/log.ts';
import { createWhatsApp, type WhatsApp } from './client.ts';
import { readChanges } from './payload.ts';
import { readUpdates, type Update } from './updates.ts';

const shop = {
  phoneNumberId: '106540352242922',
  wabaId: '102290129340398',
  displayPhoneNumber: '+263 8 600 1234',
  verifiedName: 'Shop',
  accessToken: 'EAAtoken',
  appSecret: 'a secret of the app',
  webhookUrl: null,
  verifyToken: 'verify',
};
const number = { phoneNumberId: shop.phoneNumberId, token: shop.accessToken };

let simulator: Simulator;
let whatsapp: WhatsApp;
let updates: Update[] = [];
let webhook: ReturnType<typeof receive>;

beforeAll(() => {
  simulator = startSimulator({ port: 0 });
  webhook = receive();
  simulator.addNumber({ ...shop, webhookUrl: webhook.url.href });
  whatsapp = clientOf(simulator);
});

beforeEach(async () => {
  simulator.trouble.clear();
  simulator.trouble.renewToken(shop.phoneNumberId, shop.accessToken);
  await simulator.settled();
  updates = [];
});

afterAll(async () => {
  await simulator.stop();
  await webhook.stop(true);
});

function clientOf({ url }: Simulator, timeoutMs?: number): WhatsApp {
  const limit = timeoutMs === undefined ? {} : { timeoutMs };
  return createWhatsApp({ graphUrl: url, graphVersion: 'v25.0', log: openTestLog(), ...limit });
}

/** The webhook of the number: what arrives is read as it will be. */
function receive() {
  return Bun.serve({
    port: 0,
    hostname: '127.0.0.1',
    async fetch(request) {
      const changes = readChanges(await request.json());
      updates.push(...changes.flatMap(({ field, raw }) => readUpdates(field, raw)));
      return new Response();
    },
  });
}

async function writeFirst(phone: string) {
  const customer = simulator.customer(phone, { name: 'Rudo' });
  const wamid = await customer.say(shop.phoneNumberId, 'Hello?');
  return { customer, wamid };
}

const text = (phone: string, words = 'Hello') => ({
  to: { phone },
  callback: 'install.1.2.1',
  body: { type: 'text' as const, text: words },
});

describe('sending', () => {
  test('a text with a quote arrives, and its statuses carry our value', async () => {
    const { customer, wamid } = await writeFirst('+263771000001');
    const outcome = await whatsapp.send(number, {
      ...text('+263771000001'),
      body: { type: 'text', text: 'Hi 👋', quotedWamid: wamid },
    });
    await simulator.settled();
    expect(outcome).toEqual({
      kind: 'accepted',
      wamid: expect.stringMatching(/^wamid\./),
      waId: '263771000001',
      bsuid: customer.userId,
    });
    expect(customer.thread(shop.phoneNumberId).at(-1)).toMatchObject({ text: 'Hi 👋', quote: wamid });
    const statuses = updates.filter((update) => update.kind === 'status');
    expect(statuses.map(({ status }) => status)).toEqual(['sent', 'delivered']);
    expect(statuses[0]).toMatchObject({
      callback: 'install.1.2.1',
      wamid: outcome.kind === 'accepted' && outcome.wamid,
      recipient: { phone: '263771000001', bsuid: customer.userId, name: 'Rudo' },
      pricing: { category: 'service' },
    });
  });

  test('a message to a BSUID is addressed by it', async () => {
    const customer = simulator.customer('+263771000002', {
      name: 'Hidden',
      username: 'hidden',
      hidePhone: true,
    });
    await customer.say(shop.phoneNumberId, 'Hello?');
    const message = updates.find((update) => update.kind === 'message');
    expect(message).toMatchObject({ sender: { phone: null, bsuid: customer.userId, username: 'hidden' } });
    const outcome = await whatsapp.send(number, { ...text(''), to: { bsuid: customer.userId } });
    expect(outcome).toMatchObject({ kind: 'accepted', waId: null });
  });

  test('a reaction is shown, and taken back', async () => {
    const { customer, wamid } = await writeFirst('+263771000003');
    for (const emoji of ['👍', '']) {
      const body = { type: 'reaction' as const, wamid, emoji };
      expect(await whatsapp.send(number, { ...text('+263771000003'), body })).toMatchObject({
        kind: 'accepted',
      });
      expect(customer.thread(shop.phoneNumberId)[0]?.reactions.business ?? '').toBe(emoji);
    }
  });

  test('a message is marked as read', async () => {
    const { wamid } = await writeFirst('+263771000004');
    expect(await whatsapp.markRead(number, wamid)).toEqual({ kind: 'done' });
    expect(await whatsapp.markRead(number, 'wamid.unknown')).toMatchObject({ kind: 'refused' });
  });
});

describe('refusals', () => {
  test('outside the window a template is needed', async () => {
    simulator.customer('+263771000005');
    expect(await whatsapp.send(number, text('+263771000005'))).toMatchObject({
      kind: 'refused',
      class: 'T',
      error: { code: 131047 },
    });
  });

  test('an expired token is for an admin', async () => {
    simulator.trouble.expireToken(shop.phoneNumberId);
    expect(await whatsapp.send(number, text('+263771000001'))).toMatchObject({
      kind: 'refused',
      class: 'A',
      error: { code: 190 },
    });
  });

  test.each([
    [131056, 400, 'R*', 'recipient'],
    [130429, 429, 'R', 'number'],
    [131000, 500, 'R1', null],
    [2, 503, 'R', null],
    [131026, 400, 'U', 'recipient'],
  ] as const)('%d with HTTP %d is of class %s', async (code, httpStatus, errorClass, scope) => {
    await writeFirst('+263771000006');
    simulator.trouble.failNext(code, { httpStatus });
    expect(await whatsapp.send(number, text('+263771000006'))).toMatchObject({
      kind: 'refused',
      class: errorClass,
      scope,
      error: { code },
    });
  });
});

describe('trouble on the way', () => {
  test('is unknown whether or not the message arrived', async () => {
    const { customer } = await writeFirst('+263771000007');
    const { trouble } = simulator;
    const hasty = clientOf(simulator, 1_000);
    trouble.hang();
    expect((await hasty.send(number, text('+263771000007', 'hang'))).kind).toBe('unknown');
    const troubles: [string, () => void][] = [
      ['cut after', () => trouble.resetAfterAccept()],
      ['cut before', () => trouble.resetBeforeAccept()],
      ['garbage', () => trouble.garbage()],
      ['html 500', () => trouble.httpError(500)],
    ];
    for (const [words, begin] of troubles) {
      begin();
      expect([words, (await whatsapp.send(number, text('+263771000007', words))).kind]).toEqual([
        words,
        'unknown',
      ]);
    }
    const arrived = customer.thread(shop.phoneNumberId).filter((message) => message.from === 'business');
    expect(arrived.map((message) => message.text)).toEqual(['hang', 'cut after', 'garbage']);
  });
});

describe('reading a number', () => {
  test('proves that the token may speak for it', async () => {
    expect(await whatsapp.readNumber(shop.phoneNumberId, shop.accessToken)).toEqual({
      ok: true,
      displayPhone: '+263 8 600 1234',
      verifiedName: 'Shop',
      isOnPhoneApp: false,
    });
    expect(await whatsapp.readPortfolio(shop.wabaId, shop.accessToken)).toBe('portfolio');
    expect(await whatsapp.readPortfolio('999', shop.accessToken)).toBeNull();
  });

  test('fails with another token, another number, and a WABA', async () => {
    const other = {
      ...shop,
      phoneNumberId: '222222222222222',
      wabaId: '333333333333333',
      accessToken: 'EAAother',
    };
    simulator.addNumber(other);
    expect(await whatsapp.readNumber(shop.phoneNumberId, 'EAAother')).toMatchObject({ ok: false });
    expect(await whatsapp.readNumber('999', shop.accessToken)).toMatchObject({ ok: false, code: 100 });
    expect(await whatsapp.readNumber(shop.wabaId, shop.accessToken)).toMatchObject({ ok: false });
    expect(await whatsapp.readNumber(shop.phoneNumberId, 'nonsense')).toEqual({
      ok: false,
      error: expect.stringMatching(/access token.*\.$/),
      code: 190,
    });
  });
});
