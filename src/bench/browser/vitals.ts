import type { Page } from 'playwright-core';

declare global {
  interface Window {
    /** Resolves with how long it took from the Enter key until the bubble was on the screen, ms. */
    benchBubble: Promise<number>;
  }
}

export type Vitals = { lcp: number; cls: number };

/** When the largest part of the page was painted (ms after the request), and how much the page moved while loading. */
export function readVitals(page: Page): Promise<Vitals> {
  return page.evaluate(async () => {
    const painted = await new Promise<PerformanceEntry[]>((resolve) => {
      const observer = new PerformanceObserver((list) => {
        observer.disconnect();
        resolve(list.getEntries());
      });
      observer.observe({ type: 'largest-contentful-paint', buffered: true });
    });
    // A page that never moved has none of these, so they are not waited for: what has happened is there at once.
    const shiftObserver = new PerformanceObserver(() => {});
    shiftObserver.observe({ type: 'layout-shift', buffered: true });
    const shifts = shiftObserver.takeRecords();
    shiftObserver.disconnect();
    const moved = shifts.map((entry) => ('value' in entry ? Number(entry.value) : 0));
    return { lcp: painted.at(-1)?.startTime ?? 0, cls: moved.reduce((sum, value) => sum + value, 0) };
  });
}

/** Types an answer and presses Enter: how long until its bubble was painted, ms. */
export async function keyToVisible(page: Page, text: string): Promise<number> {
  await page.locator('textarea').first().fill(text);
  await page.evaluate((wanted) => {
    window.benchBubble = new Promise((resolve) => {
      let pressed = 0;
      const note = (event: KeyboardEvent) => {
        pressed = event.timeStamp;
      };
      document.addEventListener('keydown', note, { capture: true, once: true });
      const observer = new MutationObserver(() => {
        const bubbles = [...document.querySelectorAll('.log .msg--out')];
        if (bubbles.some((bubble) => bubble.textContent?.includes(wanted))) {
          observer.disconnect();
          // The frame that shows it is over when the task after it begins.
          requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - pressed)));
        }
      });
      observer.observe(document.body, { childList: true, subtree: true });
    });
  }, text);
  await page.keyboard.press('Enter');
  return page.evaluate(() => window.benchBubble);
}
