import { eq } from 'drizzle-orm';
import { auditRow } from '#src/audit/audit-row.ts';
import type { Inbox } from '#src/db/inbox.ts';
import { numbers, readReceiptPolicies } from '#src/db/schema/inbox/index.ts';
import { Invalid, NotFound } from '#src/errors.ts';
import { demand } from '#src/people/permission.ts';
import type { Viewer } from '#src/people/viewer.ts';
import { type NumberSettings, readNumberSettings, writeNumberSettings } from './number-settings.ts';

export type ReadReceipts = (typeof readReceiptPolicies)[number];
/** What customers of a number learn besides what is written to them. */
export type SendingSettings = NumberSettings & { readReceipts: ReadReceipts };
export type NumberSending = SendingSettings & { id: number; name: string };

type Row = typeof numbers.$inferSelect;

/** Throws `NotFound` and `Forbidden`. */
export async function findSending(inbox: Inbox, id: number, viewer: Viewer): Promise<NumberSending> {
  demand(viewer, 'settings.manage');
  const row = await readNumber(inbox, id);
  return { id, name: row.name, ...settingsOf(row) };
}

/**
 * Typing needs read receipts on opening: WhatsApp marks as read with it. Throws `Invalid({ typing })`, `NotFound` and
 * `Forbidden`.
 */
export function setSending(
  inbox: Inbox,
  { id, ...wanted }: SendingSettings & { id: number },
  viewer: Viewer,
  now: number,
): Promise<void> {
  return inbox.turn(async (commit) => {
    demand(viewer, 'settings.manage');
    const row = await readNumber(inbox, id);
    if (wanted.showsTyping && wanted.readReceipts !== 'opened') {
      throw new Invalid({
        typing:
          'WhatsApp marks messages as read when it shows that somebody writes. Choose read receipts on opening, or leave it off.',
      });
    }
    const before = settingsOf(row);
    await commit('full', [
      inbox.sql
        .update(numbers)
        .set({
          readReceipts: wanted.readReceipts,
          settings: writeNumberSettings(row.settings, wanted),
        })
        .where(eq(numbers.id, id)),
      auditRow(inbox, {
        at: now,
        actor: viewer,
        action: 'number.set',
        object: `number:${id}`,
        data: { before: told(before), after: told(wanted) },
      }),
    ]);
  });
}

export const readPolicy = (name: string): ReadReceipts => {
  const policy = readReceiptPolicies.find((known) => known === name);
  if (policy === undefined) {
    throw new Invalid({ receipts: 'Choose when customers see that they were read.' });
  }
  return policy;
};

function settingsOf(row: Row): SendingSettings {
  return { readReceipts: row.readReceipts, ...readNumberSettings(row.settings) };
}

const told = ({ readReceipts, showsTyping, hasPreviews }: SendingSettings) => ({
  read_receipts: readReceipts,
  shows_typing: showsTyping,
  has_previews: hasPreviews,
});

async function readNumber({ sql: db }: Inbox, id: number): Promise<Row> {
  const [row] = await db.select().from(numbers).where(eq(numbers.id, id)).limit(1);
  if (!row) {
    throw new NotFound(`number ${id}`);
  }
  return row;
}
