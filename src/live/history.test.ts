import { expect, test } from 'bun:test';
import type { LiveChange } from './change.ts';
import { createHistory, KEPT_MS, KEPT_PUSHES } from './history.ts';

test('who has seen everything missed nothing; who has seen less gets what came after', () => {
  const history = createHistory(() => 0);
  const numbers = [7, 8, 9].map((conversationId) => history.add({ conversationId }));
  expect(numbers).toEqual([1, 2, 3]);
  expect(history.last()).toBe(3);
  expect(history.since(3)).toEqual([]);
  expect(history.since(1)).toEqual([{ conversationId: 8 }, { conversationId: 9 }]);
  expect(history.since(0)).toHaveLength(3);
});

test('a number that was never given out is not known', () => {
  const history = createHistory(() => 0);
  expect(history.since(0)).toEqual([]);
  expect(history.since(1)).toBeNull();
});

test('after fifteen minutes it is not known any more what was missed', () => {
  let now = 0;
  const history = createHistory(() => now);
  history.add({ conversationId: 7 });
  now = KEPT_MS;
  history.add({ conversationId: 8 });
  expect(history.since(0)).toHaveLength(2);
  now = KEPT_MS + 1;
  expect(history.since(0)).toBeNull();
  expect(history.since(1)).toEqual([{ conversationId: 8 }]);
  now = KEPT_MS * 3;
  expect(history.since(1)).toBeNull();
  expect(history.since(2)).toEqual([]);
});

test('no more than the last five thousand are kept', () => {
  const history = createHistory(() => 0);
  for (let n = 1; n <= KEPT_PUSHES * 2; n += 1) {
    history.add({ conversationId: n });
  }
  expect(history.since(KEPT_PUSHES)).toHaveLength(KEPT_PUSHES);
  expect(history.since(KEPT_PUSHES - 1)).toBeNull();
});

test('what is too old is let go of also where nobody ever comes back', () => {
  let now = 0;
  const history = createHistory(() => now);
  for (let n = 1; n <= 1_000; n += 1) {
    history.add({ conversationId: n });
    now += KEPT_MS / 10;
  }
  expect(history.size).toBeLessThan(25);
  expect(history.since(history.last() - 10)).toHaveLength(10);
});

test('whatever changed is given back as it was, also when what came before it is forgotten', () => {
  let now = 0;
  const history = createHistory(() => now);
  const changes: LiveChange[] = [
    { conversationId: 7, messages: [70] },
    { conversationId: 7, messages: [71, 72] },
    { conversationId: 8, events: [80], left: [{ assigneeId: 1, teamId: null }] },
    { conversationId: 9, messages: [90], redraw: true },
  ];
  for (const change of changes) {
    history.add({ events: [], left: [], ...change });
    now += KEPT_MS / 4;
  }
  expect(history.since(0)).toEqual(changes);
  now += KEPT_MS / 4;
  expect(history.since(0)).toBeNull();
  expect(history.since(1)).toEqual(changes.slice(1));
});
