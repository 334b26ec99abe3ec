import { consentStatements } from '#src/contacts/consent-receive.ts';
import { recoverWaiting, restoreWaiting } from '#src/conversations/waiting.ts';
import type { Statement } from '#src/db/database.ts';
import { forEachRow, insertRows, updateRows } from '#src/db/rows.ts';
import {
  attachments,
  attempts,
  cases,
  contacts,
  conversations,
  events,
  files,
  identities,
  journalContacts,
  merges,
  messages,
  numbers,
  parkedStatuses,
  reactions,
  statuses,
} from '#src/db/schema/inbox/index.ts';
import { phoneAnswerStatements } from '#src/messages/receive-echo-answers.ts';
import { reactionStatements } from '#src/messages/receive-reaction.ts';
import { rewritingStatements } from '#src/messages/receive-versions.ts';
import { accountEventStatements } from '#src/numbers/account-event-rows.ts';
import { historyStatements } from '#src/numbers/take-history.ts';
import { useStatements } from '#src/numbers/use-count.ts';
import { indexContacts, indexMessages, renameContacts } from '#src/search/index-rows.ts';
import { renamedContacts, withWords, writtenMessages } from '#src/search/of-run.ts';
import { templateEventStatements } from '#src/templates/apply-event.ts';
import type { Run } from './run.ts';

/**
 * Everything a run did, as the statements of one batch. Rows come before what refers to them; identities that
 * are retired before those that take their place.
 */
export function statementsOf(run: Run): Statement[] {
  const { made, parked } = run;
  const newContacts = withWords(run);
  return [
    ...updateRows(numbers, run.numbers.changed()),
    ...updateRows(contacts, run.contacts.changed()),
    ...insertRows(contacts, newContacts),
    ...insertRows(merges, made.merges),
    ...renameContacts(renamedContacts(run)),
    ...indexContacts(newContacts),
    ...updateRows(identities, run.identities.changed()),
    ...insertRows(identities, run.identities.added()),
    ...updateRows(conversations, run.conversations.changed()),
    ...insertRows(conversations, run.conversations.added()),
    ...forEachRow(
      MOVED_DRAFTS,
      made.hidden.map(({ id, intoId }) => [intoId, id]),
    ),
    ...forEachRow(
      MOVED_FILES,
      made.hidden.map(({ id, intoId }) => [intoId, id]),
    ),
    ...updateRows(cases, run.cases.changed()),
    ...insertRows(cases, run.cases.added()),
    ...insertRows(messages, run.messages.added()),
    ...insertRows(files, made.files),
    ...insertRows(attachments, made.attachments),
    // A message that gets its file late is indexed as it changes, by the file's name, too: so that comes first.
    ...updateRows(messages, run.messages.changed()),
    ...quoteStatements(run),
    ...indexMessages(writtenMessages(run)),
    ...rewritingStatements(made.rewritings),
    ...insertRows(events, made.events),
    ...insertRows(statuses, made.statuses, NEWEST_STATUS),
    ...reactionStatements(made.reactions),
    ...updateRows(reactions, run.reactions.changed()),
    ...insertRows(attempts, made.attempts, LEARNT_ATTEMPT),
    ...forEachRow(
      'delete from outbox where id = ?',
      [...made.settled].map((id) => [id]),
    ),
    ...forEachRow(
      'delete from parked_statuses where number_id = ? and wamid = ? and status = ?',
      parked.removed().map((row) => [row.numberId, row.wamid, row.status]),
    ),
    ...insertRows(parkedStatuses, parked.added(), NEWEST_PARKED),
    ...insertRows(journalContacts, [...made.mentions.values()], 'on conflict do nothing'),
    ...consentStatements(run),
    ...historyStatements(run),
    ...useStatements(run),
    ...accountEventStatements(run),
    ...templateEventStatements(made.templateEvents),
    ...(made.failedAnswers.size > 0 ? [restoreWaiting([...made.failedAnswers])] : []),
    ...(made.recoveredAnswers.size > 0 ? [recoverWaiting([...made.recoveredAnswers])] : []),
    ...phoneAnswerStatements(run),
  ];
}

/** What somebody has begun to write goes along, unless they have begun something there. */
const MOVED_DRAFTS = 'update or ignore drafts set conversation_id = ? where conversation_id = ?';

/** So do the files that they have put there to send. */
const MOVED_FILES =
  'update files set conversation_id = ? where uploaded_at is not null and conversation_id = ?';

const NEWEST_STATUS = `on conflict (message_id, status) do update
  set at = excluded.at, data = excluded.data where excluded.at >= statuses.at`;

const LEARNT_ATTEMPT = `on conflict (subject_id, attempt) do update
  set outcome = 'accepted', wamid = excluded.wamid, ended_at = coalesce(attempts.ended_at, excluded.ended_at)`;

const NEWEST_PARKED = `on conflict (number_id, wamid, status) do update
  set at = excluded.at, data = excluded.data, expires_at = excluded.expires_at
  where excluded.at >= parked_statuses.at`;

function quoteStatements({ made }: Run): Statement[] {
  const quotes = [...made.quotes].map(([quotingId, quotedId]) => [quotedId, quotingId]);
  return forEachRow('update messages set quoted_id = ? where id = ?', quotes);
}
