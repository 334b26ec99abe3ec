import { afterEach, beforeEach, expect, test } from 'bun:test';
import { audit } from '#src/db/schema/inbox/index.ts';
import { fullSight } from '#src/people/viewer.ts';
import { openTestStorage, type TestStorage } from '#src/testing/storage.ts';
import { auditRow } from './audit-row.ts';

let storage: TestStorage;

beforeEach(async () => {
  storage = await openTestStorage();
});
afterEach(() => storage.close());

test('a deed says who, when, what and to what', async () => {
  const inbox = await storage.inbox(1);
  const ada = {
    kind: 'person',
    accountId: 1,
    userId: 7,
    name: 'Ada',
    permissions: new Set<never>(),
    sight: fullSight,
    address: '203.0.113.9',
  } as const;
  const key = { ...ada, kind: 'key', keyId: 9 } as const;
  await inbox.write('full', [
    auditRow(inbox, {
      at: 5,
      actor: ada,
      action: 'number.added',
      object: 'number:3',
      data: { phone_number_id: '1' },
    }),
    auditRow(inbox, { at: 6, actor: key, action: 'message.queued', object: 'message:4' }),
    auditRow(inbox, { at: 7, actor: { kind: 'system' }, action: 'number.paused', object: 'number:3' }),
  ]);
  const rows = await inbox.sql.select().from(audit);
  expect(
    rows.map(({ at, actorKind, actorId, action, object, data }) => [
      at,
      actorKind,
      actorId,
      action,
      object,
      data,
    ]),
  ).toEqual([
    [5, 'person', 7, 'number.added', 'number:3', '{"phone_number_id":"1"}'],
    [6, 'key', 9, 'message.queued', 'message:4', '{}'],
    [7, 'system', null, 'number.paused', 'number:3', '{}'],
  ]);
});

test('a deed is never changed and never forgotten', async () => {
  const inbox = await storage.inbox(1);
  await inbox.write('full', [
    auditRow(inbox, { at: 5, actor: { kind: 'command' }, action: 'a.b', object: 'c:1' }),
  ]);
  expect(inbox.write('full', [inbox.sql.update(audit).set({ action: 'x' })])).rejects.toThrow();
  expect(inbox.write('full', [inbox.sql.delete(audit)])).rejects.toThrow();
  expect(await inbox.sql.select().from(audit)).toHaveLength(1);
});
