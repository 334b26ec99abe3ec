import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { findChromium, findHeadlessShell } from './find-chromium.ts';
import { delayRequests, slowestMs } from './slow-line.ts';

/** One browser for the whole run: starting one costs a second. */
let shared: Promise<Browser> | null = null;
let needsNoWindows = false;

/** From here on a browser that is made for programs will do. What is measured or photographed is what people have. */
export function preferHeadlessShell(): void {
  needsNoWindows = true;
}

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
  const opened = await openPage(options);
  try {
    return await withoutComplaints(opened, work);
  } finally {
    await opened.context.close();
  }
}

/**
 * As `withPage`, but the page stays open for whoever comes next with the same address and cookie, as the one before left
 * it, until `closeKeptPages`. For what only looks at many addresses: a new page takes the browser longer than filling it.
 */
export async function withKeptPage<T>(
  options: Pick<PageOptions, 'url' | 'cookie'>,
  work: (page: Page) => Promise<T>,
): Promise<T> {
  const key = `${options.url} ${options.cookie ?? ''}`;
  const opened = kept.get(key) ?? (await openPage(options));
  kept.set(key, opened);
  return withoutComplaints(opened, work);
}

export async function closeKeptPages(): Promise<void> {
  const pages = [...kept.values()];
  kept.clear();
  await Promise.all(pages.map(({ context }) => context.close()));
}

type OpenPage = { context: BrowserContext; page: Page; complaints: string[] };
const kept = new Map<string, OpenPage>();

async function openPage({ url, cookie, javaScript = true, ...options }: PageOptions): Promise<OpenPage> {
  const browser = await openBrowser();
  const context = await browser.newContext({ ...options, baseURL: url, javaScriptEnabled: javaScript });
  if (cookie) {
    await context.addCookies(cookie.split('; ').map((pair) => asCookie(pair, url)));
  }
  if (slowestMs > 0) {
    await delayRequests(context);
  }
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  return { context, page, complaints: listenForComplaints(page) };
}

async function withoutComplaints<T>(
  { page, complaints }: OpenPage,
  work: (page: Page) => Promise<T>,
): Promise<T> {
  const result = await work(page);
  const said = complaints.splice(0);
  if (said.length > 0) {
    throw new Error(`The page complained:\n${said.join('\n')}`);
  }
  return result;
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
    executablePath: (needsNoWindows && findHeadlessShell()) || (await findChromium()),
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
