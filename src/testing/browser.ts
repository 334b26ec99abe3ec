import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { findChromium } from './find-chromium.ts';

/** One browser for the whole run: starting one costs a second. */
let shared: Promise<Browser> | null = null;

export type PageOptions = {
  /** The origin that paths are relative to. */
  url: string;
  /** Cookies as a request carries them, `name=value; …`: with that of a session one begins signed in. */
  cookie?: string;
  javaScript?: boolean;
} & Pick<
  BrowserContextOptions,
  'viewport' | 'isMobile' | 'hasTouch' | 'colorScheme' | 'reducedMotion' | 'timezoneId' | 'locale'
>;

/** Gives `work` a page of its own, and fails if the page reported a script error or broke the content policy. */
export async function withPage<T>(options: PageOptions, work: (page: Page) => Promise<T>): Promise<T> {
  const { url, cookie, javaScript = true, ...context } = options;
  const browser = await openBrowser();
  const opened = await browser.newContext({ ...context, baseURL: url, javaScriptEnabled: javaScript });
  try {
    if (cookie) {
      await opened.addCookies(cookie.split('; ').map((pair) => asCookie(pair, url)));
    }
    const page = await opened.newPage();
    page.setDefaultTimeout(10_000);
    const complaints = listenForComplaints(page);
    const result = await work(page);
    if (complaints.length > 0) {
      throw new Error(`The page complained:\n${complaints.join('\n')}`);
    }
    return result;
  } finally {
    await opened.close();
  }
}

export async function closeBrowser(): Promise<void> {
  await (await shared)?.close();
  shared = null;
}

function openBrowser(): Promise<Browser> {
  shared ??= launch();
  return shared;
}

async function launch(): Promise<Browser> {
  const { chromium } = await import('playwright-core');
  return chromium.launch({
    executablePath: await findChromium(),
    // The sandbox does not start as root; and neither a page nor the browser may reach anything but this machine.
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      // A microphone that beeps, and nobody to ask for it.
      '--use-fake-device-for-media-stream',
      '--use-fake-ui-for-media-stream',
      '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost',
    ],
  });
}

function asCookie(pair: string, url: string) {
  const end = pair.indexOf('=');
  const name = pair.slice(0, end);
  // The __Host- prefix demands Secure, which Chromium grants to loopback addresses.
  return { name, value: pair.slice(end + 1), url, httpOnly: true, secure: name.startsWith('__Host-') };
}

function listenForComplaints(page: Page): string[] {
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error' && /content security policy|htmx/i.test(message.text())) {
      complaints.push(message.text());
    }
  });
  return complaints;
}
