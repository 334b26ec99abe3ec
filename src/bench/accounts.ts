import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { accountCreate } from '#src/accounts/commands.ts';
import { addNumber } from '#src/numbers/add-number.ts';
import type { Services } from '#src/services.ts';
import { nextTurn } from '#src/webhooks/group-commit.ts';
import { withServices } from './agents.ts';
import { temporaryFolder } from './install.ts';
import { rounded } from './load/figures.ts';
import type { Line } from './load/job.ts';
import { keep } from './seed/kept.ts';
import { seedVersion } from './seed/version.ts';
import type { Undoing } from './undoing.ts';

const SAY_EVERY = 250;

export type Business = { accountId: number; line: Line; webhookPath: string };
export type ManyAccounts = { folder: string; businesses: Business[] };

/** A copy of a data folder with so many accounts, each with a number under an app of its own. */
export async function manyAccounts(
  undoing: Undoing,
  count: number,
  options: { fresh: boolean; say(text: string): void },
): Promise<ManyAccounts> {
  const kept = await keep(undoing, `accounts-${count}-${seedVersion()}`, options, (folder) =>
    make(folder, count, options),
  );
  const folder = join(temporaryFolder(undoing), 'data');
  cpSync(join(kept, 'data'), folder, { recursive: true });
  return { folder, businesses: JSON.parse(readFileSync(join(kept, 'businesses.json'), 'utf8')) };
}

async function make(folder: string, count: number, { say }: { say(text: string): void }): Promise<void> {
  const began = performance.now();
  const businesses = await withServices(join(folder, 'data'), async (services) => {
    const made: Business[] = [];
    for (let index = 0; index < count; index++) {
      made.push(await openBusiness(services, index));
      if ((index + 1) % SAY_EVERY === 0) {
        say(`${index + 1} of ${count} accounts are made`);
      }
      await nextTurn();
    }
    return made;
  });
  writeFileSync(join(folder, 'businesses.json'), JSON.stringify(businesses));
  say(`${count} accounts were made in ${rounded((performance.now() - began) / 1000, 0)} s`);
}

async function openBusiness(services: Services, index: number): Promise<Business> {
  const { account_id: accountId } = await accountCreate(services, {
    options: {},
    stdin: {
      name: `Business ${index}`,
      owner: { name: 'Ada Lungu', email: `ada-${index}@mbare.example`, password: 'quiet rivers run 41' },
    },
  });
  const line = {
    phoneNumberId: String(206_540_352_240_000 + index),
    wabaId: String(202_290_129_340_000 + index),
    displayPhoneNumber: `+263 78 ${String(index).padStart(7, '0')}`,
    appSecret: `app-secret-of-business-${index}`,
  };
  const { webhookPath } = await addNumber(
    services,
    accountId,
    {
      phone_number_id: line.phoneNumberId,
      waba_id: line.wabaId,
      display_phone_number: line.displayPhoneNumber,
      access_token: 'EAAGtoken-of-the-bench',
      app_secret: line.appSecret,
      verify_token: 'verify-token-of-the-bench',
    },
    { trust: true, actor: { kind: 'command' } },
  );
  return { accountId, line, webhookPath };
}
