import { expect, test } from 'bun:test';
import { accountStates } from '#src/db/schema/control.ts';
import { type Permission, permissions } from '#src/people/viewer.ts';
import { isOpenToPeople, permissionsIn } from './standing.ts';

const everything = new Set<Permission>(permissions);
const agents = new Set<Permission>(['conversations.read', 'conversations.write', 'messages.send']);

test('an active account takes nothing away', () => {
  expect(permissionsIn('active', agents)).toEqual(agents);
});

test('a suspended account does not send', () => {
  expect([...permissionsIn('suspended', agents)]).toEqual(['conversations.read', 'conversations.write']);
});

test('in a cancelled account only those who run it may read, and nobody writes', () => {
  expect([...permissionsIn('cancelled', everything)]).toEqual(['conversations.read']);
  expect([...permissionsIn('cancelled', agents)]).toEqual([]);
});

test('nobody enters an account that is closed or being erased', () => {
  expect(accountStates.filter(isOpenToPeople)).toEqual(['active', 'suspended', 'cancelled']);
  for (const state of ['closed', 'erasing', 'erased'] as const) {
    expect(permissionsIn(state, everything).size).toBe(0);
  }
});
