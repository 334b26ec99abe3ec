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
