import { afterAll, beforeAll, expect, test } from 'bun:test';
import { eq } from 'drizzle-orm';
import { countWaiting } from '#src/conversations/counts.ts';
import { NOON, seedConversation } from '#src/conversations/testing.ts';
import { type ServedShop, serveShop } from '#src/conversations/testing-server.ts';
import { conversations } from '#src/db/schema/inbox/index.ts';
import { fullSight, type Permission, type Sight } from '#src/people/viewer.ts';
import { live } from './routes.ts';
import { openTab, type Tab } from './testing-tab.ts';
import { countsFor, loadWaiting, renewWaiting } from './waiting.ts';

const REFUND = 7;
const GREETING = 8;

let shop: ServedShop;

beforeAll(async () => {
  shop = await serveShop((services) => [live(services)]);
  await shop.inbox.write('normal', [
    ...seedConversation(shop.inbox, REFUND, { waitingSince: NOON }),
    ...seedConversation(shop.inbox, GREETING),
  ]);
});
afterAll(() => shop.close());

type Change = Partial<typeof conversations.$inferInsert>;

async function change(id: number, to: Change): Promise<void> {
  const { sql } = shop.inbox;
  await shop.inbox.write('normal', [sql.update(conversations).set(to).where(eq(conversations.id, id))]);
  await shop.services.live.publish(shop.inbox, [{ conversationId: id }]);
  shop.clock.now += 1_000;
}

const countIn = (view: string, content: string) =>
  Number(content.match(new RegExp(`id="count-${view}" data-count="(\\d+)"`))?.[1] ?? Number.NaN);
const nextCount = async (tab: Tab, view: string) =>
  countIn(view, await tab.nextCounts(new RegExp(`id="count-${view}"`)));

test('counts follow assignment, answers and closing, for the person and for everybody', async () => {
  const [ada, bo] = [
    openTab(shop, await shop.cookieOf(shop.adaId)),
    openTab(shop, await shop.cookieOf(shop.boId)),
  ];
  await Promise.all([ada.joined, bo.joined]);
  await change(REFUND, { assigneeId: shop.boId });
  expect(await nextCount(bo, 'mine')).toBe(1);
  expect(await nextCount(ada, 'unassigned')).toBe(0);
  await change(GREETING, { waitingSince: NOON });
  expect(await nextCount(ada, 'all')).toBe(2);
  await change(REFUND, { assigneeId: shop.adaId });
  expect(await nextCount(bo, 'mine')).toBe(0);
  expect(await nextCount(ada, 'mine')).toBe(1);
  await change(REFUND, { state: 'closed', waitingSince: null });
  expect(await nextCount(ada, 'mine')).toBe(0);
  ada.close();
  bo.close();
  await Promise.all([ada.closed, bo.closed]);
});

test('counts go on being sent when the clock is set back', async () => {
  const ada = openTab(shop, await shop.cookieOf(shop.adaId));
  await ada.joined;
  await change(REFUND, { state: 'open', waitingSince: NOON, assigneeId: shop.adaId });
  expect(await nextCount(ada, 'mine')).toBe(1);
  shop.clock.now -= 60 * 60_000;
  await change(REFUND, { state: 'closed', waitingSince: null, assigneeId: null });
  expect(await nextCount(ada, 'mine')).toBe(0);
  ada.close();
  await ada.closed;
});

test('what changed while nobody watched is counted for who comes next', async () => {
  await change(GREETING, { assigneeId: shop.boId });
  const bo = openTab(shop, await shop.cookieOf(shop.boId));
  await bo.joined;
  await change(REFUND, { state: 'open', waitingSince: NOON, assigneeId: shop.boId });
  // What changed first may be counted after bo has come, for itself.
  await bo.nextCounts(/id="count-mine" data-count="2"/);
  bo.close();
  await bo.closed;
});

test('however much happens within a second, it is counted once', async () => {
  const ada = openTab(shop, await shop.cookieOf(shop.adaId));
  await ada.joined;
  await change(GREETING, { assigneeId: null });
  await nextCount(ada, 'all');
  const began = performance.now();
  for (let n = 0; n < 100; n += 1) {
    await shop.services.live.publish(shop.inbox, [{ conversationId: GREETING }]);
  }
  for (let rows = 0; rows < 100; rows += 1) {
    await ada.nextWith(/id="row-8"/);
  }
  // The shop's clock stands still, so each count waited for a whole second to pass.
  expect(ada.takeCounts()).toBeLessThanOrEqual((performance.now() - began) / 1_000);
  ada.close();
});

test('memory and the database count alike, whatever happens, for whoever looks', async () => {
  const { inbox, accountId, adaId, boId } = shop;
  const ids = Array.from({ length: 12 }, (_, n) => 100 + n);
  await inbox.write(
    'normal',
    ids.flatMap((id) => seedConversation(inbox, id)),
  );
  const waiting = await loadWaiting(inbox);
  const person = (userId: number, sight: Partial<Sight> | null) => ({
    kind: 'person' as const,
    accountId,
    userId,
    name: '',
    permissions: new Set<Permission>(sight === null ? [] : ['conversations.read']),
    sight: { ...fullSight, ...sight },
  });
  const teamIds = [1, 2];
  const viewers = [
    person(adaId, {}),
    person(boId, {}),
    person(boId, { reach: 'own', seesUnassigned: false }),
    person(boId, { reach: 'own', seesUnassigned: true }),
    person(boId, { reach: 'own', seesUnassigned: true, teamIds }),
    person(adaId, { reach: 'teams', seesUnassigned: false, teamIds }),
    person(adaId, { reach: 'teams', seesUnassigned: true, teamIds: [3] }),
    person(adaId, null),
  ];
  for (let step = 0; step < 200; step += 1) {
    const id = ids[(step * 7) % ids.length] ?? 0;
    await inbox.write('normal', [
      inbox.sql
        .update(conversations)
        .set({
          assigneeId: [null, adaId, boId][(step * 5) % 3] ?? null,
          teamId: [null, 1, 2, 3][(step * 3) % 4] ?? null,
          state: step % 4 === 0 ? 'closed' : 'open',
          waitingSince: step % 3 === 0 ? null : NOON,
          mergedIntoId: step % 11 === 0 ? REFUND : null,
        })
        .where(eq(conversations.id, id)),
    ]);
    await renewWaiting(waiting, inbox, new Set([id]));
    if (step % 10 === 9) {
      for (const viewer of viewers) {
        expect(countsFor(waiting, viewer)).toEqual(countWaiting(inbox, viewer));
      }
    }
  }
});
