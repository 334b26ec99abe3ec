import { afterAll, beforeAll, beforeEach, expect, test } from 'bun:test';
import type { Page, Route, WebSocketRoute } from 'playwright-core';
import { customers } from '../people.ts';
import { type DraftWorld, openDraftWorld } from './composer-draft-world.ts';
import { bubbles, pending, send, show, taken, writing } from './composer-world.ts';

let world: DraftWorld;
beforeAll(async () => {
  world = await openDraftWorld();
});
beforeEach(() => world.emptyDraft());
afterAll(() => world.close());

const filled = (page: Page, text: string) =>
  page.waitForFunction((said) => document.querySelector('textarea')?.value === said, text);
const saveFailed = (page: Page) =>
  page.waitForEvent('requestfailed', (request) => request.url().endsWith(world.draftPath));

/** Kept from another device that had seen all there was. */
async function keepElsewhere(text: string, key: string = crypto.randomUUID()): Promise<void> {
  const { revision } = await world.draft();
  await world.ada.post(world.draftPath, { text, key, revision: String(revision) });
}

/** Two windows of Ada's. */
const inTwoTabs = (work: (one: Page, two: Page) => Promise<void>) =>
  world.open('ada', (one) => world.open('ada', (two) => work(one, two)));

test('what is typed is kept without a click, and stands in the box on any other device', async () => {
  await world.open('ada', async (page) => {
    await writing(page).pressSequentially('We have twen');
    await world.kept('We have twen');
    await world.row(page).getByText('Draft: We have twen').waitFor();
  });
  await world.open('ada', async (page) => {
    expect(await writing(page).inputValue()).toBe('We have twen');
    expect(await world.row(page).textContent()).toContain('Draft: We have twen');
  });
});

test('nobody else sees it', async () => {
  await world.open('bo', async (bosPage) => {
    await world.open('ada', async (page) => {
      await writing(page).fill('Between us');
      await world.kept('Between us');
    });
    expect(await bosPage.content()).not.toContain('Between us');
    await show(bosPage, world.path);
    expect(await bosPage.content()).not.toContain('Between us');
  });
});

test('sending clears it, in the list too', async () => {
  await world.open('ada', async (page) => {
    await writing(page).fill('Soon gone.');
    await world.kept('Soon gone.');
    await world.row(page).getByText('Draft:').waitFor();
    await writing(page).press('Enter');
    await taken(page, 'Soon gone.').waitFor();
    await world.row(page).getByText('Draft:').waitFor({ state: 'hidden' });
    expect(await world.draft()).toMatchObject({ text: '' });
    await show(page, world.path);
    expect(await writing(page).inputValue()).toBe('');
  });
});

test('what one tab types, the other shows, and what one sends leaves both', async () => {
  await inTwoTabs(async (one, two) => {
    await writing(one).fill('In both tabs.');
    await filled(two, 'In both tabs.');
    await world.row(two).getByText('Draft: In both tabs.').waitFor();

    await writing(two).press('Enter');
    await taken(one, 'In both tabs.').waitFor();
    await taken(two, 'In both tabs.').waitFor();
    await filled(one, '');
    expect(await bubbles(one, 'In both tabs.').count()).toBe(1);
    expect(await bubbles(two, 'In both tabs.').count()).toBe(1);
  });
});

test('after one window has sent, the next message of the other is a message of its own, with the same words too', async () => {
  await inTwoTabs(async (one, two) => {
    await writing(one).fill('Ok');
    await filled(two, 'Ok');
    await writing(two).press('Enter');
    await taken(one, 'Ok').waitFor();
    await filled(one, '');

    await send(one, 'Ok');
    await taken(two, 'Ok').nth(1).waitFor();
    await send(two, 'Other words.');
    await taken(one, 'Other words.').waitFor();
  });
  expect((await world.allSent()).filter((text) => text === 'Ok')).toHaveLength(2);
});

test('Send pressed in both tabs at once sends one message', async () => {
  await inTwoTabs(async (one, two) => {
    await writing(one).fill('Only once.');
    await filled(two, 'Only once.');
    await Promise.all([writing(one).press('Enter'), writing(two).press('Enter')]);
    await taken(one, 'Only once.').waitFor();
    await taken(two, 'Only once.').waitFor();
    for (const page of [one, two]) {
      await pending(page, 'Only once.').waitFor({ state: 'detached' });
      expect(await bubbles(page, 'Only once.').count()).toBe(1);
    }
  });
  expect((await world.allSent()).filter((text) => text === 'Only once.')).toHaveLength(1);
});

test('two different texts: neither is thrown away by itself', async () => {
  await inTwoTabs(async (one, two) => {
    await two.context().setOffline(true);
    const failed = saveFailed(two);
    await writing(two).fill('From the laptop');
    await failed;
    await writing(one).fill('From the phone');
    await world.kept('From the phone');
    await two.context().setOffline(false);
    await writing(two).pressSequentially('!');
    const other = two.locator('[data-other-draft]');
    await other.getByText('From the phone').waitFor();
    expect(await writing(two).inputValue()).toBe('From the laptop!');

    await other.getByRole('button', { name: 'Keep this one' }).click();
    await filled(one, 'From the laptop!');
    expect(await other.isHidden()).toBe(true);

    await writing(one).fill('One more');
    await filled(two, 'One more');
  });
});

test('a draft that is told while another is being saved does not take its place', async () => {
  await world.open('ada', async (page) => {
    const held = Promise.withResolvers<void>();
    await page.route(`**${world.draftPath}`, async (route) => {
      await held.promise;
      await route.continue();
    });
    const saving = page.waitForRequest(`**${world.draftPath}`);
    await writing(page).fill('From the laptop');
    const save = await saving;
    await keepElsewhere('From the phone');
    const other = page.locator('[data-other-draft]');
    await other.getByText('From the phone').waitFor();
    held.resolve();
    expect((await save.response())?.status()).toBe(409);
    expect(await writing(page).inputValue()).toBe('From the laptop');

    await other.getByRole('button', { name: 'Keep this one' }).click();
    await world.kept('From the laptop');
  });
});

test('after a failed save the next one overwrites nothing from elsewhere, and asks nothing about its own text', async () => {
  await world.open('ada', async (page) => {
    await keepElsewhere('From the laptop');
    const line = await cuttable(page);
    await show(page, world.path);
    await line.cut();
    const failing = async (text: string, treat: (route: Route) => Promise<unknown>) => {
      await page.route(`**${world.draftPath}`, async (route) => {
        await treat(route);
        await route.abort();
      });
      const failed = saveFailed(page);
      await writing(page).fill(text);
      await failed;
    };
    const other = page.locator('[data-other-draft]');
    await failing('Kept, but the answer was lost', (route) => route.fetch());
    await failing('Did not get through', async () => undefined);
    await page.unroute(`**${world.draftPath}`);
    await writing(page).fill('From the laptop');
    await world.kept('From the laptop');
    expect(await other.isHidden()).toBe(true);

    await failing('From the laptop.', async () => undefined);
    await page.unroute(`**${world.draftPath}`);
    await keepElsewhere('From the phone');
    await writing(page).fill('From the laptop!');
    await other.getByText('From the phone').waitFor();
    expect(await writing(page).inputValue()).toBe('From the laptop!');
    expect(await world.draft()).toMatchObject({ text: 'From the phone' });
  });
});

test('a failed message and a draft survive a look at another conversation', async () => {
  await world.open('ada', async (page) => {
    await page.route('**/conversations/*/messages', (route) => route.abort());
    await send(page, 'Not yet there.');
    await page.locator('.msg--pending.failed', { hasText: 'Not yet there.' }).waitFor();
    await page.locator('.row__item a', { hasText: customers.ravi.name }).click();
    await page.locator('.msg', { hasText: 'Is the drill back?' }).waitFor();
    expect(await page.locator('.msg--pending').count()).toBe(0);
    await world.row(page).locator('a').click();
    await page.locator('.msg--pending.failed', { hasText: 'Not yet there.' }).waitFor();
    await page.unrouteAll();
    await page.getByRole('button', { name: 'Retry' }).click();
    await taken(page, 'Not yet there.').waitFor();
  });
});

test('without JavaScript a draft from elsewhere stands in the box, and sending clears it', async () => {
  const ada = await world.box.as('ada');
  await ada.post(world.draftPath, { text: 'By hand', key: 'by-hand', revision: '2000' });
  await world.open(
    'ada',
    async (page) => {
      expect(await writing(page).inputValue()).toBe('By hand');
      await page.locator('compose-box button[type=submit]').click();
      await taken(page, 'By hand').waitFor();
      expect(await writing(page).inputValue()).toBe('');
    },
    { javaScript: false },
  );
});

/** A line that can be cut: pages that are loaded from here on go through it. */
async function cuttable(page: Page) {
  let isCut = false;
  const open = new Set<WebSocketRoute>();
  await page.routeWebSocket(/\/live/, (socket) => {
    if (isCut) {
      void socket.close({ code: 1012 });
    } else {
      socket.connectToServer();
      open.add(socket);
    }
  });
  return {
    async cut() {
      isCut = true;
      await Promise.all([...open].map((socket) => socket.close({ code: 1012 })));
    },
    mend() {
      isCut = false;
    },
  };
}

test('after a lost connection, what was sent from elsewhere is in no box any more', async () => {
  await inTwoTabs(async (one, two) => {
    const line = await cuttable(two);
    await show(two, world.path);
    await writing(one).fill('Both know this.');
    await filled(two, 'Both know this.');
    await line.cut();
    await writing(one).press('Enter');
    await taken(one, 'Both know this.').waitFor();
    expect(await writing(two).inputValue()).toBe('Both know this.');

    line.mend();
    await filled(two, '');
    await taken(two, 'Both know this.').waitFor();
  });
});

test('a tab that missed that its text was sent does not send it again', async () => {
  await inTwoTabs(async (one, two) => {
    const line = await cuttable(two);
    await show(two, world.path);
    await writing(one).fill('Sent for sure.');
    await filled(two, 'Sent for sure.');
    await line.cut();
    await writing(one).press('Enter');
    await taken(one, 'Sent for sure.').waitFor();
    await writing(two).press('Enter');
    await taken(two, 'Sent for sure.').waitFor();
    await show(one, world.path);
    expect(await bubbles(one, 'Sent for sure.').count()).toBe(1);
  });
});

test('a tab that missed what was typed elsewhere asks as well, and keeps its own text', async () => {
  await world.open('ada', async (page) => {
    const line = await cuttable(page);
    await show(page, world.path);
    await line.cut();
    await world.ada.post(world.draftPath, { text: 'From the phone', key: 'k', revision: '3000' });
    await writing(page).fill('From the laptop');
    await page.locator('[data-other-draft]').getByText('From the phone').waitFor();
    expect(await writing(page).inputValue()).toBe('From the laptop');
  });
});
