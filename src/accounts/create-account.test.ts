import { afterEach, beforeEach, expect, test } from 'bun:test';
import { existsSync } from 'node:fs';
import { accountFolder } from '#src/db/inbox.ts';
import { accounts, memberships, users } from '#src/db/schema/control.ts';
import { audit } from '#src/db/schema/inbox/index.ts';
import { Invalid } from '#src/errors.ts';
import { findMember, listMembers } from '#src/people/members.ts';
import { people, stranger } from '#src/testing/people.ts';
import { accountCreate } from './commands.ts';
import { createAccount } from './create-account.ts';
import { repairAccounts } from './repair-accounts.ts';
import { openTemporaryInstall, type TemporaryInstall } from './temporary-install.ts';

let install: TemporaryInstall;

beforeEach(async () => {
  install = await openTemporaryInstall();
});
afterEach(() => install.close());

const control = () => install.services.control.sql;
const given = { name: 'Other Shop', businessName: 'The Other', timeZone: 'UTC', owner: stranger };
const byCommand = { actor: { kind: 'command' } } as const;

function fieldsOf(work: Promise<unknown>): Promise<Readonly<Record<string, string>>> {
  return work.then(
    () => ({}),
    (error) => (error instanceof Invalid ? error.fields : { thrown: String(error) }),
  );
}

test('an account has its database, its roles and an owner who may do everything', async () => {
  const { accountId, userId } = await install.createAdasAccount();
  const [row] = await control().select().from(accounts);
  expect(row).toMatchObject({
    id: accountId,
    name: 'Mbare Market',
    businessName: 'Mbare Market',
    timeZone: 'Africa/Harare',
    state: 'active',
  });
  await install.services.accounts.use(accountId, async (inbox) => {
    const owner = await findMember(inbox, userId);
    expect(owner).toMatchObject({ name: 'Ada Lungu', role: 'owner' });
    expect(owner.permissions.has('people.manage')).toBe(true);
    expect(await listMembers(inbox)).toEqual([{ id: userId, name: 'Ada Lungu' }]);
    expect((await inbox.sql.select().from(audit)).map((one) => one.action)).toEqual([
      'account.created',
      'member.added',
    ]);
  });
});

test('the first user of an install is its operator, and nobody after', async () => {
  const ada = await install.createAdasAccount();
  await createAccount(install.services, given, byCommand);
  const operators = (await control().select().from(users)).filter((user) => user.isOperator);
  expect(operators.map((user) => user.id)).toEqual([ada.userId]);
});

test('members of one account are strangers in another', async () => {
  const ada = await install.createAdasAccount();
  const other = await createAccount(install.services, given, byCommand);
  const asStranger = install.services.accounts.use(other.accountId, (inbox) => findMember(inbox, ada.userId));
  expect(asStranger).rejects.toThrow('not a member');
});

test('every field that cannot be taken is named at once, and nothing is made', async () => {
  const owner = { name: ' ', email: 'ada', password: 'short' };
  const wrong = createAccount(
    install.services,
    { name: '', businessName: '\n', timeZone: 'Mars/Base', owner },
    byCommand,
  );
  expect(Object.keys(await fieldsOf(wrong))).toEqual([
    'name',
    'time_zone',
    'owner.name',
    'owner.email',
    'owner.password',
  ]);
  expect(await control().select().from(accounts)).toEqual([]);
});

test('an e-mail belongs to one user, however its letters are typed', async () => {
  await install.createAdasAccount();
  const again = createAccount(
    install.services,
    { ...given, owner: { ...stranger, email: 'ADA@mbare.example' } },
    byCommand,
  );
  expect(Object.keys(await fieldsOf(again))).toEqual(['owner.email']);
});

test('two accounts made at once with one e-mail: one is made, and the start removes the other', async () => {
  const made = await Promise.allSettled([
    createAccount(install.services, given, byCommand),
    createAccount(install.services, { ...given, name: 'Twin' }, byCommand),
  ]);
  expect(made.map((one) => one.status).sort()).toEqual(['fulfilled', 'rejected']);
  expect(await control().select().from(users)).toHaveLength(1);
  await install.services.accounts.closeAll();
  expect(await repairAccounts(install.services)).toBe(1);
  expect((await control().select().from(accounts)).map((account) => account.state)).toEqual(['active']);
});

test('an account whose making was cut short lets nobody in and is removed at the start, with its key', async () => {
  const ada = await install.createAdasAccount();
  const { services } = install;
  const cut = createAccount(services, given, {
    ...byCommand,
    claim: async () => {
      throw new Error('the power went');
    },
  });
  expect(cut).rejects.toThrow('the power went');
  await cut.catch(() => {});
  const unfinished =
    (await control().select().from(accounts)).find(({ state }) => state === 'erasing')?.id ?? 0;
  expect(services.keyring.has(String(unfinished))).toBe(true);
  expect(await control().select().from(memberships)).toHaveLength(1);

  await services.accounts.closeAll();
  expect(await repairAccounts(services)).toBe(1);
  expect(await repairAccounts(services)).toBe(0);
  expect(services.keyring.has(String(unfinished))).toBe(false);
  expect(existsSync(accountFolder(services.config.data, unfinished))).toBe(false);
  expect(existsSync(accountFolder(services.config.data, ada.accountId))).toBe(true);
  expect((await control().select().from(accounts)).map(({ id }) => id)).toEqual([ada.accountId]);
});

test('an account that is really being erased is not the repair’s business', async () => {
  await install.createAdasAccount();
  const { services } = install;
  await services.control.write('full', [
    control().update(accounts).set({ state: 'erasing', cancelledAt: 1 }),
  ]);
  expect(await repairAccounts(services)).toBe(0);
});

test('the command takes the business and its owner from stdin', async () => {
  const stdin = { name: 'Mbare Market', owner: people.ada };
  const made = await accountCreate(install.services, { options: {}, stdin });
  const [row] = await control().select().from(accounts);
  expect(made).toEqual({
    account_id: row?.id ?? 0,
    user_id: (await control().select().from(users))[0]?.id ?? 0,
  });
  expect(row).toMatchObject({ businessName: 'Mbare Market', timeZone: 'UTC' });
});

test.each([
  [null, 'stdin'],
  [[], 'stdin'],
  [{ name: 'x' }, 'owner'],
  [{ name: 'x', owner: 'Ada' }, 'owner'],
  [{ owner: people.ada }, 'name'],
  [{ name: 7, owner: people.ada }, 'name'],
  [{ name: 'x', owner: { ...people.ada, email: undefined } }, 'owner.email'],
  [{ name: 'x', owner: { ...people.ada, password: 123456789012 } }, 'owner.password'],
])('the command names what is missing or of the wrong kind: %j', async (stdin, field) => {
  expect(Object.keys(await fieldsOf(accountCreate(install.services, { options: {}, stdin })))).toEqual([
    field,
  ]);
});

test('hostile names are kept harmless', async () => {
  const name = 'Shop \ud800\0 <script>alert(1)</script>\r\nX';
  await createAccount(install.services, { ...given, name }, byCommand);
  expect((await control().select().from(accounts))[0]?.name).toBe('Shop \ufffd <script>alert(1)</script> X');
});
