import { eq } from 'drizzle-orm';
import type { Inbox } from '#src/db/inbox.ts';
import { accounts } from '#src/db/schema/control.ts';
import { createLog } from '#src/log.ts';
import { openTestStorage } from '#src/testing/storage.ts';
import { createOpenAccounts, type OpenAccounts } from './open-accounts.ts';

/** A data folder whose accounts are opened by sets that share a clock, and what these were asked to do. */
export async function openAccountsBench() {
  const clock = { now: Date.UTC(2026, 10, 23) };
  const storage = await openTestStorage(() => clock.now);
  /** What an opening and a closing do besides being noted below; to be replaced. */
  const does = { recover: async (_: Inbox) => {}, leave: async (_: Inbox) => {} };
  const recovered: number[] = [];
  const cutOff: number[] = [];
  const left: number[] = [];
  const { control, folder: dataFolder, ids, keyring } = storage;

  return {
    clock,
    storage,
    does,
    recovered,
    cutOff,
    left,
    openSet: (limit: number): OpenAccounts =>
      createOpenAccounts({
        dataFolder,
        limit,
        control,
        keyring,
        ids,
        log: createLog('silent'),
        now: () => clock.now,
        recover: async (inbox, wasCutOff) => {
          recovered.push(inbox.accountId);
          cutOff.push(...(wasCutOff ? [inbox.accountId] : []));
          await does.recover(inbox);
        },
        leave: async (inbox) => {
          left.push(inbox.accountId);
          await does.leave(inbox);
        },
      }),
    async register(id: number): Promise<void> {
      const account = { id, name: `a${id}`, businessName: 'b', timeZone: 'UTC', stateAt: 0, createdAt: 0 };
      await control.write('full', [control.sql.insert(accounts).values({ ...account, state: 'active' })]);
    },
    account: async (id: number) => (await control.sql.select().from(accounts).where(eq(accounts.id, id)))[0],
    close: () => storage.close(),
  };
}
