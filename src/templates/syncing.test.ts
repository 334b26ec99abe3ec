import { afterAll, beforeAll, beforeEach, expect, test } from 'bun:test';
import { asc } from 'drizzle-orm';
import { numbers, templateSyncs, templates } from '#src/db/schema/inbox/index.ts';
import { type Box, openBox } from '#src/testing/box.ts';
import { storeList, syncSoon } from './sync.ts';
import { findDueSyncs } from './sync-due.ts';

const NOON = Date.UTC(2026, 10, 20, 12);
const body = { type: 'BODY', text: 'Your order is ready.' };
let clock = NOON;
let box: Box;
let waba: string;
beforeAll(async () => {
  box = await openBox({ now: () => clock });
  waba = box.number.wabaId;
});
afterAll(() => box.close());
beforeEach(async () => {
  clock += 1_000;
  for (const { name } of [...box.simulator.templates.list(waba)]) {
    box.simulator.templates.remove(waba, name);
  }
  await sync();
  await box.inbox((inbox) => inbox.write('normal', [inbox.sql.delete(templates)]));
  box.simulator.requests.length = 0;
});

async function sync(): Promise<void> {
  await box.inbox((inbox) => inbox.write('normal', [syncSoon(inbox, waba, clock)]));
  await look();
}
async function look(): Promise<void> {
  box.services.templates.poke(box.accountId);
  await box.services.templates.idle();
}
const rows = () => box.inbox(({ sql }) => sql.select().from(templates).orderBy(asc(templates.name)));
const state = () => box.inbox(async ({ sql }) => (await sql.select().from(templateSyncs))[0]);
const lists = () => box.simulator.requests.filter(({ path }) => path.endsWith('/message_templates'));

test('a list of several pages is read to its end', async () => {
  for (let n = 100; n < 220; n++) {
    box.simulator.templates.add(waba, { name: `notice_${n}`, components: [body] });
  }
  await sync();
  const found = await rows();
  expect(found.map(({ name }) => name)).toEqual(Array.from({ length: 120 }, (_, n) => `notice_${n + 100}`));
  expect(lists()).toHaveLength(3);
  expect(await state()).toMatchObject({ syncedAt: clock, error: null, tries: 0 });
});

test('everything Meta says of a template is kept, under one spelling of its language', async () => {
  const id = box.simulator.templates.add(waba, {
    name: 'order_ready',
    language: 'pt-BR',
    status: 'REJECTED',
    category: 'MARKETING',
    previousCategory: 'UTILITY',
    parameterFormat: 'NAMED',
    quality: 'RED',
    rejectedReason: 'PROMOTIONAL',
    components: [body],
  });
  await sync();
  expect(await rows()).toEqual([
    {
      id,
      wabaId: waba,
      name: 'order_ready',
      language: 'pt_BR',
      status: 'REJECTED',
      category: 'MARKETING',
      previousCategory: 'UTILITY',
      correctCategory: null,
      subCategory: 'CUSTOM',
      parameterFormat: 'NAMED',
      components: JSON.stringify([body]),
      quality: 'RED',
      rejectedReason: 'PROMOTIONAL',
      syncedAt: clock,
      goneAt: null,
    },
  ]);
});

test('a template that the list has no longer is marked as gone, and comes back with it', async () => {
  box.simulator.templates.add(waba, { name: 'one', components: [body] });
  const second = { name: 'two', components: [body] };
  box.simulator.templates.add(waba, second);
  await sync();
  box.simulator.templates.remove(waba, 'two');
  clock += 1_000;
  await sync();
  expect((await rows()).map(({ name, goneAt }) => [name, goneAt])).toEqual([
    ['one', null],
    ['two', clock],
  ]);
});

test('a list that breaks off half-way changes nothing, says why, and is read again later', async () => {
  for (let n = 100; n < 160; n++) {
    box.simulator.templates.add(waba, { name: `notice_${n}`, components: [body] });
  }
  await sync();
  box.simulator.templates.remove(waba, 'notice_100');
  box.simulator.trouble.httpError(502, 1, { on: 'other' });
  clock += 1_000;
  await sync();
  expect((await rows()).every(({ goneAt }) => goneAt === null)).toBe(true);
  expect(await rows()).toHaveLength(60);
  const failed = await state();
  expect(failed?.error).toBe(
    'WhatsApp could not be asked for the templates: the answer could not be read (HTTP 502).',
  );
  expect(failed).toMatchObject({ dueAt: clock + 60_000, tries: 1 });

  await look();
  expect(lists()).toHaveLength(3);
  clock += 60_000;
  await look();
  expect((await rows()).find(({ name }) => name === 'notice_100')?.goneAt).toBe(clock);
  expect(await state()).toMatchObject({ error: null, tries: 0 });
});

test('a token that Meta refuses is named in plain words', async () => {
  box.simulator.trouble.failNext(190, { on: 'other', httpStatus: 401 });
  await sync();
  expect((await state())?.error).toStartWith('WhatsApp no longer accepts this number’s access token.');
});

test('what was asked for while a list was being read is read after it', async () => {
  await box.inbox(async (inbox) => {
    await inbox.write('normal', [syncSoon(inbox, waba, clock)]);
    const [claim] = await findDueSyncs(inbox, clock);
    clock += 1;
    await inbox.write('normal', [syncSoon(inbox, waba, clock)]);
    await storeList(inbox, claim ?? expect.unreachable(), [], clock);
  });
  expect(await state()).toMatchObject({ dueAt: clock, syncedAt: clock });
});

test('templates are read once a day', async () => {
  await look();
  expect(lists()).toHaveLength(0);
  clock += 24 * 60 * 60_000;
  await look();
  expect(lists()).toHaveLength(1);
});

test('what is refused soon after a new look is looked at a minute after that, once however much it is', async () => {
  const renew = async () => {
    box.services.templates.renew(box.accountId);
    await box.services.templates.idle();
  };
  await renew();
  await renew();
  expect(lists()).toHaveLength(1);
  clock += 59_000;
  await renew();
  await look();
  expect(lists()).toHaveLength(1);
  clock += 1_000;
  await look();
  expect(lists()).toHaveLength(2);
  clock += 60_000;
  await look();
  expect(lists()).toHaveLength(2);
});

test('who owns the business account is asked with its templates, until it is known', async () => {
  const owners = () =>
    box.inbox(async ({ sql }) => (await sql.select().from(numbers)).map(({ portfolioId }) => portfolioId));
  const asked = () => box.simulator.requests.filter(({ query }) => query.includes('owner_business_info'));
  expect(await owners()).toEqual(['portfolio']);
  await sync();
  expect(asked()).toEqual([]);
  await box.inbox((inbox) => inbox.write('full', [inbox.sql.update(numbers).set({ portfolioId: null })]));
  await sync();
  await sync();
  expect(asked()).toHaveLength(1);
  expect(await owners()).toEqual(['portfolio']);
});
