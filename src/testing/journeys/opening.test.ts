import { afterAll, beforeAll, expect, test } from 'bun:test';
import type { Page } from 'playwright-core';
import { NOON, seedConversation, seedMessage } from '#src/conversations/testing.ts';
import type { Box } from '../box.ts';
import { withPage } from '../browser.ts';
import { customers } from '../people.ts';
import { heading, type OpeningWorld, openOpeningWorld, phone, row, wide } from './opening-world.ts';

let world: OpeningWorld;
let box: Box;
let cookie: string;
let say: OpeningWorld['say'];
let onOnePage: OpeningWorld['onOnePage'];

beforeAll(async () => {
  world = await openOpeningWorld();
  ({ box, cookie, say, onOnePage } = world);
});
afterAll(() => world.box.close());

const inThread = (page: Page, text: string) => page.locator('.log .msg', { hasText: text });
/** What has the focus, as somebody who cannot see it would hear it. */
const focused = (page: Page) => page.evaluate(() => document.activeElement?.textContent?.trim() ?? '');

test('a conversation opens beside the list: address, title, heading, focus and announcement follow', async () => {
  await onOnePage(wide, async (page) => {
    await row(page, 'noor').click();
    await inThread(page, 'Do you have cement?').waitFor();
    await page.waitForURL(/\/inbox\/unassigned\/\d+$/);
    expect(await page.title()).toMatch(/Noor Chipo · Unassigned · OonoBox$/);
    expect(await page.locator('h1').textContent()).toBe('Conversation with Noor Chipo');
    await page.locator('#say', { hasText: 'Conversation with Noor Chipo, 1 unread' }).waitFor();
    expect(await focused(page)).toBe('Noor Chipo');
    expect(await page.locator('.row[aria-current=true]').allInnerTexts()).toEqual([
      expect.stringContaining('Noor Chipo'),
    ]);
    await page.locator('.contact', { hasText: customers.noor.phone.slice(-4) }).waitFor();
    await page.locator('.row:not(.row--unread)', { hasText: 'Noor Chipo' }).waitFor();
  });
});

test('what came late, and so stands above what came before it, is read as well', async () => {
  const { numberId } = box.number;
  const late = {
    id: 300_102,
    conversationId: 3001,
    numberId,
    orderedAt: NOON - 60_000,
    text: 'I said this first',
  };
  await box.inbox((inbox) =>
    inbox.write('normal', [
      ...seedConversation(inbox, 3001, { numberId, lastInboundId: late.id }),
      seedMessage(inbox, late),
    ]),
  );
  await onOnePage(wide, async (page) => {
    await page.locator('.row--unread', { hasText: 'Customer 3001' }).click();
    await inThread(page, late.text).waitFor();
    await page.locator('.row:not(.row--unread)', { hasText: 'Customer 3001' }).waitFor();
  });
});

test('a call that was missed is read by whoever opens the conversation', async () => {
  const { numberId } = box.number;
  const missed = { type: 'call', content: JSON.stringify({ kind: 'call', outcome: 'missed' }), text: '' };
  const call = { id: 300_202, conversationId: 3002, numberId, orderedAt: NOON + 60_000, ...missed };
  await box.inbox((inbox) =>
    inbox.write('normal', [
      ...seedConversation(inbox, 3002, { numberId, lastInboundId: call.id }),
      seedMessage(inbox, call),
    ]),
  );
  await onOnePage(wide, async (page) => {
    await page.locator('.row--unread', { hasText: 'Customer 3002' }).click();
    await page.locator('.call').waitFor();
    await page.locator('.row:not(.row--unread)', { hasText: 'Customer 3002' }).waitFor();
  });
});

test('live goes on in the conversation that was opened, and not in the one before', async () => {
  await onOnePage(wide, async (page) => {
    await row(page, 'noor').click();
    await heading(page).filter({ hasText: 'Noor' }).waitFor();
    await row(page, 'ravi').click();
    await inThread(page, 'Is the drill back?').waitFor();
    await say('noor', 'Hello?');
    await say('ravi', 'The big one.');
    await inThread(page, 'The big one.').waitFor();
    expect(await inThread(page, 'Hello?').count()).toBe(0);

    await page.locator('textarea').fill('It came this morning.');
    await page.keyboard.press('Enter');
    await page.locator('.msg--out[data-status=delivered]', { hasText: 'It came this morning.' }).waitFor();
  });
});

test('what came between the answer and the socket is not lost', async () => {
  await onOnePage(wide, async (page) => {
    const held = Promise.withResolvers<void>();
    const drawn = Promise.withResolvers<void>();
    await page.route('**/inbox/unassigned/*', async (route) => {
      const answer = await route.fetch();
      drawn.resolve();
      await held.promise;
      await route.fulfill({ response: answer });
    });
    await row(page, 'noor').click();
    await drawn.promise;
    await say('noor', 'I said this in between.');
    held.resolve();
    await inThread(page, 'I said this in between.').waitFor();
  });
});

test('back and forward move between what was open, and the list gets the focus back', async () => {
  await onOnePage(wide, async (page) => {
    await row(page, 'noor').click();
    await heading(page).filter({ hasText: 'Noor' }).waitFor();
    await row(page, 'ravi').click();
    await heading(page).filter({ hasText: 'Ravi' }).waitFor();
    await page.goBack();
    await heading(page).filter({ hasText: 'Noor' }).waitFor();
    await page.goBack();
    await page.locator('.thread--none').waitFor();
    expect(await page.title()).toMatch(/Unassigned · OonoBox$/);
    expect(await page.locator('.row[aria-current]').count()).toBe(0);
    expect(await focused(page)).toContain('Noor Chipo');
    await page.goForward();
    await heading(page).filter({ hasText: 'Noor' }).waitFor();
  });
});

test('on a phone the thread takes the place of the list, the contact that of the thread, and back', async () => {
  await onOnePage(phone, async (page) => {
    await row(page, 'noor').click();
    await inThread(page, 'Do you have cement?').waitFor();
    expect(await page.locator('.list').isVisible()).toBe(false);
    expect(await focused(page)).toBe('Noor Chipo');

    await page.getByRole('link', { name: 'Contact' }).click();
    await page.locator('.contact h2').waitFor();
    expect(await page.locator('.thread').isVisible()).toBe(false);
    expect(page.url()).toEndWith('/contact');

    await page.getByRole('link', { name: 'Back to the conversation' }).click();
    await inThread(page, 'Do you have cement?').waitFor();
    await page.getByRole('link', { name: 'Back to Unassigned' }).click();
    await page.locator('.list').waitFor();
    await page.waitForURL(/\/inbox\/unassigned$/);
    expect(await focused(page)).toContain('Noor Chipo');
  });
});

test('of two choices the later one is shown, whichever answer comes last', async () => {
  await onOnePage(wide, async (page) => {
    const held = Promise.withResolvers<void>();
    await page.route('**/inbox/unassigned/*', async (route, request) => {
      if (request.url().endsWith((await row(page, 'noor').getAttribute('href')) ?? '')) {
        await held.promise;
      }
      await route.continue().catch(() => {});
    });
    await row(page, 'noor').click();
    await row(page, 'ravi').click();
    await heading(page).filter({ hasText: 'Ravi' }).waitFor();
    held.resolve();
    await page.waitForLoadState('networkidle');
    expect(await heading(page).textContent()).toBe('Ravi Naidoo');
  });
});

test('what cannot be opened as a part is opened as a page, which says why', async () => {
  await withPage({ url: box.url, cookie }, async (page) => {
    await page.goto('/inbox/unassigned');
    await page.route('**/inbox/unassigned/*', (route, request) =>
      request.resourceType() === 'fetch' ? route.abort() : route.continue(),
    );
    await row(page, 'noor').click();
    await inThread(page, 'Do you have cement?').waitFor();
    expect(page.url()).toMatch(/\/inbox\/unassigned\/\d+$/);
  });
});

test('with Ctrl it opens in a tab of its own', async () => {
  await onOnePage(wide, async (page) => {
    const opened = page.context().waitForEvent('page');
    await row(page, 'noor').click({ modifiers: ['ControlOrMeta'] });
    await inThread(await opened, 'Do you have cement?').waitFor();
    expect(page.url()).toEndWith('/inbox/unassigned');
  });
});

test('what was typed there is there again when one comes back, on this page and on another', async () => {
  await onOnePage(wide, async (page) => {
    await row(page, 'noor').click();
    await heading(page).filter({ hasText: 'Noor' }).waitFor();
    await page.locator('textarea').fill('We have twenty');
    await row(page, 'ravi').click();
    await heading(page).filter({ hasText: 'Ravi' }).waitFor();
    expect(await page.locator('textarea').inputValue()).toBe('');
    await row(page, 'noor').click();
    await heading(page).filter({ hasText: 'Noor' }).waitFor();
    expect(await page.locator('textarea').inputValue()).toBe('We have twenty');
    await page.locator('textarea').fill('');
  });
});

test('what could not be sent there is still offered when one comes back', async () => {
  await onOnePage(wide, async (page) => {
    await page.route('**/messages', (route) => route.abort());
    await row(page, 'noor').click();
    await heading(page).filter({ hasText: 'Noor' }).waitFor();
    await page.locator('textarea').fill('This is kept.');
    await page.keyboard.press('Control+Enter');
    await page.locator('.failed__why').filter({ visible: true }).waitFor();
    await row(page, 'ravi').click();
    await heading(page).filter({ hasText: 'Ravi' }).waitFor();
    await row(page, 'noor').click();
    await page.locator('.msg--pending', { hasText: 'This is kept.' }).waitFor();

    await page.unroute('**/messages');
    await page.getByRole('button', { name: 'Retry' }).click();
    await page.locator('.msg--out:not(.msg--pending)', { hasText: 'This is kept.' }).waitFor();
    expect(await page.locator('.msg--pending').count()).toBe(0);
  });
});

test('the countdown beside the thread follows the window when the customer writes again, and time', async () => {
  const hour = 3_600_000;
  const farai = box.simulator.customer('+263772345678', { name: 'Farai Dube' });
  await farai.say(box.number.phoneNumberId, 'Anybody there?', { at: Date.now() - 5.5 * hour });
  await box.settled();
  await withPage({ url: box.url, cookie, viewport: wide }, async (page) => {
    const dial = page.locator('.dial');
    await page.clock.install();
    await page.goto('/inbox/unassigned');
    await page.locator('.row', { hasText: 'Farai Dube' }).click();
    await dial.getByText(/^18 h/).waitFor();
    const before = await dial.locator('local-time').textContent();
    const ring = await dial.locator('.ring__left').getAttribute('stroke-dasharray');

    await farai.say(box.number.phoneNumberId, 'Hello?');
    await dial.getByText(/^23 h/).waitFor();
    expect(await dial.locator('local-time').textContent()).not.toBe(before);
    await page.clock.fastForward(20 * hour);
    await dial.getByText(/^3 h/).waitFor();
    expect(await dial.locator('.ring__left').getAttribute('stroke-dasharray')).not.toBe(ring);
    expect(await dial.locator('.ring--soon').count()).toBe(1);
  });
});
