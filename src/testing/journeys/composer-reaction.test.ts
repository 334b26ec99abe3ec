import { afterAll, beforeAll, expect, test } from 'bun:test';
import { type ComposerWorld, openComposerWorld, writing } from './composer-world.ts';

let world: ComposerWorld;
beforeAll(async () => {
  world = await openComposerWorld();
});
afterAll(() => world.close());

test('a reaction is given and changed by keyboard alone, and the focus stays with the message', async () => {
  await world.open('ada', async (page) => {
    const message = page.locator('.log .msg--in', { hasText: 'Do you have cement?' });
    const menu = message.locator('.msg__more > summary');
    await writing(page).focus();
    await menu.focus();
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await message.locator('.react', { hasText: '👍' }).waitFor();
    await expectFocus();

    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Space');
    await message.locator('.react', { hasText: '❤️' }).waitFor();
    await expectFocus();
    expect(await message.locator('.react > span').count()).toBe(1);

    async function expectFocus(): Promise<void> {
      await page.waitForFunction(() => document.activeElement?.matches('.msg--in .msg__more > summary'));
    }
  });
});

test('a push of the message does not close the menu that somebody is in', async () => {
  await world.open('ada', async (page) => {
    const message = page.locator('.log .msg--in', { hasText: 'Do you have cement?' });
    const id = await message.getAttribute('data-id');
    await message.locator('.msg__more > summary').focus();
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    const chosen = await page.evaluate(() => document.activeElement?.getAttribute('value'));
    const bo = await world.box.as('bo');
    await bo.post(`/messages/${id}/reaction`, { emoji: '🙏' });
    await message.locator('.react', { hasText: '🙏' }).waitFor();

    expect(await message.locator('.msg__more[open]').count()).toBe(1);
    expect(await page.evaluate(() => document.activeElement?.getAttribute('value'))).toBe(chosen ?? '');
  });
});

test('Alt and the up arrow quote what the customer said last', async () => {
  await world.open('ada', async (page) => {
    await writing(page).focus();
    await page.keyboard.press('Alt+ArrowUp');
    await page.locator('.composer__quote', { hasText: 'Do you have cement?' }).waitFor();
    expect(await writing(page).evaluate((box) => box === document.activeElement)).toBe(true);
  });
});
