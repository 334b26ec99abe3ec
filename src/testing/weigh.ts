import type { Page, Request } from 'playwright-core';

/** What the page asked for while `work` ran, and how many bytes of head and body came back. */
export async function weigh(page: Page, work: () => Promise<unknown>) {
  const asked: Request[] = [];
  const note = (request: Request) => void asked.push(request);
  page.on('requestfinished', note);
  await work();
  await page.waitForLoadState('networkidle');
  page.off('requestfinished', note);
  const parts = await Promise.all(
    asked.map(async (request) => {
      const { responseHeadersSize, responseBodySize } = await request.sizes();
      const path = new URL(request.url()).pathname;
      return { kind: request.resourceType(), path, bytes: responseHeadersSize + responseBodySize };
    }),
  );
  const of = (kind: string) => parts.filter((part) => part.kind === kind);
  const sum = (those: typeof parts) => those.reduce((total, { bytes }) => total + bytes, 0);
  return { parts, of, bytesOf: (kind: string) => sum(of(kind)), total: sum(parts) };
}
