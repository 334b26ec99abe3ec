import { asc } from 'drizzle-orm';
import type { Control } from '#src/db/control.ts';
import { accounts } from '#src/db/schema/control.ts';
import { type CommandInput, readObject, readText } from './command-input.ts';
import { type AccountServices, createAccount } from './create-account.ts';

/** `account create`: stdin `{"name","owner":{"name","email","password"}}`; `business_name` and `time_zone` may be given. */
export async function accountCreate(
  services: AccountServices,
  { stdin }: CommandInput,
): Promise<{ account_id: number; user_id: number }> {
  const given = readObject(stdin);
  const owner = readObject(given.owner, 'owner');
  const { accountId, userId } = await createAccount(
    services,
    {
      name: readText(given, 'name'),
      businessName: readText(given, 'business_name', { fallback: '' }),
      timeZone: readText(given, 'time_zone', { fallback: 'UTC' }),
      owner: {
        name: readText(owner, 'name', { where: 'owner.name' }),
        email: readText(owner, 'email', { where: 'owner.email' }),
        password: readText(owner, 'password', { where: 'owner.password' }),
      },
    },
    { actor: { kind: 'command' } },
  );
  return { account_id: accountId, user_id: userId };
}

/** `account list`: the ids that the other commands ask for, oldest first, and why an account may need a look. */
export async function accountList({ control }: { control: Control }): Promise<{ accounts: object[] }> {
  const { id, name, state, needsAttention } = accounts;
  const rows = await control.sql.select({ id, name, state, needsAttention }).from(accounts).orderBy(asc(id));
  return {
    accounts: rows.map((row) => ({
      account_id: row.id,
      name: row.name,
      state: row.state,
      needs_attention: row.needsAttention,
    })),
  };
}
