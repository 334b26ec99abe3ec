import { asc, desc, eq } from 'drizzle-orm';
import { kept } from '#src/attachments/fetch-testing.ts';
import type { FileRow } from '#src/attachments/load-files.ts';
import type { UploadedFile } from '#src/attachments/uploaded-file.ts';
import { conversations, files, messages, numbers, outbox } from '#src/db/schema/inbox/index.ts';
import { type SampleName, sample } from '#src/simulator/samples/samples.ts';
import { openBox } from '#src/testing/box.ts';

export const RUDO = '+263771000001';

const SAMPLES = { image: 'photo', video: 'video', document: 'document' } as const satisfies Record<
  string,
  SampleName
>;
const NAMED = /"(image|video|document)":\{"id":"\d+"/g;

type Given = { name?: string; headers?: Record<string, string>; to?: number };

/** An install whose clock stands until a test moves it, a customer who has written, and Ada, who answers with files. */
export async function openFileBox() {
  const clock = { now: Date.now() };
  const box = await openBox({ now: () => clock.now });
  const { services, simulator, number, accountId } = box;
  const rudo = simulator.customer(RUDO, { name: 'Rudo' });
  await rudo.say(number.phoneNumberId, 'Hello');
  await box.settled();
  /** The one that began last. */
  const newestConversation = () =>
    box.inbox(async ({ sql: db }) => {
      const [last] = await db
        .select({ id: conversations.id })
        .from(conversations)
        .orderBy(desc(conversations.id));
      return last?.id ?? 0;
    });
  const conversationId = await newestConversation();
  const ada = await box.as('ada');
  const own = { origin: box.url, 'sec-fetch-site': 'same-origin', cookie: ada.cookie ?? '' };

  /** As the page's script sends a file. */
  const put = (body: BodyInit, { name = 'file', headers = {}, to = conversationId }: Given = {}) =>
    fetch(`${box.url}/conversations/${to}/files`, {
      method: 'POST',
      headers: { ...own, accept: 'application/json', 'x-file-name': encodeURIComponent(name), ...headers },
      body,
      redirect: 'manual',
    });

  const shop = {
    ...box,
    clock,
    rudo,
    ada,
    /** What a page of Ada's sends along. */
    own,
    conversationId,
    newestConversation,
    put,
    /** The file as it was taken. */
    async upload(body: BodyInit, given: Given = {}): Promise<UploadedFile> {
      const answer = await put(body, given);
      if (answer.status !== 201) {
        throw new Error(`${answer.status}: ${await answer.text()}`);
      }
      return (await answer.json()) as UploadedFile;
    },
    /** What a program sends: with a file of its own wherever the message names one of Meta's. */
    async withOwnFiles<Message extends object>(message: Message): Promise<Message> {
      let text = JSON.stringify(message);
      for (const [named, kind] of text.matchAll(NAMED)) {
        const { bytes } = await sample(SAMPLES[kind as keyof typeof SAMPLES]);
        const answer = await box.api('/api/v1/media', { method: 'POST', body: new Uint8Array(bytes) });
        const { id } = (await answer.json()) as { id: number };
        text = text.replace(named, `"${kind}":{"id":${id}`);
      }
      return JSON.parse(text);
    },
    send: (fileIds: readonly number[], text = '', key: string = crypto.randomUUID()) =>
      ada.post(`/conversations/${conversationId}/messages`, { text, key, files: fileIds.join(' ') }),
    /** Everything that can go has gone, and what Meta said of it was understood. */
    async settled(): Promise<void> {
      services.delivery.poke(accountId);
      await services.delivery.idle();
      await box.settled();
    },
    /** Some time passes, and what has fallen due is done. */
    async pass(milliseconds: number): Promise<void> {
      clock.now += milliseconds;
      await shop.settled();
    },
    /** What Ada has written, in order. */
    written: () =>
      box.inbox(({ sql: db }) =>
        db.select().from(messages).where(eq(messages.direction, 'out')).orderBy(asc(messages.id)),
      ),
    outbox: () => box.inbox(({ sql: db }) => db.select().from(outbox)),
    files: () => box.inbox(({ sql: db }) => db.select().from(files).orderBy(asc(files.id))),
    file: (id: number) =>
      box.inbox(async ({ sql: db }) => {
        const [row] = await db.select().from(files).where(eq(files.id, id));
        return row as FileRow;
      }),
    numberState: () =>
      box.inbox(async ({ sql: db }) => {
        const [row] = await db.select({ state: numbers.state }).from(numbers);
        return row?.state;
      }),
    /** As Meta's answer to a message does: `reason` is `token` or its code. */
    pauseNumber: (reason: string) =>
      box.inbox((inbox) =>
        inbox.write('full', [inbox.sql.update(numbers).set({ state: 'paused', pausedFor: reason })]),
      ),
    /** As an admin does who has settled at Meta what it was paused for. */
    resumeNumber: () =>
      box.inbox((inbox) =>
        inbox.write('full', [inbox.sql.update(numbers).set({ state: 'live', pausedFor: null })]),
      ),
    /** As thirty days do. */
    expireMediaId: (id: number) =>
      box.inbox((inbox) =>
        inbox.write('full', [
          inbox.sql.update(files).set({ mediaExpiresAt: clock.now }).where(eq(files.id, id)),
        ]),
      ),
    /** The plain bytes of a file in the vault. */
    read: (row: FileRow) =>
      box.inbox(async (inbox) => Buffer.concat(await Array.fromAsync(services.vault.read(inbox, kept(row))))),
  };
  return shop;
}

export type FileBox = Awaited<ReturnType<typeof openFileBox>>;

export const hashOf = (bytes: Uint8Array): string =>
  new Bun.CryptoHasher('sha256').update(bytes).digest('hex');

/** What a page has put into the hidden fields of its form: a browser without scripts sends it along. */
export function hiddenIn(page: string): Record<string, string> {
  const hidden = [...page.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/g)];
  return Object.fromEntries(hidden.map(([, name = '', value = '']) => [name, value]));
}
