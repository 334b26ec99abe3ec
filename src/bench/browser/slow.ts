import type { Page } from 'playwright-core';

// A cheap laptop on a slow line: what Lighthouse calls slow 4G, with a processor four times slower than this one.
const CPU = 4;
const LATENCY_MS = 150;
const DOWN_BITS = 1_600_000;
const UP_BITS = 750_000;

export async function slowDown(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await session.send('Network.enable');
  await session.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: LATENCY_MS,
    downloadThroughput: DOWN_BITS / 8,
    uploadThroughput: UP_BITS / 8,
  });
  await session.send('Emulation.setCPUThrottlingRate', { rate: CPU });
}
