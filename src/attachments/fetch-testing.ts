import { asc, eq } from 'drizzle-orm';
import type { Inbox } from '#src/db/inbox.ts';
import { attachments, conversations, files, messages } from '#src/db/schema/inbox/index.ts';
import type { FileMessage, FileOptions } from '#src/simulator/simulator.ts';
import { openBox } from '#src/testing/box.ts';
import type { FileRow } from './load-files.ts';

export const RUDO = '+263771000001';

/** An install whose clock stands until a test moves it, and a customer who sends files. */
export async function openFetchingBox() {
  const clock = { now: Date.now() };
  const box = await openBox({ now: () => clock.now });
  const { services, simulator, number, accountId } = box;
  const rudo = simulator.customer(RUDO, { name: 'Rudo' });

  async function settled(): Promise<void> {
    await box.settled();
    await services.fetching.idle();
  }

  return {
    ...box,
    /** Every webhook was delivered and understood; files may still be on their way. */
    arrived: box.settled,
    clock,
    rudo,
    settled,
    /** What became of the file of this message at the end of all that can be done now. */
    async send(file: FileMessage, options: FileOptions = {}): Promise<FileRow> {
      const wamid = await rudo.sendFile(number.phoneNumberId, file, options);
      await settled();
      return box.inbox((inbox) => fileOf(inbox, wamid));
    },
    file: (id: number) =>
      box.inbox(async ({ sql: db }) => {
        const [row] = await db.select().from(files).where(eq(files.id, id));
        return row as FileRow;
      }),
    /** Some time passes, and what has fallen due is done. */
    async pass(milliseconds: number): Promise<void> {
      clock.now += milliseconds;
      services.fetching.poke(accountId);
      await settled();
    },
    /** The plain bytes of a stored file. */
    read: (row: FileRow) =>
      box.inbox(async (inbox) => Buffer.concat(await Array.fromAsync(services.vault.read(inbox, kept(row))))),
    conversationId: () =>
      box.inbox(async ({ sql: db }) => {
        const [first] = await db
          .select({ id: conversations.id })
          .from(conversations)
          .orderBy(asc(conversations.id));
        return first?.id ?? 0;
      }),
    /** How often Meta was asked for files themselves. */
    downloads: () => simulator.requests.filter(({ path }) => path.startsWith('/whatsapp_business/')).length,
    /** How often it was asked where they are. */
    questions: () =>
      simulator.requests.filter(({ method, path }) => method === 'GET' && /^\/v25\.0\/\d+$/.test(path))
        .length,
  };
}

export type FetchingBox = Awaited<ReturnType<typeof openFetchingBox>>;

export function kept({ id, path, wrappedKey, bytes }: FileRow) {
  if (path === null || wrappedKey === null || bytes === null) {
    throw new Error(`file ${id} is not kept`);
  }
  return { id, path, wrappedKey, bytes };
}

async function fileOf({ sql: db }: Inbox, wamid: string): Promise<FileRow> {
  const [found] = await db
    .select({ file: files })
    .from(messages)
    .innerJoin(attachments, eq(attachments.messageId, messages.id))
    .innerJoin(files, eq(files.id, attachments.fileId))
    .where(eq(messages.wamid, wamid));
  if (!found) {
    throw new Error(`message ${wamid} has no file`);
  }
  return found.file;
}
