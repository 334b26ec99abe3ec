import { expect, test } from 'bun:test';
import { consents } from '#src/db/schema/inbox/index.ts';
import { openSendingShop } from '#src/messages/delivery-testing.ts';

test.each([
  [131050, 1],
  [131026, 0],
])('a refusal at once with %i is noted as an opt-out %i times', async (code, times) => {
  const shop = await openSendingShop();
  try {
    await shop.conversation(1);
    shop.simulator.trouble.failNext(code);
    const id = await shop.write(1, 'Ten per cent off');
    shop.poke();
    await shop.until(id, 'failed');
    const rows = await shop.inbox(({ sql }) => sql.select().from(consents));
    expect(rows).toMatchObject(
      Array(times).fill({ purpose: 'marketing', state: 'withdrawn', evidenceMessageId: id }),
    );
  } finally {
    await shop.close();
  }
});
