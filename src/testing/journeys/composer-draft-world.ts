import type { Page } from 'playwright-core';
import { customers } from '../people.ts';
import { until } from '../until.ts';
import { draftOf, emptyDraft, openComposerWorld } from './composer-world.ts';

/** A composer's world with a second conversation to look at meanwhile, and what the server keeps of Ada's draft. */
export async function openDraftWorld() {
  const world = await openComposerWorld();
  const { box, id } = world;
  // One session: with every question in a new one, the oldest would end, and be that of a page.
  const ada = await box.as('ada');
  const ravi = box.simulator.customer(customers.ravi.phone, customers.ravi);
  await ravi.say(box.number.phoneNumberId, 'Is the drill back?');
  await box.settled();
  const draft = () => draftOf(ada, id);

  return {
    ...world,
    ada,
    draft,
    draftPath: `/conversations/${id}/draft`,
    emptyDraft: () => emptyDraft(ada, id),
    /** Waits until the server keeps this text. */
    kept: (text: string) => until(`the draft “${text}”`, async () => (await draft()).text === text),
    /** The conversation in the list, which shows the draft. */
    row: (page: Page) => page.locator(`#row-${id}`),
  };
}

export type DraftWorld = Awaited<ReturnType<typeof openDraftWorld>>;
