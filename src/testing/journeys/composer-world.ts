import type { Page, Route } from 'playwright-core';
import { type Box, openBox } from '../box.ts';
import { type PageOptions, withPage } from '../browser.ts';
import type { Client } from '../client.ts';
import { customers, type people } from '../people.ts';

/** A box in which Noor has written, and pages of the conversation with her. */
export async function openComposerWorld() {
  const box = await openBox();
  const { simulator, number } = box;
  const noor = simulator.customer(customers.noor.phone, customers.noor);
  await noor.say(number.phoneNumberId, 'Do you have cement?');
  await box.settled();
  const path = await findConversation(box);
  /** The texts that reached WhatsApp, in order. */
  const sent = () =>
    simulator.sent.filter(({ type }) => type === 'text').map(({ body }) => textOf(body.text));

  return {
    box,
    noor,
    /** The address of the conversation. */
    path,
    id: Number(path.split('/').at(-1)),
    /** Shows the conversation to somebody, with its socket open. */
    async open<T>(
      person: keyof typeof people,
      work: (page: Page) => Promise<T>,
      options: Partial<PageOptions> = {},
    ): Promise<T> {
      const cookie = (await box.as(person)).cookie ?? '';
      return withPage({ url: box.url, cookie, ...options }, async (page) => {
        await show(page, path, options.javaScript !== false);
        return work(page);
      });
    },
    sent,
    /** The same, once nothing is on its way any more. */
    async allSent(): Promise<string[]> {
      await box.services.delivery.idle();
      return sent();
    },
    close: () => box.close(),
  };
}

export type ComposerWorld = Awaited<ReturnType<typeof openComposerWorld>>;

/** Opens a page and waits until its socket has joined, so that nothing pushed from here on is missed. */
export async function show(page: Page, path: string, isLive = true): Promise<void> {
  const joined = isLive ? socketJoined(page) : null;
  await page.goto(path);
  await joined;
  await page.locator('compose-box textarea').waitFor();
}

async function socketJoined(page: Page): Promise<void> {
  const socket = await page.waitForEvent('websocket');
  await socket.waitForEvent('framereceived');
}

async function findConversation({ as }: Box): Promise<string> {
  const page = await (await (await as('ada')).get('/inbox/all')).text();
  return page.match(/\/inbox\/all\/\d+/)?.[0] ?? '';
}

/** What the server keeps of somebody's draft. */
export async function draftOf(
  client: Client,
  conversationId: number,
): Promise<{ text: string; revision: number; files: unknown[] }> {
  return (await client.get(`/conversations/${conversationId}/draft`)).json();
}

/** Leaves nothing in it, and is newer than what a page of the test before may still have on its way. */
export async function emptyDraft(client: Client, conversationId: number): Promise<void> {
  const { revision } = await draftOf(client, conversationId);
  for (const [index, text] of ['Anything.', ''].entries()) {
    const typed = { text, key: crypto.randomUUID(), files: '', revision: String(revision + index) };
    await client.post(`/conversations/${conversationId}/draft`, typed);
  }
}

/** Keeps what the page asks for there, the first `times`, until it is let go. */
export async function holding(page: Page, address: string, times = Number.POSITIVE_INFINITY) {
  const { promise, resolve: letGo } = Promise.withResolvers<void>();
  const hold = async (route: Route) => {
    await promise;
    await route.continue();
  };
  await page.route(address, hold, { times });
  return { letGo };
}

function textOf(text: unknown): string {
  return typeof text === 'object' && text !== null && 'body' in text ? String(text.body) : '';
}

export const writing = (page: Page) => page.locator('compose-box textarea');
export const bubbles = (page: Page, text: string) => page.locator('.log .msg--out', { hasText: text });
/** Those the server has. */
export const taken = (page: Page, text: string) =>
  page.locator('.log .msg--out:not(.msg--pending)', { hasText: text });
export const pending = (page: Page, text: string) => page.locator('.log .msg--pending', { hasText: text });

export async function send(page: Page, text: string): Promise<void> {
  await writing(page).fill(text);
  await writing(page).press('Enter');
}
