import { expect, test } from 'bun:test';
import { until } from '#src/testing/until.ts';
import { createLoopDelay } from './loop-delay.ts';

test('who blocks the event loop is seen, also in the span after', async () => {
  const loop = createLoopDelay();
  loop.start();
  await until('it has begun', async () => loop.read().p50 > 0);
  const end = performance.now() + 120;
  while (performance.now() < end) {
    // Nobody else gets a turn.
  }
  await until('it is seen', async () => loop.read().max >= 0.08);
  loop.turn();
  expect(loop.read().max).toBeGreaterThanOrEqual(0.08);
  loop.stop();
});
