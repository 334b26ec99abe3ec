import type { RunningServer } from '#src/cli/running-server.ts';
import type { Inbox } from '#src/db/inbox.ts';
import { findMember } from '#src/people/members.ts';
import type { Simulator } from '#src/simulator/simulator.ts';
import { intakeIdle } from '#src/webhooks/intake.ts';
import type { StoryClock } from './clock.ts';
import type { OpenShop } from './open-shop.ts';
import { type Cast, play, type Scene } from './scene.ts';
import { storiesOfOthers } from './stories-of-others.ts';
import { storiesOfRudo } from './stories-of-rudo.ts';
import type { Happening } from './story.ts';

export type Stage = { server: RunningServer; simulator: Simulator; clock: StoryClock; shop: OpenShop };

const MINUTE = 60_000;

/** Lets the stories happen in the order of their time, and then time go on. */
export async function playStories({ server, simulator, clock, shop }: Stage): Promise<void> {
  const begins = Date.now();
  await server.services.accounts.use(shop.accountId, async (inbox) => {
    const agents = {
      rudo: await agentIn(inbox, shop.userIds.rudo),
      tendai: await agentIn(inbox, shop.userIds.tendai),
    };
    for (const { scene, happening } of inOrderOfTime(simulator)) {
      clock.standAt(begins - happening.ago * MINUTE);
      await play({ server, simulator, inbox, agents }, scene, happening);
    }
    await simulator.settled();
    await intakeIdle(inbox);
  });
  clock.runOn();
}

function inOrderOfTime(simulator: Simulator): { scene: Scene; happening: Happening }[] {
  return [...storiesOfRudo, ...storiesOfOthers]
    .flatMap(({ phone, profile, happenings }) => {
      const customer = simulator.customer(phone, profile);
      const scene: Scene = { customer, conversationId: 0, heardId: 0, saidWamid: '' };
      return happenings.map((happening) => ({ scene, happening }));
    })
    .sort((one, other) => other.happening.ago - one.happening.ago);
}

async function agentIn(inbox: Inbox, userId: number): Promise<Cast['agents']['rudo']> {
  const { name, permissions } = await findMember(inbox, userId);
  return { kind: 'person', accountId: inbox.accountId, userId, name, permissions };
}
