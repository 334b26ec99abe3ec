import type { Statement } from '#src/db/database.ts';
import type { Inbox } from '#src/db/inbox.ts';
import {
  contacts,
  conversations,
  identities,
  members,
  messages,
  numbers,
  roles,
} from '#src/db/schema/inbox/index.ts';
import { fullSight, permissions, type Viewer } from '#src/people/viewer.ts';
import { openTestStorage } from '#src/testing/storage.ts';

export const ACCOUNT = 1;
export const NOON = Date.UTC(2026, 10, 22, 12);
export const HOUR = 60 * 60 * 1000;

const everything = new Set(permissions);
export const ada: Viewer = {
  kind: 'person',
  accountId: ACCOUNT,
  userId: 11,
  name: 'Ada',
  permissions: everything,
  sight: fullSight,
};
export const bo: Viewer = {
  kind: 'person',
  accountId: ACCOUNT,
  userId: 12,
  name: 'Bo',
  permissions: everything,
  sight: fullSight,
};
/** May write to what is assigned to her, and sees nothing else. */
export const cleo: Viewer = {
  kind: 'person',
  accountId: ACCOUNT,
  userId: 13,
  name: 'Cleo',
  permissions: new Set(['conversations.read', 'conversations.write', 'messages.send']),
  sight: { ...fullSight, reach: 'own', seesUnassigned: false },
};
export const NUMBER = 21;

/** A real, encrypted inbox in a folder of its own, with one number and three members. */
export async function openShop(now: () => number = () => NOON) {
  const storage = await openTestStorage(now);
  const inbox = await storage.inbox(ACCOUNT);
  const { sql } = inbox;
  await inbox.write('normal', [
    sql.insert(roles).values({ id: 1, key: 'agent', name: 'Agent', permissions: permissions.join(' ') }),
    sql.insert(members).values([
      { userId: 11, name: 'Ada', roleId: 1, joinedAt: NOON },
      { userId: 12, name: 'Bo', roleId: 1, joinedAt: NOON },
      { userId: 13, name: 'Cleo', roleId: 1, joinedAt: NOON },
      { userId: 14, name: 'Dan', roleId: 1, joinedAt: NOON, leftAt: NOON },
    ]),
    seedNumber(inbox),
  ]);
  return { inbox, storage, close: () => storage.close() };
}

/** The one number that the seeded conversations are on. */
export function seedNumber({ sql }: Inbox): Statement {
  return sql.insert(numbers).values({
    id: NUMBER,
    phoneNumberId: '106540352242922',
    wabaId: '102290129340398',
    displayPhone: '+1 555 078 3881',
    name: 'Front desk',
    token: new Uint8Array(1),
    state: 'live',
    connectedAt: NOON,
  });
}

type Row = typeof conversations.$inferInsert;
type MessageRow = typeof messages.$inferInsert;

/** A conversation as rows: its contact (with a phone number), itself, and one inbound message. */
export function seedConversation(inbox: Inbox, id: number, row: Partial<Row> = {}): Statement[] {
  const { sql } = inbox;
  const at = row.lastArrivedAt ?? NOON;
  return [
    sql.insert(contacts).values({
      id,
      name: `Customer ${id}`,
      nameSource: 'profile',
      createdAt: at,
      updatedAt: at,
    }),
    sql.insert(identities).values({
      id,
      contactId: id,
      kind: 'phone',
      scope: '',
      value: `26377${String(id).padStart(7, '0')}`,
      asReceived: `26377${String(id).padStart(7, '0')}`,
      seenAt: at,
    }),
    sql.insert(conversations).values({
      id,
      numberId: NUMBER,
      contactId: id,
      state: 'open',
      lastArrivedAt: at,
      lastMessageId: id * 100,
      snippet: `Hello from ${id}`,
      lastInboundAt: at,
      lastInboundId: id * 100,
      ...row,
    }),
    seedMessage(inbox, {
      id: id * 100,
      conversationId: id,
      numberId: row.numberId ?? NUMBER,
      orderedAt: at,
      text: `Hello from ${id}`,
    }),
  ];
}

/** A message as a row; inbound text from the customer unless said otherwise. */
export function seedMessage(
  inbox: Inbox,
  row: Partial<MessageRow> & Pick<MessageRow, 'id' | 'conversationId' | 'orderedAt'>,
): Statement {
  return inbox.sql.insert(messages).values({
    numberId: NUMBER,
    direction: 'in',
    authorKind: 'customer',
    origin: 'inbox',
    type: 'text',
    text: 'Hello',
    content: '{"kind":"text"}',
    wamid: `wamid.${row.id}`,
    arrivedAt: row.orderedAt,
    status: 'received',
    statusRank: 0,
    ...row,
  });
}
