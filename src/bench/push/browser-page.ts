import type { Page } from 'playwright-core';

declare global {
  interface Window {
    /** When each numbered message was first in the page (ms since 1970). */
    benchSeen: Map<number, number>;
  }
}

/** Opens the list in a real browser, and notes in it when each numbered message is put into the page. */
export async function watchList(page: Page): Promise<void> {
  const joined = page.waitForEvent('websocket').then((socket) => socket.waitForEvent('framereceived'));
  await page.goto('/inbox/all');
  await joined;
  await page.evaluate(() => {
    window.benchSeen = new Map();
    new MutationObserver((changes) => {
      const at = performance.timeOrigin + performance.now();
      for (const node of changes.flatMap(({ addedNodes }) => [...addedNodes])) {
        for (const [, n] of (node.textContent ?? '').matchAll(/\((\d+)\) /g)) {
          if (!window.benchSeen.has(Number(n))) {
            window.benchSeen.set(Number(n), at);
          }
        }
      }
    }).observe(document.body, { childList: true, subtree: true });
  });
}

/** When each of `count` numbered messages was shown, by its number; 0 for one that was not. */
export async function shownIn(page: Page, count: number): Promise<number[]> {
  const seen = await page.evaluate(() => [...window.benchSeen]);
  const times = new Map(seen);
  return Array.from({ length: count }, (_, n) => times.get(n) ?? 0);
}
