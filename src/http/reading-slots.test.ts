import { expect, test } from 'bun:test';
import { createSlots } from './reading-slots.ts';

test('beyond the places one waits, beyond the line one is sent away, and another peer is not held up', async () => {
  const slots = createSlots({ places: 2, line: 1 });
  const first = await slots.enter('a', 1);
  await slots.enter('a', 1);
  const third = slots.enter('a', 1);
  expect(await slots.enter('a', 1)).toBeNull();
  expect(await slots.enter('b', 1)).not.toBeNull();

  first?.leave();
  first?.leave();
  expect(await third).not.toBeNull();
  expect(await Promise.race([slots.enter('a', 1), Promise.resolve('waits')])).toBe('waits');
});

test('what waits together may not be too much, however few there are', async () => {
  const slots = createSlots({ places: 1, lineBytes: 10 });
  const first = await slots.enter('a', 1_000);
  const second = slots.enter('a', 6);
  expect(await slots.enter('a', 5)).toBeNull();
  const third = slots.enter('a', 4);

  first?.leave();
  const place = await second;
  expect(await slots.enter('a', 7)).toBeNull();
  place?.leave();
  expect(await third).not.toBeNull();
});

test('places that were given back are there again', async () => {
  const slots = createSlots({ places: 1, line: 8 });
  let reading = 0;
  let most = 0;
  await Promise.all(
    Array.from({ length: 9 }, async () => {
      const slot = await slots.enter('a', 1);
      reading += 1;
      most = Math.max(most, reading);
      await Promise.resolve();
      reading -= 1;
      slot?.leave();
    }),
  );
  expect([reading, most]).toEqual([0, 1]);
  expect(await slots.enter('a', 1)).not.toBeNull();
});
