import { type CommandInput, readId, readObject, readText } from '#src/accounts/command-input.ts';
import { addMember, type PeopleServices } from './add-member.ts';

/** `user add`: stdin `{"account_id","name","email","password","role"}`; the role is `agent` unless given. */
export async function userAdd(
  services: PeopleServices,
  { options, stdin }: CommandInput,
): Promise<{ user_id: number }> {
  const given = readObject(stdin);
  const userId = await addMember(
    services,
    {
      accountId: readId(given.account_id ?? options.account, 'account_id'),
      name: readText(given, 'name'),
      email: readText(given, 'email'),
      password: readText(given, 'password'),
      role: readText(given, 'role', { fallback: 'agent' }),
    },
    { kind: 'command' },
  );
  return { user_id: userId };
}
