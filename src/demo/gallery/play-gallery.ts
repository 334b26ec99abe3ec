import { eq } from 'drizzle-orm';
import { messages } from '#src/db/schema/inbox/index.ts';
import { findMember } from '#src/people/members.ts';
import type { Services } from '#src/services.ts';
import type { Simulator } from '#src/simulator/simulator.ts';
import { intakeIdle } from '#src/webhooks/intake.ts';
import { numbers } from '../shop.ts';
import { answerEveryKind } from './agent-side.ts';
import { sendEveryKind, tellTheRest } from './customer-side.ts';

export type Gallery = { services: Services; simulator: Simulator; accountId: number; userId: number };

const CUSTOMER = { phone: '+263770000999', name: 'Every Kind' };

/**
 * Has one customer and one agent say everything there is to say, over the simulated WhatsApp. Resolves with the id of
 * their conversation.
 */
export async function playGallery({ services, simulator, accountId, userId }: Gallery): Promise<number> {
  const number = numbers.sales;
  const customer = simulator.customer(CUSTOMER.phone, { name: CUSTOMER.name, username: 'every.kind' });
  return services.accounts.use(accountId, async (inbox) => {
    const { name, permissions, sight } = await findMember(inbox, userId);
    const hello = await customer.say(number.phoneNumberId, 'Show me everything, please.');
    await intakeIdle(inbox);
    const [first] = await inbox.sql.select().from(messages).where(eq(messages.wamid, hello)).limit(1);
    if (!first) {
      throw new Error('The customer wrote, and it is in no conversation');
    }
    const { id, conversationId } = first;
    const agent = { kind: 'person', accountId, userId, name, permissions, sight } as const;
    await answerEveryKind({ services, inbox, agent, conversationId }, id);
    await services.delivery.idle();
    await simulator.settled();
    await sendEveryKind(simulator, customer, number);
    await tellTheRest(simulator, customer, number, services.now());
    await customer.read(number.phoneNumberId);
    await simulator.settled();
    await intakeIdle(inbox);
    await services.fetching.idle();
    return conversationId;
  });
}
