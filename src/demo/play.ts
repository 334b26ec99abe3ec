import type { RunningServer } from '#src/cli/running-server.ts';
import type { Inbox } from '#src/db/inbox.ts';
import { findMember } from '#src/people/members.ts';
import type { Simulator } from '#src/simulator/simulator.ts';
import { intakeIdle } from '#src/webhooks/intake.ts';
import type { StoryClock } from './clock.ts';
import { customerNamed } from './customers.ts';
import { english } from './history/english.ts';
import { portuguese } from './history/portuguese.ts';
import { shona } from './history/shona.ts';
import { swahili } from './history/swahili.ts';
import { writeHistory } from './history/write-history.ts';
import type { OpenShop } from './open-shop.ts';
import { type Cast, play, type Scene } from './scene.ts';
import { numbers } from './shop.ts';
import { storiesOfOthers } from './stories-of-others.ts';
import { storiesOfRudo } from './stories-of-rudo.ts';
import { storiesOfTheTeam } from './stories-of-the-team.ts';
import type { Happening } from './story.ts';

export type Stage = { server: RunningServer; simulator: Simulator; clock: StoryClock; shop: OpenShop };

const MINUTE = 60_000;
const history = [english, shona, portuguese, swahili];

/** Writes the month before, lets the stories happen in the order of their time, and then time go on. */
export async function playStories({ server, simulator, clock, shop }: Stage): Promise<void> {
  const begins = Date.now();
  await server.services.accounts.use(shop.accountId, async (inbox) => {
    const { rudo, tendai, farai, amina } = shop.userIds;
    const agents = {
      rudo: await agentIn(inbox, rudo),
      tendai: await agentIn(inbox, tendai),
      farai: await agentIn(inbox, farai),
      amina: await agentIn(inbox, amina),
    };
    await writeHistory({ server, simulator, inbox, userIds: shop.userIds }, history, begins);
    for (const { scene, happening } of inOrderOfTime(simulator)) {
      clock.standAt(begins - happening.ago * MINUTE);
      await play({ server, simulator, inbox, agents }, scene, happening);
    }
    await simulator.settled();
    await intakeIdle(inbox);
  });
  clock.runOn();
  // They were read when the month began.
  server.services.templates.poke(shop.accountId);
  await server.services.templates.idle();
}

function inOrderOfTime(simulator: Simulator): { scene: Scene; happening: Happening }[] {
  return [...storiesOfRudo, ...storiesOfOthers, ...storiesOfTheTeam]
    .flatMap(({ who, on = 'sales', happenings }) => {
      const { phone, profile } = customerNamed(who);
      const customer = simulator.customer(phone, profile);
      const { phoneNumberId } = numbers[on];
      const scene: Scene = { customer, phoneNumberId, conversationId: 0, heardId: 0, saidWamid: '' };
      return happenings.map((happening) => ({ scene, happening }));
    })
    .sort((one, other) => other.happening.ago - one.happening.ago);
}

async function agentIn(inbox: Inbox, userId: number): Promise<Cast['agents']['rudo']> {
  const { name, permissions, sight } = await findMember(inbox, userId);
  return { kind: 'person', accountId: inbox.accountId, userId, name, permissions, sight };
}
