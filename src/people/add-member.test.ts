import { afterEach, beforeEach, expect, test } from 'bun:test';
import { openTemporaryInstall, type TemporaryInstall } from '#src/accounts/temporary-install.ts';
import { memberships, users } from '#src/db/schema/control.ts';
import { audit } from '#src/db/schema/inbox/index.ts';
import { Invalid } from '#src/errors.ts';
import { beginSession, findByPassword } from '#src/sessions/sign-in.ts';
import { people } from '#src/testing/people.ts';
import { userAdd } from './commands.ts';
import { findMember, listMembers } from './members.ts';

let install: TemporaryInstall;
let accountId: number;

beforeEach(async () => {
  install = await openTemporaryInstall();
  accountId = (await install.createAdasAccount()).accountId;
});
afterEach(() => install.close());

const add = (changes: Record<string, unknown> = {}) =>
  userAdd(install.services, { options: {}, stdin: { account_id: accountId, ...people.bo, ...changes } });

async function fieldsOf(work: Promise<unknown>): Promise<string[]> {
  try {
    await work;
    return [];
  } catch (error) {
    return error instanceof Invalid ? Object.keys(error.fields) : [String(error)];
  }
}

test('a second person can sign in and answers customers, but changes no settings', async () => {
  const { user_id } = await add();
  const bo = await findByPassword(install.services.control, people.bo);
  expect(bo).toMatchObject({ id: user_id, isOperator: false });
  expect(
    await beginSession(install.services, { id: user_id, epoch: 0 }, { address: '127.0.0.1', agent: null }),
  ).not.toBeNull();
  await install.services.accounts.use(accountId, async (inbox) => {
    const member = await findMember(inbox, user_id);
    expect([...member.permissions]).toEqual([
      'conversations.read',
      'conversations.write',
      'messages.send',
      'contacts.block',
    ]);
    expect((await listMembers(inbox)).map(({ name }) => name)).toEqual(['Ada Lungu', 'Bo Sithole']);
    const rows = await inbox.sql.select().from(audit);
    expect(rows.find(({ object }) => object === `user:${user_id}`)).toMatchObject({
      actorKind: 'command',
      action: 'member.added',
    });
  });
});

test('the role is agent unless it is given', async () => {
  const { role: _, ...bo } = people.bo;
  const { user_id } = await userAdd(install.services, {
    options: {},
    stdin: { account_id: accountId, ...bo },
  });
  const member = await install.services.accounts.use(accountId, (inbox) => findMember(inbox, user_id));
  expect(member.role).toBe('agent');
});

test.each([
  [{ email: 'bo' }, ['email']],
  [{ name: '' }, ['name']],
  [{ role: 'king' }, ['role']],
  [{ role: 'constructor' }, ['role']],
  [{ password: 'bo' }, ['password']],
  [{ password: 'BoSithole2026' }, ['password']],
  [{ email: 'x', name: ' ', password: '', role: '' }, ['name', 'email', 'password', 'role']],
  [{ account_id: 1 }, ['account_id']],
  [{ account_id: 'one' }, ['account_id']],
  [{ account_id: undefined }, ['account_id']],
  [{ email: people.ada.email }, ['email']],
])('%j is refused by name, and nobody is made', async (changes, fields) => {
  expect(await fieldsOf(add(changes))).toEqual(fields);
  expect(await install.services.control.sql.select().from(users)).toHaveLength(1);
});

test('a user whom a crash left without a membership cannot sign in, and is taken up by the same command', async () => {
  const { services } = install;
  const unavailable = {
    ...services,
    accounts: { ...services.accounts, use: () => Promise.reject(new Error('the power went')) },
  };
  expect(
    await fieldsOf(userAdd(unavailable, { options: {}, stdin: { account_id: accountId, ...people.bo } })),
  ).toEqual(['Error: the power went']);
  const [leftover] = (await services.control.sql.select().from(users)).filter(
    ({ email }) => email === people.bo.email,
  );
  expect(leftover).toBeDefined();
  expect(
    await beginSession(services, { id: leftover?.id ?? 0, epoch: 0 }, { address: '127.0.0.1', agent: null }),
  ).toBeNull();

  expect(await add({ password: 'another good one 9' })).toEqual({ user_id: leftover?.id ?? 0 });
  expect(await services.control.sql.select().from(memberships)).toHaveLength(2);
  expect(await findByPassword(services.control, people.bo)).toBeNull();
  expect(
    await findByPassword(services.control, { ...people.bo, password: 'another good one 9' }),
  ).not.toBeNull();
});
