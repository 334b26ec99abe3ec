import { expect } from 'bun:test';
import { and, eq, ne } from 'drizzle-orm';
import { readConfig } from '#src/config.ts';
import type { Inbox } from '#src/db/inbox.ts';
import { journal, messages } from '#src/db/schema/inbox/index.ts';
import { createServices } from '#src/services.ts';
import { openTestLog } from '../log.ts';
import { expectIntegrity } from './soundness.ts';

/** What people find after the start: texts of customers' messages, and where each of ours stands. */
export type Found = { inbound: string[]; outbound: Map<string, string> };

/**
 * Opens a data folder as a start does, short of sending anything. Whatever the end was like: the databases are
 * whole, no change waits to be taken in, and nothing is there twice.
 */
export async function findAfterStart(folder: string, accountId: number): Promise<Found> {
  const config = readConfig({ OONOBOX_DATA: folder, OONOBOX_GRAPH_URL: 'http://127.0.0.1:9' });
  const services = await createServices(config, { log: openTestLog() });
  services.phase.draining = true;
  try {
    expectIntegrity(services.control);
    return await services.accounts.use(accountId, async (inbox) => {
      expectIntegrity(inbox);
      expect(await inbox.sql.select().from(journal).where(ne(journal.state, 'done'))).toEqual([]);
      return { inbound: await readInbound(inbox), outbound: await readOutbound(inbox) };
    });
  } finally {
    await services.close();
    // A closed connection lives until a collection and a turn of the event loop.
    Bun.gc(true);
    await new Promise((resume) => setImmediate(resume));
  }
}

async function readInbound({ sql: db }: Inbox): Promise<string[]> {
  const rows = await db
    .select({ text: messages.text, wamid: messages.wamid })
    .from(messages)
    .where(eq(messages.direction, 'in'));
  expect(new Set(rows.map(({ wamid }) => wamid)).size).toBe(rows.length);
  expect(new Set(rows.map(({ text }) => text)).size).toBe(rows.length);
  return rows.map(({ text }) => text);
}

async function readOutbound({ sql: db }: Inbox): Promise<Map<string, string>> {
  const rows = await db
    .select({ text: messages.text, status: messages.status })
    .from(messages)
    .where(and(eq(messages.direction, 'out')));
  const found = new Map(rows.map(({ text, status }) => [text, status]));
  expect(found.size).toBe(rows.length);
  return found;
}
