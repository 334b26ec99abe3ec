import { asc } from 'drizzle-orm';
import { readConfig } from '#src/config.ts';
import { mails } from '#src/db/schema/control.ts';
import { openTestLog } from '#src/testing/log.ts';
import { openTestStorage, type TestStorage } from '#src/testing/storage.ts';
import type { Letter } from './letter.ts';
import { createMail, type Mail } from './mail.ts';
import { queueMail } from './queue-mail.ts';

/** A queue over real storage, with a clock that a test moves. */
export type MailRoom = {
  mail: Mail;
  storage: TestStorage;
  clock: { now: number };
  /** Queues a letter and returns its id. */
  queue(to: string, letter?: Letter): Promise<number>;
  /** Lets time pass, and what is then due be tried. */
  pass(milliseconds: number): Promise<void>;
  row(id: number): Promise<typeof mails.$inferSelect>;
  rows(): Promise<(typeof mails.$inferSelect)[]>;
  /** Ends the queue and begins another over the same storage, as a restart does. */
  restart(): Promise<void>;
  close(): Promise<void>;
};

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const SECRET_LINK = 'https://inbox.example.com/reset/canary-token-of-a-letter';

export async function openMailRoom(smtpUrl: string, env: Record<string, string> = {}): Promise<MailRoom> {
  const clock = { now: Date.UTC(2026, 10, 25, 9) };
  const now = () => clock.now;
  const storage = await openTestStorage(now);
  const { control, keyring } = storage;
  const config = readConfig({
    OONOBOX_SMTP_URL: smtpUrl,
    OONOBOX_MAIL_FROM: 'Our inbox <inbox@example.com>',
    ...env,
  });
  const open = () =>
    createMail({ config, control, keyring, now, log: openTestLog(), isDraining: () => false });
  const room: MailRoom = {
    mail: open(),
    storage,
    clock,
    async queue(to, letter = { kind: 'reset', link: SECRET_LINK, until: clock.now + 90 * 24 * HOUR }) {
      const id = control.nextId();
      await control.write('full', [queueMail(control, { id, to, letter, accountId: null, at: clock.now })]);
      return id;
    },
    async pass(milliseconds) {
      clock.now += milliseconds;
      room.mail.wake();
      await room.mail.idle();
    },
    async row(id) {
      const found = (await room.rows()).find((row) => row.id === id);
      if (!found) {
        throw new Error(`there is no letter ${id}`);
      }
      return found;
    },
    rows: () => control.sql.select().from(mails).orderBy(asc(mails.id)),
    async restart() {
      await room.mail.stop();
      room.mail = open();
      room.mail.start();
      await room.mail.idle();
    },
    async close() {
      await room.mail.stop();
      await storage.close();
    },
  };
  room.mail.start();
  return room;
}
