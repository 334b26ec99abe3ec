import { afterAll, beforeAll, beforeEach, expect, test } from 'bun:test';
import type { Page } from 'playwright-core';
import { type ComposerWorld, openComposerWorld, send, taken, writing } from './composer-world.ts';

let world: ComposerWorld;
let round = 0;
beforeAll(async () => {
  world = await openComposerWorld();
});
beforeEach(() => {
  round += 1;
});
afterAll(() => world.close());

const question = (page: Page) => page.locator('[data-question]');

async function bosAnswer(text: string): Promise<void> {
  const bo = await world.box.as('bo');
  await bo.post(`/conversations/${world.id}/messages`, { text, key: crypto.randomUUID() });
}

test('a colleague’s answer is asked about before the own one goes out, and then it goes', async () => {
  await world.open('ada', async (page) => {
    const answer = `Yes, twenty. ${round}`;
    await writing(page).fill(answer);
    await bosAnswer(`Only ten. ${round}`);
    await taken(page, `Only ten. ${round}`).waitFor();
    await writing(page).press('Enter');
    await question(page).waitFor();

    expect(await question(page).locator('p').first().textContent()).toMatch(
      /^Bo Sithole replied \d+ s ago — send anyway\?$/,
    );
    expect(await question(page).getAttribute('role')).toBe('alert');
    expect(await writing(page).inputValue()).toBe(answer);
    expect(await page.locator('.msg--pending').count()).toBe(0);
    expect(world.sent()).not.toContain(answer);

    await page.getByRole('button', { name: 'Send anyway' }).click();
    await taken(page, answer).waitFor();
    expect(await question(page).count()).toBe(0);
    expect(await writing(page).inputValue()).toBe('');
  });
});

test('who keeps editing is not asked about the same answer again', async () => {
  await world.open('ada', async (page) => {
    await writing(page).fill('Twenty bags');
    await bosAnswer(`Ten bags. ${round}`);
    await taken(page, `Ten bags. ${round}`).waitFor();
    await writing(page).press('Enter');
    await page.getByRole('link', { name: 'Keep editing' }).click();

    expect(await question(page).count()).toBe(0);
    expect(await writing(page).evaluate((box) => box === document.activeElement)).toBe(true);
    await send(page, `Ten it is, sorry. ${round}`);
    await taken(page, `Ten it is, sorry. ${round}`).waitFor();
  });
});

test('an answer that was there before one began to write is not asked about', async () => {
  await world.open('ada', async (page) => {
    await bosAnswer(`It is here. ${round}`);
    await taken(page, `It is here. ${round}`).waitFor();
    await send(page, `Come by. ${round}`);
    await taken(page, `Come by. ${round}`).waitFor();
    expect(await question(page).count()).toBe(0);
  });
});

test('an answer that a page without a connection has not shown is asked about, and shown', async () => {
  await world.open('ada', async (page) => {
    await page.routeWebSocket('**/live*', (socket) => socket.close());
    await page.goto(world.path);
    await writing(page).fill(`Mine. ${round}`);
    await bosAnswer(`Theirs. ${round}`);
    await writing(page).press('Enter');
    await question(page).waitFor();
    await taken(page, `Theirs. ${round}`).waitFor();
  });
});

test('two tabs of one person are no collision', async () => {
  await world.open('ada', async (page) => {
    await writing(page).fill(`Second. ${round}`);
    const ada = await world.box.as('ada');
    await ada.post(`/conversations/${world.id}/messages`, {
      text: `First. ${round}`,
      key: crypto.randomUUID(),
    });
    await taken(page, `First. ${round}`).waitFor();
    await writing(page).press('Enter');
    await taken(page, `Second. ${round}`).waitFor();
  });
});

test('the question works without JavaScript', async () => {
  await world.open(
    'ada',
    async (page) => {
      await writing(page).fill(`By hand. ${round}`);
      await bosAnswer(`By machine. ${round}`);
      await page.locator('compose-box button[type=submit]').first().click();
      await question(page).waitFor();
      expect(await writing(page).inputValue()).toBe(`By hand. ${round}`);
      expect(await page.locator('compose-box button[type=submit]:visible').allTextContents()).toEqual([
        'Send anyway',
      ]);

      await page.getByRole('button', { name: 'Send anyway' }).click();
      await taken(page, `By hand. ${round}`).waitFor();
      expect(await question(page).count()).toBe(0);
    },
    { javaScript: false },
  );
});
