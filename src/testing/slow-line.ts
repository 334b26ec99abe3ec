import { setTimeout as pause } from 'node:timers/promises';
import type { BrowserContext } from 'playwright-core';

/**
 * How long a request of a page may wait before it leaves, at most, in milliseconds; 0 unless `SLOW_LINE_MS` says more.
 * Some wait and others do not, at random: scripts and tests that count on an order of answers show themselves.
 */
export const slowestMs = Number(process.env.SLOW_LINE_MS ?? 0);

export async function delayRequests(context: BrowserContext): Promise<void> {
  await context.route('**/*', async (route) => {
    await pause(Math.random() < 0.5 ? 0 : Math.random() * slowestMs);
    // Whoever asked may be gone by now.
    await route.continue().catch(() => null);
  });
}
