import { removeUnsent } from '#src/attachments/removal.ts';
import type { Vault } from '#src/attachments/vault/vault.ts';
import type { Inbox } from '#src/db/inbox.ts';
import { purgeOtherEvents } from '#src/numbers/purge-events.ts';
import { purgeJournal, purgeParkedStatuses } from '#src/webhooks/purge.ts';

/** Lets go of what an account no longer has to keep. Done once a day is enough, and twice does no harm. */
export async function housekeep(vault: Pick<Vault, 'remove'>, inbox: Inbox, now: number): Promise<void> {
  await purgeJournal(inbox, now);
  await purgeParkedStatuses(inbox, now);
  await purgeOtherEvents(inbox, now);
  await removeUnsent(vault, inbox, now);
}
