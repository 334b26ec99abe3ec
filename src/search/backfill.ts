import { and, eq, inArray, lte, sql } from 'drizzle-orm';
import type { Commit, Statement } from '#src/db/database.ts';
import type { Inbox } from '#src/db/inbox.ts';
import { contacts, identities, jobs } from '#src/db/schema/inbox/index.ts';
import { contactWords } from './contact-words.ts';
import { indexContacts, renameContacts } from './index-rows.ts';

// What was there before there was an index comes into it here, a little at a time and the newest first: two
// million messages take minutes, which no start should wait for. Each job's `data` is the highest id still to do,
// and changes in the batch that did the rest: a crash repeats nothing and leaves nothing out.

const CONTACTS = 'search.contacts';
const MESSAGES = 'search.messages';
const STEP = 200;

/** Makes some of the contacts or messages searchable that are not. Resolves to whether there are more of them. */
export async function indexSome(inbox: Inbox): Promise<boolean> {
  return inbox.turn(async (commit) => {
    const open = await inbox.sql
      .select({ kind: jobs.kind, data: jobs.data })
      .from(jobs)
      .where(and(inArray(jobs.kind, [CONTACTS, MESSAGES]), eq(jobs.state, 'open')))
      .orderBy(jobs.kind);
    const [job] = open;
    if (job) {
      await (job.kind === CONTACTS ? contactStep : messageStep)(inbox, commit, Number(job.data));
    }
    return job !== undefined;
  });
}

async function contactStep(inbox: Inbox, commit: Commit, upTo: number): Promise<void> {
  const found = await inbox.sql
    .select({ id: contacts.id, name: contacts.name })
    .from(contacts)
    .where(lte(contacts.id, upTo))
    .orderBy(sql`${contacts.id} desc`)
    .limit(STEP);
  const ids = found.map(({ id }) => id);
  const names = await inbox.sql.select().from(identities).where(inArray(identities.contactId, ids));
  const known = Map.groupBy(names, ({ contactId }) => contactId);
  const rows = found.map(({ id, name }) => ({ id, search: contactWords(name, known.get(id) ?? []) }));
  // Up to where the job has come the trigger leaves a contact to it: all of a step become one segment.
  await commit('normal', [...renameContacts(rows), ...indexContacts(rows), goOn(inbox, CONTACTS, ids)]);
}

async function messageStep(inbox: Inbox, commit: Commit, upTo: number): Promise<void> {
  const found = inbox.objects<{ id: number }>(
    sql`select id from messages where id <= ${upTo} order by id desc limit ${STEP}`,
  );
  const ids = found.map(({ id }) => id);
  const lowest = ids.at(-1) ?? 0;
  await commit('normal', [
    sql`insert into message_search (rowid, text, file) select id, text, file from message_words as w
      where id >= ${lowest} and id <= ${upTo}
        and not exists (select 1 from message_search_docsize as known where known.id = w.id)`,
    goOn(inbox, MESSAGES, ids),
  ]);
}

/** The job goes on below the lowest of these, or is done when they were the last. */
function goOn({ sql: db }: Inbox, kind: string, ids: readonly number[]): Statement {
  const lowest = ids.at(-1);
  return ids.length < STEP || lowest === undefined
    ? db.delete(jobs).where(eq(jobs.kind, kind))
    : db
        .update(jobs)
        .set({ data: String(lowest - 1) })
        .where(eq(jobs.kind, kind));
}
