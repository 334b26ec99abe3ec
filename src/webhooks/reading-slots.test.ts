import { expect, test } from 'bun:test';
import { createSlots } from './reading-slots.ts';

test('beyond the places one waits, beyond the line one is sent away, and another peer is not held up', async () => {
  const slots = createSlots({ places: 2, line: 1 });
  const first = await slots.enter('a');
  await slots.enter('a');
  const third = slots.enter('a');
  expect(await slots.enter('a')).toBeNull();
  expect(await slots.enter('b')).not.toBeNull();

  first?.leave();
  first?.leave();
  expect(await third).not.toBeNull();
  expect(await Promise.race([slots.enter('a'), Promise.resolve('waits')])).toBe('waits');
});

test('places that were given back are there again', async () => {
  const slots = createSlots({ places: 1, line: 8 });
  let reading = 0;
  let most = 0;
  await Promise.all(
    Array.from({ length: 9 }, async () => {
      const slot = await slots.enter('a');
      reading += 1;
      most = Math.max(most, reading);
      await Promise.resolve();
      reading -= 1;
      slot?.leave();
    }),
  );
  expect([reading, most]).toEqual([0, 1]);
  expect(await slots.enter('a')).not.toBeNull();
});
