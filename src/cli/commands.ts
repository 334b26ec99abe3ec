import { accountCreate, accountList } from '#src/accounts/commands.ts';
import { apiKeyCreate, apiKeyList, apiKeyRevoke } from '#src/api/commands.ts';
import { numberAdd } from '#src/numbers/commands.ts';
import { userAdd, userRemoveSecondFactor, userResetPassword } from '#src/people/commands.ts';
import type { Command } from './command.ts';

const json = { json: { summary: 'prints one line of JSON' } };
const account = { account: { value: 'ID', summary: 'the account it belongs to', required: true } };

/** What can be done to an install from the command line, in the order of the help. */
export const commands: readonly Command[] = [
  {
    words: 'account create',
    summary: 'makes a business with its owner',
    options: json,
    stdin: '{"name","owner":{"name","email","password"}} and, if wanted, "business_name" and "time_zone"',
    run: accountCreate,
  },
  {
    words: 'account list',
    summary: 'lists the businesses with their ids',
    options: json,
    stdin: null,
    run: accountList,
  },
  {
    words: 'user add',
    summary: 'adds a person to a business',
    options: json,
    stdin: '{"account_id","email","name","password","role"}',
    run: userAdd,
  },
  {
    words: 'user reset-password',
    summary: 'makes a link with which a person sets a new password',
    options: { email: { value: 'E', summary: 'the address they sign in with', required: true }, ...json },
    stdin: null,
    run: userResetPassword,
  },
  {
    words: 'user remove-second-factor',
    summary: 'takes the app, codes and passkeys from a person who has lost them',
    options: { email: { value: 'E', summary: 'the address they sign in with', required: true }, ...json },
    stdin: null,
    run: userRemoveSecondFactor,
  },
  {
    words: 'number add',
    summary: 'connects a WhatsApp number, or replaces its token and secrets',
    options: { ...account, trust: { summary: 'does not ask Meta whether the token is good' }, ...json },
    stdin: '{"phone_number_id","waba_id","display_phone_number","access_token","app_secret","verify_token"}',
    run: numberAdd,
  },
  {
    words: 'api-key create',
    summary: 'makes a key for the API, shown once',
    options: {
      ...account,
      name: { value: 'N', summary: 'what the key is for', required: true },
      scopes: { value: 'A,B', summary: 'what it may do; everything the API offers unless given' },
      expires: { value: 'DAYS', summary: 'for how many days it is good; for ever unless given' },
      ...json,
    },
    stdin: null,
    run: apiKeyCreate,
  },
  {
    words: 'api-key list',
    summary: 'lists the keys of a business with their ids; the keys themselves are shown nowhere',
    options: { ...account, ...json },
    stdin: null,
    run: apiKeyList,
  },
  {
    words: 'api-key revoke',
    summary: 'ends a key at once, for good',
    options: { ...account, key: { value: 'ID', summary: 'the key, by its id', required: true }, ...json },
    stdin: null,
    run: apiKeyRevoke,
  },
];
