import { learnPortfolio } from '#src/contacts/portfolio.ts';
import type { Inbox } from '#src/db/inbox.ts';
import type { Live } from '#src/live/live.ts';
import type { WhatsApp } from '#src/whatsapp/client.ts';

type Parts = {
  whatsapp: Pick<WhatsApp, 'readPortfolio'>;
  live: Pick<Live, 'publish'>;
  now: () => number;
};

/** Asks Meta which business portfolio owns a business account, until it is known: BSUIDs are valid within it. */
export async function learnOwner(
  { whatsapp, live, now }: Parts,
  inbox: Inbox,
  { wabaId, token }: { wabaId: string; token: string },
): Promise<void> {
  const unknown = 'select 1 from numbers where waba_id = ? and portfolio_id is null limit 1';
  if (inbox.rows(unknown, [wabaId]).length === 0) {
    return;
  }
  const portfolioId = await whatsapp.readPortfolio(wabaId, token);
  if (portfolioId !== null) {
    const changes = await inbox.turn((commit) =>
      learnPortfolio(inbox, commit, { wabaId, portfolioId }, now()),
    );
    await live.publish(inbox, changes);
  }
}
