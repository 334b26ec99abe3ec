import { expect, test } from 'bun:test';
import fc from 'fast-check';
import { createIds } from './ids.ts';

test('ids rise strictly, whatever the clock does', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: Date.UTC(2020, 0, 1), max: Date.UTC(2090, 0, 1) }), { maxLength: 600 }),
      fc.integer({ min: 0, max: 15 }),
      (clock, process) => {
        let at = 0;
        const ids = createIds(() => clock[at++] ?? 0, process);
        let last = 0;
        for (const _ of clock) {
          const id = ids.next();
          expect(id).toBeGreaterThan(last);
          expect(Number.isSafeInteger(id)).toBe(true);
          last = id;
        }
      },
    ),
  );
});

test('two processes never make the same id, however many they make in one millisecond', () => {
  const now = () => Date.UTC(2026, 10, 23);
  const first = createIds(now, 1);
  const second = createIds(now, 2);
  const ids = new Set<number>();
  for (let i = 0; i < 2_000; i++) {
    ids.add(first.next());
    ids.add(second.next());
  }
  expect(ids.size).toBe(4_000);
});

test('an id found in storage is never repeated, even when the clock was set back', () => {
  const ids = createIds(() => Date.UTC(2026, 1, 1));
  const found = createIds(() => Date.UTC(2027, 1, 1)).next();
  ids.observe(found);
  expect(ids.next()).toBeGreaterThan(found);
});
