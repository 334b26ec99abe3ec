import { afterAll, beforeAll, expect, test } from 'bun:test';
import { lt } from 'drizzle-orm';
import type { Page } from 'playwright-core';
import { assign } from '#src/conversations/assignment.ts';
import { NOON, seedConversation } from '#src/conversations/testing.ts';
import { conversations } from '#src/db/schema/inbox/index.ts';
import { fullSight } from '#src/people/viewer.ts';
import { type Box, openBox } from '../box.ts';
import { withPage } from '../browser.ts';
import { customers, people } from '../people.ts';

let box: Box;
const { noor, ravi } = customers;

beforeAll(async () => {
  box = await openBox();
  await write('noor', 'Good morning');
  await write('ravi', 'Is the drill back?');
});

afterAll(() => box.close());

async function write(who: keyof typeof customers, text: string): Promise<void> {
  const { phone, name } = customers[who];
  await box.simulator.customer(phone, { name }).say(box.number.phoneNumberId, text);
  await box.settled();
}

const as = async <T>(person: keyof typeof people, work: (page: Page) => Promise<T>): Promise<T> =>
  withPage({ url: box.url, cookie: (await box.as(person)).cookie ?? '' }, work);

const row = (page: Page, name: string) => page.locator('.row__item', { hasText: name });
const inThread = (page: Page, text: string) => page.locator('.log .msg', { hasText: text });
const present = (page: Page, words: string) => page.locator('.presence li', { hasText: words });
const gone = (page: Page) => page.locator('.presence:not(:has(li))').waitFor({ state: 'attached' });
const said = (page: Page) => page.locator('#say').textContent();

async function open(page: Page, name: string): Promise<void> {
  await page.goto('/inbox/all');
  await row(page, name).locator('a').click();
  await page.locator('.head__who h2', { hasText: name }).waitFor();
}

test('two agents on one conversation see each other look and write, without a word from the screen reader', async () => {
  await as('ada', (ada) =>
    as('bo', async (bo) => {
      await open(ada, noor.name);
      await gone(ada);
      await open(bo, noor.name);
      await present(ada, `${people.bo.name} is viewing`).waitFor();
      await present(bo, 'Ada is viewing').waitFor();
      const saidBefore = await said(ada);

      await bo.locator('compose-box textarea').pressSequentially('One mom');
      await present(ada, `${people.bo.name} is writing`).waitFor();
      await bo.locator('compose-box textarea').fill('');
      await present(ada, `${people.bo.name} is viewing`).waitFor();

      await row(bo, ravi.name).locator('a').click();
      await gone(ada);
      await row(bo, noor.name).locator('a').click();
      await present(ada, `${people.bo.name} is viewing`).waitFor();
      await bo.close();
      await gone(ada);
      expect(await said(ada)).toBe(saidBefore);
    }),
  );
});

test('what one writes ends their writing, and stands in the thread of the other', async () => {
  await as('ada', (ada) =>
    as('bo', async (bo) => {
      await open(ada, noor.name);
      await open(bo, noor.name);
      await bo.locator('compose-box textarea').pressSequentially('Good morning, Noor.');
      await present(ada, `${people.bo.name} is writing`).waitFor();
      await bo.keyboard.press('Enter');
      await inThread(ada, 'Good morning, Noor.').waitFor();
      await present(ada, `${people.bo.name} is viewing`).waitFor();
    }),
  );
});

test('a message in the open conversation is said, what comes elsewhere only that it came', async () => {
  await as('ada', async (ada) => {
    await open(ada, noor.name);
    await gone(ada);
    await write('noor', 'Do you have *cement*?');
    await ada
      .locator('#say', { hasText: `${noor.name}: Do you have cement?` })
      .waitFor({ state: 'attached' });
    await write('ravi', 'Hello?');
    await ada
      .locator('#say', { hasText: 'One customer wrote, in All' })
      .waitFor({ state: 'attached', timeout: 15_000 });
  });
});

test('who waits for somebody is counted in the tab, the navigation, the title and on the icon', async () => {
  await as('ada', async (ada) => {
    await ada.goto('/inbox/all');
    const icon = ada.locator('link[rel="icon"]');
    const plain = await icon.getAttribute('href');
    const [id = ''] = (await row(ada, ravi.name).getAttribute('id'))?.match(/\d+/) ?? [];
    await assignTo(box.userIds.ada, Number(id));
    await ada.waitForFunction(() => document.title.startsWith('(1) '));
    expect(await ada.locator('#count-mine').getAttribute('data-count')).toBe('1');
    expect(await ada.locator('#count-rail').textContent()).toStartWith('1');
    expect(await icon.getAttribute('href')).not.toBe(plain);

    await assignTo(null, Number(id));
    await ada.waitForFunction(() => !document.title.startsWith('('));
    expect(await icon.getAttribute('href')).toBe(plain ?? '');
  });
});

test('a row moves to the view of whoever has it now', async () => {
  await as('ada', (ada) =>
    as('bo', async (bo) => {
      await ada.goto('/inbox/unassigned');
      await bo.goto('/inbox/mine');
      const [id = ''] = (await row(ada, ravi.name).getAttribute('id'))?.match(/\d+/) ?? [];
      await assignTo(box.userIds.bo, Number(id));
      await row(bo, ravi.name).waitFor();
      await row(ada, ravi.name).waitFor({ state: 'detached' });
      await assignTo(null, Number(id));
      await row(ada, ravi.name).waitFor();
      await row(bo, ravi.name).waitFor({ state: 'detached' });
    }),
  );
});

test('who stands on a row that a colleague takes stays in the list', async () => {
  await as('ada', async (ada) => {
    await ada.goto('/inbox/unassigned');
    const ids = await ada.locator('.row__item').evaluateAll((rows) => rows.map(({ id }) => id));
    const [first = '', second = ''] = ids;
    await ada.locator(`#${first} a`).focus();
    for (const [left, focused] of [
      [first, `#${second} a:focus`],
      [second, '#list-title:focus'],
    ] as const) {
      await assignTo(box.userIds.bo, Number(left.slice('row-'.length)));
      await ada.locator(`#${left}`).waitFor({ state: 'detached' });
      await ada.locator(focused).waitFor();
    }
    for (const id of ids) {
      await assignTo(null, Number(id.slice('row-'.length)));
    }
  });
});

test('what is read in one tab is read in the other', async () => {
  await as('bo', async (one) => {
    const two = await one.context().newPage();
    await two.goto('/inbox/unassigned');
    await write('ravi', 'Anybody?');
    await row(two, 'Anybody?').locator('.row--unread').waitFor();
    await open(one, ravi.name);
    await row(two, 'Anybody?').locator('.row:not(.row--unread)').waitFor();
  });
});

test('where no socket comes through, the page says so and asks, and shows what is new', async () => {
  await as('ada', async (ada) => {
    // A proxy that swallows the upgrade: the socket neither opens nor fails.
    await ada.addInitScript(() => {
      class Swallowed extends EventTarget {
        static readonly CONNECTING = 0;
        static readonly OPEN = 1;
        readonly readyState = 0;
        close(): void {}
        send(): void {}
      }
      Object.assign(window, { WebSocket: Swallowed });
    });
    await ada.clock.install();
    await ada.goto('/inbox/all');
    const signs: (string | undefined)[] = [];
    ada.on('request', (request) => {
      if (request.url().endsWith('/inbox/all')) {
        signs.push(request.headers()['oono-sign']);
      }
    });
    const first = ada.waitForResponse(/\/live\/position$/);
    await ada.clock.fastForward(6_000);
    await ada.locator('#live-slow:not([hidden])').waitFor();
    expect((await first).status()).toBe(304);
    await write('noor', 'Is the shop open?');
    const next = ada.waitForResponse(/\/live\/position$/);
    await ada.clock.fastForward(16_000);
    await next;
    await row(ada, 'Is the shop open?').waitFor();
    expect(signs).toEqual(['look']);

    const nothingNew = ada.waitForResponse(/\/live\/position$/);
    await ada.clock.fastForward(16_000);
    expect((await nothingNew).status()).toBe(304);
  });
});

test('a line that was cut without a word is noticed, and what was missed is shown', async () => {
  await as('ada', async (ada) => {
    const lines: { isCut: boolean }[] = [];
    await ada.routeWebSocket(/\/live/, (socket) => {
      // What a cut line swallows never comes over it again; the next one is whole.
      const line = { isCut: false };
      lines.push(line);
      socket.connectToServer().onMessage((message) => {
        if (!line.isCut) {
          socket.send(message);
        }
      });
    });
    await ada.clock.install();
    await open(ada, noor.name);
    await write('noor', 'First');
    await inThread(ada, 'First').waitFor();
    for (const line of lines) {
      line.isCut = true;
    }
    await write('noor', 'Second');
    expect(await inThread(ada, 'Second').count()).toBe(0);
    await ada.clock.fastForward(60_000);
    await inThread(ada, 'Second').waitFor();
  });
});

test('when the server says it restarts, pages come back by themselves and miss nothing', async () => {
  await as('ada', (ada) =>
    as('bo', async (bo) => {
      await open(ada, noor.name);
      await bo.goto('/inbox/all');
      await box.services.live.drain();
      await write('noor', 'Still there?');
      await inThread(ada, 'Still there?').waitFor();
      await row(bo, 'Still there?').waitFor();
      expect(await ada.locator('#live-slow:not([hidden])').count()).toBe(0);
    }),
  );
});

test('who is signed out elsewhere is told on the open page', async () => {
  const { cookie, post } = await box.as('bo');
  await withPage({ url: box.url, cookie: cookie ?? '' }, async (bo) => {
    await open(bo, noor.name);
    await gone(bo);
    await post('/logout');
    await bo.locator('#live-signed-out:not([hidden])').waitFor();
  });
});

test('a list that is worked off fills up again, and one that others write into does not grow without end', async () => {
  const { services, number } = box;
  const ids = Array.from({ length: 120 }, (_, n) => 2001 + n);
  const waits = { numberId: number.numberId, waitingSince: NOON, lastArrivedAt: NOON };
  await box.inbox(async (inbox) => {
    await inbox.write(
      'normal',
      ids.flatMap((id) => seedConversation(inbox, id, waits)),
    );
  });
  const rows = (page: Page) => page.locator('.row__item').evaluateAll((all) => all.map((one) => one.id));
  const aPageFrom = (page: Page, first: string) =>
    page.waitForFunction((first) => {
      const shown = document.querySelectorAll('.row__item');
      return shown.length === 25 && shown[0]?.id === first;
    }, first);
  await as('ada', async (ada) => {
    await ada.goto('/inbox/unassigned');
    await ada.locator('#live-slow[hidden]').waitFor({ state: 'attached' });
    const taken = (await rows(ada)).slice(0, 13);
    for (const one of taken) {
      await assignTo(box.userIds.bo, Number(one.slice('row-'.length)));
    }
    const [next = ''] = (await rows(ada)).filter((one) => !taken.includes(one));
    await aPageFrom(ada, next);

    await ada.goto('/inbox/all');
    await box.inbox(async (inbox) => {
      const now = services.now();
      await inbox.write('normal', [
        inbox.sql.update(conversations).set({ lastArrivedAt: now }).where(lt(conversations.id, 10_000)),
      ]);
      await services.live.publish(
        inbox,
        ids.map((conversationId) => ({ conversationId })),
      );
    });
    await aPageFrom(ada, 'row-2120');
  });
});

async function assignTo(assigneeId: number | null, conversationId: number): Promise<void> {
  const { services, accountId, userIds } = box;
  const permissions = new Set(['conversations.read', 'conversations.write'] as const);
  const viewer = {
    kind: 'person',
    accountId,
    userId: userIds.ada,
    name: 'Ada',
    permissions,
    sight: fullSight,
  } as const;
  await box.inbox(async (inbox) => {
    const changes = await assign(inbox, { conversationId, assigneeId }, viewer, services.now());
    await services.live.publish(inbox, changes);
  });
}
