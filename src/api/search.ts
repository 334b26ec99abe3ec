import { readCursor, writeCursor } from '#src/conversations/cursor.ts';
import { Problem } from '#src/errors.ts';
import { problemResponse } from '#src/http/problem.ts';
import type { Viewer } from '#src/people/viewer.ts';
import { ask } from '#src/search/ask.ts';
import type { Found, FoundContact, FoundMessage } from '#src/search/found.ts';
import type { SearchLimits } from '#src/search/limits.ts';
import { parseQuery } from '#src/search/parse-query.ts';
import type { Services } from '#src/services.ts';
import { readCursorText, readLimit } from './query.ts';
import { timeJson } from './time-json.ts';

type Given = { q?: string | undefined; limit?: string | undefined; cursor?: string | undefined };

const EXTENT = { length: 200, before: 50 };
const WAIT_S = '1';

/**
 * What an API key may see of contacts and messages, the newest first; contacts on the first page only. Throws
 * `Problem` 422 `query-too-short` and 503 `search-unavailable`. Gives a 429 when too many are under way.
 */
export async function searchJson(
  { reader }: Pick<Services, 'reader'>,
  limits: SearchLimits,
  request: Request,
  viewer: Extract<Viewer, { kind: 'key' }>,
  given: Given,
) {
  const query = parseQuery(given.q ?? '');
  if (query.kind !== 'terms') {
    throw new Problem(422, 'query-too-short', 'There is too little to search for', TOO_SHORT);
  }
  const limit = readLimit(given.limit);
  const cursor = readCursorText(given.cursor);
  const after = cursor === undefined ? null : (readCursor(cursor, 1)[0] ?? null);
  const answer = await limits.run(`key:${viewer.keyId}`, () =>
    ask(reader, viewer.accountId, {
      query,
      // Notes are for the team alone.
      narrowing: { directions: ['in', 'out'] },
      order: 'newest',
      contacts: after === null ? limit : 0,
      messages: limit,
      after,
      extent: EXTENT,
      viewer,
    }),
  );
  if (answer === 'late' || answer === 'busy') {
    throw new Problem(503, 'search-unavailable', 'The search was given up', UNAVAILABLE[answer]);
  } else if ('waitMs' in answer) {
    return problemResponse(request, tooMany, { 'retry-after': WAIT_S });
  }
  return foundJson(answer);
}

const TOO_SHORT = 'Give at least two letters or digits in q.';
const UNAVAILABLE = {
  late: 'It took too long. Give another word, so that fewer messages fit.',
  busy: 'Too many searches are waiting. Send it again in a moment.',
};
const tooMany = {
  status: 429,
  type: 'too-many-requests',
  title: 'Too many searches at once',
  detail: 'A key may have 4 searches under way. Wait for an answer, then send it again.',
};

function foundJson({ contacts, messages, next, isComplete, preparingBefore }: Found) {
  return {
    data: { contacts: contacts.map(contactJson), messages: messages.map(messageJson) },
    next: next === null ? null : writeCursor([next]),
    complete: isComplete && preparingBefore === null,
  };
}

function contactJson({ conversation, phone, bsuid, username }: FoundContact) {
  const { id, name } = conversation.contact;
  return {
    id,
    name,
    phone,
    bsuid,
    username,
    conversation_id: conversation.id,
    number_id: conversation.number.id,
  };
}

function messageJson({ id, conversation, direction, type, text, excerpt, file, at }: FoundMessage) {
  const { contact, number } = conversation;
  return {
    id,
    conversation_id: conversation.id,
    number_id: number.id,
    contact: { id: contact.id, name: contact.name },
    direction,
    type,
    text,
    excerpt: excerpt.map((piece) => piece.text).join(''),
    file_name: file === null ? null : file.map((piece) => piece.text).join(''),
    sent_at: timeJson(at),
  };
}
