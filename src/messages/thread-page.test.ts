import { afterAll, beforeAll, expect, test } from 'bun:test';
import { NOON, openShop, seedConversation, seedMessage } from '#src/conversations/testing.ts';
import type { Inbox } from '#src/db/inbox.ts';
import { events } from '#src/db/schema/inbox/index.ts';
import { Invalid } from '#src/errors.ts';
import { threadPage } from './thread-page.ts';

const LONG = 7;
const MERGED = 8;
const FIRST = NOON - 1_000_000;

let inbox: Inbox;
let close: () => Promise<void>;

/** A thread of 101 messages, two a second, every third of them in a conversation that was merged into it. */
beforeAll(async () => {
  ({ inbox, close } = await openShop());
  await inbox.write('normal', [
    ...seedConversation(inbox, LONG, { lastArrivedAt: FIRST }),
    ...seedConversation(inbox, MERGED, { lastArrivedAt: FIRST - 1000, mergedIntoId: LONG }),
    ...Array.from({ length: 99 }, (_, n) =>
      seedMessage(inbox, {
        id: 1000 + n,
        conversationId: n % 3 === 0 ? MERGED : LONG,
        orderedAt: FIRST + Math.ceil((n + 1) / 2) * 1000,
      }),
    ),
    inbox.sql.insert(events).values([
      {
        id: 1,
        conversationId: LONG,
        at: FIRST + 15_000,
        actorKind: 'person',
        actorId: 11,
        kind: 'case.closed',
      },
      { id: 2, conversationId: LONG, at: NOON, actorKind: 'person', actorId: 11, kind: 'case.closed' },
    ]),
  ]);
});
afterAll(() => close());

const all = [800, 700, ...Array.from({ length: 99 }, (_, n) => 1000 + n)];
const page = async (place: Parameters<typeof threadPage>[2]) => {
  const found = await threadPage(inbox, LONG, place);
  return { ...found, ids: found.messages.map(({ id }) => id) };
};

test('an old message is shown among those before and after it', async () => {
  const { ids, before, hasLater, events: lines } = await page({ around: 1027 });
  expect(ids).toEqual(Array.from({ length: 40 }, (_, n) => 1008 + n));
  expect([before, hasLater]).toEqual([expect.any(String), true]);
  expect(lines.map(({ id }) => id)).toEqual([1]);
});

test('from there one reads on to both ends, each message once', async () => {
  const middle = await page({ around: 1050, limit: 10 });
  const earlier: number[][] = [];
  for (let before = middle.before; before !== null; ) {
    const one = await page({ before, limit: 10 });
    expect(one.hasLater).toBe(true);
    earlier.unshift(one.ids);
    before = one.before;
  }
  const later: number[] = [];
  let one = middle;
  while (one.hasLater) {
    const seen: number = one.ids.at(-1) ?? 0;
    one = await page({ around: seen, limit: 10 });
    expect(one.ids).toContain(seen);
    later.push(...one.ids.slice(one.ids.indexOf(seen) + 1));
  }
  expect([...earlier.flat(), ...middle.ids, ...later]).toEqual(all);
  expect(one.events.map(({ id }) => id)).toEqual([2]);
});

test('near an end the page is as long, and says that it is the end', async () => {
  const last = await page({ around: 1098 });
  expect([last.ids.length, last.ids.at(-1), last.hasLater]).toEqual([40, 1098, false]);
  const first = await page({ around: 800 });
  expect([first.ids[0], first.before]).toEqual([800, null]);
  expect(first.hasLater).toBe(true);
});

test('a message of another thread, or of none, leads to the newest page', async () => {
  const newest = await page({});
  expect(newest.ids.at(-1)).toBe(1098);
  expect(newest.hasLater).toBe(false);
  await inbox.write('normal', seedConversation(inbox, 9));
  expect((await page({ around: 900 })).ids).toEqual(newest.ids);
  expect((await page({ around: 5 })).ids).toEqual(newest.ids);
});

test('a cursor that is none is refused', async () => {
  expect(await page({ before: 'x' }).catch((error) => error)).toBeInstanceOf(Invalid);
});
