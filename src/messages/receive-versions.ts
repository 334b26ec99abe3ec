import type { Statement } from '#src/db/database.ts';
import { forEachRow } from '#src/db/rows.ts';
import type { Rewritten } from './receive-rewriting.ts';
import { snippetOf } from './receive-snippet.ts';

// Which words count is decided by the rows themselves, so that it does not matter in which order changes came or how
// often: the newest change by Meta's clock, unless the message was deleted. Triggers keep the search index alike.

/** Everything that changes and deletions of messages do, after the statements that write those messages. */
export function rewritingStatements(rewritings: readonly Rewritten[]): Statement[] {
  return rewritings.flatMap((one) => (one.kind === 'edit' ? editStatements(one) : revokeStatements(one)));
}

function editStatements(edit: Extract<Rewritten, { kind: 'edit' }>): Statement[] {
  const { messageId: id, conversationId, wamid, at, text } = edit;
  return [
    ...forEachRow(KEEP_ORIGINAL, [[id]]),
    ...forEachRow(ADD_VERSION, [[id, wamid, at, text]]),
    ...forEachRow(SET_EDITED, [[id]]),
    ...forEachRow(SET_TEXT, [[id]]),
    ...forEachRow(SET_SNIPPET, [[snippetOf(text), conversationId, conversationId, id, id, text]]),
  ];
}

function revokeStatements(deletion: Extract<Rewritten, { kind: 'revoke' }>): Statement[] {
  const { messageId: id, conversationId, direction, at, auditId, content } = deletion;
  const data = JSON.stringify({ by: direction === 'in' ? 'customer' : 'phone_app' });
  return [
    ...forEachRow(KEEP_ORIGINAL, [[id]]),
    ...forEachRow(REVOKE, [[content, at, id]]),
    ...forEachRow(NOTE_REVOKED, [[auditId, at, `message:${id}`, data]]),
    ...forEachRow(SET_SNIPPET, [['', conversationId, conversationId, id, id, '']]),
  ];
}

/** What was said first: kept once, before anything takes its place. */
const KEEP_ORIGINAL = `insert into message_versions (message_id, wamid, at, text, content)
  select id, '', ordered_at, text, content from messages where id = ? and revoked_at is null
  on conflict do nothing`;

const ADD_VERSION = `insert into message_versions (message_id, wamid, at, text) values (?, ?, ?, ?)
  on conflict do nothing`;

const SET_EDITED = `update messages set edited_at = (
    select max(at) from message_versions where message_id = messages.id and wamid <> ''
  ) where id = ?`;

const SET_TEXT = `update messages set text = (
    select text from message_versions where message_id = messages.id and wamid <> ''
    order by at desc, wamid desc limit 1
  ) where id = ? and revoked_at is null`;

/** The words of a conversation's last message stand in lists too. */
const SET_SNIPPET = `update conversations set snippet = ?
  where id in (select ? union select merged_into_id from conversations where id = ?)
    and last_message_id = ? and (select text from messages where id = ?) = ?`;

const REVOKE = `update messages set text = '', content = ?, revoked_at = ?
  where id = ? and revoked_at is null`;

/** Directly after the statement before it: once, however often the deletion is reported. */
const NOTE_REVOKED = `insert into audit (id, at, actor_kind, action, object, data)
  select ?, ?, 'system', 'message.revoked', ?, ? where changes() > 0`;
