import { afterAll, beforeAll, expect, test } from 'bun:test';
import { type Box, openBox } from '#src/testing/box.ts';

const MB = 1024 * 1024;
let box: Box;
beforeAll(async () => {
  // Its memory is that of all the tests beside it: the limit is further off than this one can come.
  const limit = Math.ceil(process.memoryUsage.rss() / MB) + 16_384;
  box = await openBox({ env: { OONOBOX_MEMORY_WARN_MB: String(limit) } });
});
afterAll(() => box.close());

test('a server looks at everything by itself, and finds nothing wrong with itself', async () => {
  const { watch } = box.services;
  await watch.look();
  expect(watch.alarms.raised()).toMatchObject({ wal: false, memory: false });
  expect(watch.memoryLimit).toBeGreaterThan(0);
});
