import { afterEach, beforeEach, expect, test } from 'bun:test';
import { eq, sql } from 'drizzle-orm';
import { standing } from '#src/conversations/standing.ts';
import type { Inbox } from '#src/db/inbox.ts';
import {
  audit,
  conversations,
  journal,
  messages,
  messageVersions,
  parkedStatuses,
} from '#src/db/schema/inbox/index.ts';
import { bakery, NOON, openWebhookBench, text, type WebhookBench } from '#src/webhooks/testing.ts';

let bench: WebhookBench;
let inbox: Inbox;

beforeEach(async () => {
  bench = await openWebhookBench([bakery]);
  inbox = await bench.inbox(bakery);
});
afterEach(() => bench.close());

const arrive = (...values: object[]) => bench.arrive(...values);

const original = text('wamid.1', 'Two loafs please', { second: 0 });
const edit = (id: string, body: string, second: number, target = 'wamid.1') =>
  text(id, '', {
    second,
    type: 'edit',
    edit: { original_message_id: target, message: { type: 'text', text: { body } } },
  });
const revoke = (id: string, second: number, target = 'wamid.1') =>
  text(id, '', { second, type: 'revoke', revoke: { original_message_id: target } });

/** All that may differ by the order in which things came. */
async function state() {
  const [message] = await inbox.sql.select().from(messages).where(eq(messages.wamid, 'wamid.1'));
  const [conversation] = await inbox.sql.select().from(conversations);
  const versions = await inbox.sql.select().from(messageVersions).orderBy(messageVersions.at);
  return {
    type: message?.type,
    text: message?.text,
    editedAt: message?.editedAt,
    revokedAt: message?.revokedAt,
    snippet: conversation?.snippet,
    windowExpiresAt: conversation?.windowExpiresAt,
    waitingSince: conversation?.waitingSince,
    versions: versions.map((version) => [version.wamid, version.text]),
    trail: (await inbox.sql.select().from(audit)).map((row) => row.action),
    waits: (await inbox.sql.select().from(parkedStatuses)).length,
    found: (await found('loafs')) + (await found('loaves')) * 10 + (await found('buns')) * 100,
  };
}

async function found(word: string): Promise<number> {
  return inbox.objects(sql`select rowid from message_search where message_search match ${word}`).length;
}

test('a changed message says what it says now, and what it said before is kept', async () => {
  await arrive(original);
  await arrive(edit('wamid.e1', 'Two loaves please', 30));
  expect(await state()).toEqual({
    type: 'text',
    text: 'Two loaves please',
    editedAt: NOON + 30_000,
    revokedAt: null,
    snippet: 'Two loaves please',
    windowExpiresAt: NOON + 24 * 3_600_000,
    waitingSince: NOON,
    versions: [
      ['', 'Two loafs please'],
      ['wamid.e1', 'Two loaves please'],
    ],
    trail: [],
    waits: 0,
    found: 10,
  });
  expect(bench.pushed.at(-1)?.messages).toHaveLength(1);
  expect(await inbox.sql.select().from(messages)).toHaveLength(1);
});

test('a deleted message says nothing on pages and in search; what it said is kept, the trail notes it once', async () => {
  await arrive(original);
  await arrive(edit('wamid.e1', 'Two loaves please', 30));
  await arrive(revoke('wamid.r1', 60), revoke('wamid.r2', 61));
  expect(await state()).toMatchObject({
    text: '',
    revokedAt: NOON + 60_000,
    snippet: '',
    versions: [
      ['', 'Two loafs please'],
      ['wamid.e1', 'Two loaves please'],
    ],
    trail: ['message.revoked'],
    found: 0,
  });
  const [row] = await inbox.sql.select().from(messages);
  expect(JSON.parse(row?.content ?? '')).toEqual({ kind: 'revoked' });
});

test('of a deleted message it stays known how it came, whichever comes first, and nothing that it said', async () => {
  const came = {
    context: { forwarded: true, referred_product: { catalog_id: '1', product_retailer_id: 'loaf' } },
    group_id: 'group-1',
    referral: { source_type: 'ad', source_id: '42', headline: 'Fresh bread' },
  };
  const said = (id: string) => text(id, 'Two loafs please', { second: 0, ...came });
  await arrive(said('wamid.1'));
  await arrive(revoke('wamid.r1', 60));
  await arrive(said('wamid.2'), revoke('wamid.r2', 61, 'wamid.2'));
  await arrive(revoke('wamid.r3', 62, 'wamid.3'));
  await arrive(said('wamid.3'));
  const rows = await inbox.sql.select().from(messages);
  expect(rows).toHaveLength(3);
  for (const row of rows) {
    expect([row.text, JSON.parse(row.content)]).toEqual([
      '',
      {
        kind: 'revoked',
        forwarded: 'once',
        groupId: 'group-1',
        referral: { source: 'ad', sourceId: '42', headline: 'Fresh bread' },
      },
    ]);
  }
  const [conversation] = await inbox.sql.select().from(conversations);
  expect(conversation).toMatchObject({ state: 'closed', windowExpiresAt: null, waitingSince: null });
  // As an undone merge has it worked out anew.
  const stands = conversation && (await standing(inbox, conversation, [conversation.id]));
  expect(stands).toMatchObject({ windowExpiresAt: null, waitingSince: null });
});

test('a deleted file is found by its name no more', async () => {
  const document = { id: 'media-1', mime_type: 'application/pdf', filename: 'buns.pdf' };
  await arrive(text('wamid.1', '', { type: 'document', document, text: undefined }));
  expect(await found('buns')).toBe(1);
  await arrive(revoke('wamid.r1', 60));
  expect(await found('buns')).toBe(0);
});

test('a caption is changed, and the picture stays', async () => {
  const image = { id: 'media-1', mime_type: 'image/jpeg', caption: 'Our buns' };
  await arrive(text('wamid.1', '', { type: 'image', image, text: undefined, context: { forwarded: true } }));
  const changed = { type: 'image', image: { ...image, caption: 'Our loaves' } };
  await arrive(
    text('wamid.e1', '', {
      second: 9,
      type: 'edit',
      edit: { original_message_id: 'wamid.1', message: changed },
    }),
  );
  const [row] = await inbox.sql.select().from(messages);
  expect(row?.text).toBe('Our loaves');
  expect(JSON.parse(row?.content ?? '')).toMatchObject({ kind: 'media', forwarded: 'once' });
});

const story = [
  original,
  edit('wamid.e1', 'Two loaves please', 30),
  edit('wamid.e2', 'Two buns please', 45),
  revoke('wamid.r1', 60),
];

test.each([
  { order: [3, 2, 1, 0] },
  { order: [1, 0, 2, 3] },
  { order: [2, 0, 3, 1] },
  { order: [0, 3, 2, 1] },
])('it does not matter in which order they came: $order', async ({ order }) => {
  for (const index of order) {
    await arrive(story[index] ?? original);
  }
  expect(await state()).toMatchObject({ text: '', revokedAt: NOON + 60_000, editedAt: NOON + 45_000 });
  expect(await state()).toMatchObject({ trail: ['message.revoked'], waits: 0, found: 0, snippet: '' });
  expect((await state()).versions).toHaveLength(3);
});

test('an older change does not take the place of a newer one, together or apart, however often they come', async () => {
  await arrive(story[2] ?? original, story[1] ?? original, original);
  for (let time = 0; time < 3; time += 1) {
    bench.clock.now += 1;
    await arrive(story[1] ?? original, story[2] ?? original);
  }
  expect(await state()).toMatchObject({ text: 'Two buns please', found: 100, snippet: 'Two buns please' });
  expect((await state()).versions).toHaveLength(3);
});

test('nobody changes what somebody else wrote', async () => {
  await arrive(original);
  await inbox.write('full', [inbox.sql.update(messages).set({ direction: 'out' })]);
  await arrive(edit('wamid.e1', 'Free bread', 30));
  expect(await state()).toMatchObject({ text: 'Two loafs please', versions: [] });
  expect((await inbox.sql.select().from(journal)).map((row) => row.state)).toContain('failed');
});
