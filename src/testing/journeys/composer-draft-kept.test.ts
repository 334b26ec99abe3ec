import { afterAll, beforeAll, beforeEach, expect, test } from 'bun:test';
import { customers } from '../people.ts';
import { until } from '../until.ts';
import { type DraftWorld, openDraftWorld } from './composer-draft-world.ts';
import { holding, writing } from './composer-world.ts';

let world: DraftWorld;
beforeAll(async () => {
  world = await openDraftWorld();
});
beforeEach(() => world.emptyDraft());
afterAll(() => world.close());

test('leaving for another conversation keeps it at once, and coming back brings it back', async () => {
  await world.open('ada', async (page) => {
    await writing(page).fill('Half a thou');
    await page.locator('.row__item a', { hasText: customers.ravi.name }).click();
    await page.locator('.msg', { hasText: 'Is the drill back?' }).waitFor();
    expect(await writing(page).inputValue()).toBe('');
    await world.kept('Half a thou');
    await world.row(page).locator('a').click();
    await page.locator('.msg', { hasText: 'Do you have cement?' }).waitFor();
    expect(await writing(page).inputValue()).toBe('Half a thou');
  });
});

test('what was typed before the scripts of the page came is kept as well', async () => {
  await world.open('ada', async (page) => {
    const scripts = await holding(page, '**/*.js*');
    await page.goto(world.path, { waitUntil: 'commit' });
    await writing(page).fill('On a slow link');
    scripts.letGo();
    await world.kept('On a slow link');
  });
});

test('what was cleared while it was being saved does not come back', async () => {
  await world.open('ada', async (page) => {
    const { revision } = await world.draft();
    await page.clock.install();
    const save = await holding(page, `**${world.draftPath}`, 1);
    const asked = page.waitForRequest(`**${world.draftPath}`);
    const answered = page.waitForResponse(`**${world.draftPath}`);
    await writing(page).fill('Never mind');
    await page.clock.runFor(1_000);
    await asked;
    await writing(page).fill('');
    await page.clock.runFor(1_000);
    save.letGo();
    await answered;
    await until('the draft is saved twice', async () => (await world.draft()).revision > revision + 1);
    expect((await world.draft()).text).toBe('');
    expect(await writing(page).inputValue()).toBe('');
  });
});

test('closing the page keeps it', async () => {
  await world.open('ada', async (page) => {
    await writing(page).fill('Door slams');
    await page.goto('/inbox/all');
    // The window stays meanwhile: what is still on its way as it closes may be cut off.
    await world.kept('Door slams');
  });
});

test('so does leaving the page while it is on its way, and the page that follows shows it though it was drawn before', async () => {
  await world.open('ada', async (page) => {
    const save = await holding(page, `**${world.draftPath}`, 1);
    const asked = page.waitForRequest(`**${world.draftPath}`);
    await writing(page).fill('And on');
    await asked;
    const scripts = await holding(page, '**/*.js*');
    await page.goto(world.path, { waitUntil: 'commit' });
    save.letGo();
    await world.kept('And on');
    scripts.letGo();
    await page.waitForFunction(() => document.querySelector('textarea')?.value === 'And on');
  });
});

test('a push of the row keeps its draft in sight', async () => {
  await world.open('ada', async (page) => {
    await writing(page).fill('Still here');
    await world.kept('Still here');
    await world.row(page).getByText('Draft: Still here').waitFor();
    await world.noor.say(world.box.number.phoneNumberId, 'Hello again');
    await page.locator('.msg--in', { hasText: 'Hello again' }).waitFor();
    expect(await world.row(page).textContent()).toContain('Draft: Still here');
  });
});

test('so does a list that was drawn before it was kept', async () => {
  await world.open('ada', async (page) => {
    const drawn = Promise.withResolvers<void>();
    const shown = Promise.withResolvers<void>();
    await page.route(`**${world.path}`, async (route) => {
      const response = await route.fetch();
      drawn.resolve();
      await shown.promise;
      await route.fulfill({ response });
    });
    await page.evaluate(() => {
      document.addEventListener('oono:fresh', () => document.body.setAttribute('data-fresh', ''));
      document.dispatchEvent(new CustomEvent('oono:stale'));
    });
    await drawn.promise;
    await writing(page).fill('In sight');
    await world.row(page).getByText('Draft: In sight').waitFor();
    shown.resolve();
    await page.locator('body[data-fresh]').waitFor();
    expect(await world.row(page).textContent()).toContain('Draft: In sight');
  });
});
