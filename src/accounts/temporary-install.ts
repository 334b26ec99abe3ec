import { type Config, readConfig } from '#src/config.ts';
import { createCounts } from '#src/ops/counts.ts';
import { openTestLog } from '#src/testing/log.ts';
import { people } from '#src/testing/people.ts';
import { openTestStorage } from '#src/testing/storage.ts';
import { createAccount } from './create-account.ts';
import { createOpenAccounts } from './open-accounts.ts';

/** For tests: who may enter, on real storage in a folder of its own, with a clock that stands until it is moved. */
export async function openTemporaryInstall(changes: Partial<Config> = {}) {
  const clock = { now: Date.UTC(2026, 10, 23, 8, 0, 0) };
  const now = () => clock.now;
  const storage = await openTestStorage(now);
  const { control, keyring, ids, folder } = storage;
  const config: Config = { ...readConfig({ OONOBOX_DATA: folder }), ...changes };
  const log = openTestLog();
  const recover = async () => {};
  const accounts = createOpenAccounts({
    dataFolder: folder,
    limit: 8,
    control,
    keyring,
    ids,
    log,
    now,
    recover,
    leave: recover,
  });
  const revalidated: number[] = [];
  const live = { revalidate: async (userId: number) => void revalidated.push(userId) };
  const services = { config, control, counts: createCounts(), keyring, accounts, now, log, live };

  return {
    services,
    clock,
    /** Whose open sockets were looked at again. */
    revalidated,
    /** Ada's business: she owns it and is the operator. */
    createAdasAccount: () =>
      createAccount(
        services,
        { name: 'Mbare Market', businessName: '', timeZone: 'Africa/Harare', owner: people.ada },
        { actor: { kind: 'command' } },
      ),
    async close() {
      await accounts.closeAll();
      await storage.close();
    },
  };
}

export type TemporaryInstall = Awaited<ReturnType<typeof openTemporaryInstall>>;
