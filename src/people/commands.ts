import { type CommandInput, readId, readObject, readText } from '#src/accounts/command-input.ts';
import { Invalid } from '#src/errors.ts';
import { addMember, type PeopleServices } from './add-member.ts';
import { readEmail } from './person.ts';
import { removeSecondFactor } from './remove-second-factor.ts';
import { makeResetPath, type ResetServices } from './reset-password.ts';

type ResetCommandServices = Pick<ResetServices, 'config' | 'control' | 'accounts' | 'now' | 'log'>;

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

/** `user reset-password --email E`: a link for a new password; only its path where no public address is configured. */
export async function userResetPassword(
  services: ResetCommandServices,
  { options }: CommandInput,
): Promise<{ link: string } | { path: string }> {
  const email = readEmail(readText(options, 'email'));
  const path = email && (await makeResetPath(services, email));
  if (!path) {
    throw new Invalid({ email: 'Nobody signs in with this address here.' });
  }
  const { url } = services.config;
  return url === null ? { path } : { link: `${url}${path}` };
}

/** `user remove-second-factor --email E`: for somebody who has lost their device and their recovery codes. */
export async function userRemoveSecondFactor(
  services: ResetServices,
  { options }: CommandInput,
): Promise<{ email: string }> {
  const email = readEmail(readText(options, 'email'));
  if (email === null) {
    throw new Invalid({ email: 'Nobody signs in with this address here.' });
  }
  await removeSecondFactor(services, email);
  return { email };
}
