import { afterAll, beforeAll, expect, test } from 'bun:test';
import { eq } from 'drizzle-orm';
import type { Page } from 'playwright-core';
import { roles } from '#src/db/schema/inbox/index.ts';
import { type Box, openBox } from '../box.ts';
import { withPage } from '../browser.ts';
import { openTab } from '../faults/tab.ts';
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

test('who is made to see only their own loses what they have open at once, and a socket that is kept hears nothing more', async () => {
  const [agent] = await box.inbox((inbox) => inbox.sql.select().from(roles).where(eq(roles.key, 'agent')));
  const { cookie } = await box.as('bo');
  await as('ada', (ada) =>
    as('bo', async (bo) => {
      await bo.goto('/inbox/all');
      await row(bo, noor.name).locator('a').click();
      await bo.locator('.log .msg', { hasText: 'Good morning' }).waitFor();
      const noorsId = Number(await bo.locator('message-thread').getAttribute('data-id'));
      const kept = await openTab(box.url, cookie ?? '', noorsId);
      await ada.goto('/inbox/all');
      await row(ada, ravi.name).locator('a').click();
      await ada.locator('.thread-head, .head__who').first().waitFor();

      await ada.goto(`/settings/roles/${agent?.id}`);
      await ada.locator('input[name="reach"][value="own"]').check();
      await ada.locator('input[name="seesUnassigned"]').uncheck();
      await ada.locator('form.stack button[type="submit"]').click();
      await ada.locator('[role="status"]', { hasText: 'It holds from now on' }).waitFor();

      await bo.waitForURL(/\/inbox\/all$/);
      await bo.locator('.list', { hasText: 'No open conversations' }).waitFor();
      expect(await bo.locator('body').textContent()).not.toContain('Good morning');

      const before = kept.heardSoFar().length;
      await write('noor', 'nobody but Ada hears this');
      await box.services.live.publish({ accountId: box.accountId }, [{ conversationId: noorsId }]);
      box.services.live.tell(
        { ...viewerOfBo(), permissions: new Set() },
        { content: 'the end of what was pushed' },
      );
      await kept.hears('the end of what was pushed');
      expect(kept.heardSoFar().slice(before)).not.toContain('nobody but Ada hears this');
      expect(kept.heardSoFar().slice(before)).not.toContain(`row-${noorsId}`);
      expect(await bo.locator('body').textContent()).not.toContain('nobody but Ada hears this');
      kept.close();
    }),
  );
}, 60_000);

const viewerOfBo = () =>
  ({
    kind: 'person',
    accountId: box.accountId,
    userId: box.userIds.bo,
    name: people.bo.name,
    sight: { reach: 'own', seesUnassigned: false, teamIds: [], seesPhones: true },
  }) as const;
