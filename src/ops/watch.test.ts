import { afterAll, beforeAll, expect, test } from 'bun:test';
import { type Box, openBox } from '#src/testing/box.ts';

let box: Box;
beforeAll(async () => {
  box = await openBox();
});
afterAll(() => box.close());

test('a server looks at everything by itself, and finds nothing wrong with itself', async () => {
  const { watch } = box.services;
  await watch.look();
  expect(watch.alarms.raised()).toMatchObject({ wal: false, memory: false });
  expect(watch.memoryLimit).toBeGreaterThan(0);
});
