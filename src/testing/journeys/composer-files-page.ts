import type { Page } from 'playwright-core';

/** Where files are sent to. */
export const uploads = '**/conversations/*/files';
export const choose = (page: Page, ...files: { name: string; mimeType: string; buffer: Buffer }[]) =>
  page.locator('.composer__pick input').setInputFiles(files);
export const quote = (name = 'quote.pdf') => ({
  name,
  mimeType: 'application/pdf',
  buffer: Buffer.from('%PDF-1.4\n%\u00e2\u00e3\n1 0 obj << >> endobj\ntrailer << >>\n%%EOF\n'),
});
export const inTray = (page: Page, name: string) => page.locator('.tray__file', { hasText: name });
export const ready = (page: Page, name: string) =>
  page.locator('.tray__file[data-state="ready"]', { hasText: name }).waitFor();

/** Before that, taking a file out is a form, which leads to another page. */
export const trayLoaded = (page: Page) =>
  page.waitForFunction(() => customElements.get('file-tray') !== undefined);
