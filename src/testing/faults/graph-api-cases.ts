import { httpAnswer } from '#src/whatsapp/testing-server.ts';
import { isLong } from './long.ts';
import type { Fault } from './tcp-proxy.ts';

/**
 * What the product may conclude from a fault: that Meta has the message (perhaps at the second try), or nothing at
 * all. Whether it got there in truth is `reached`, which the product cannot see.
 */
export type Case = { name: string; fault: Fault; reached: boolean; shown: 'accepted' | 'unknown' };

const ACCEPTED_ELSEWHERE = '{"messaging_product":"whatsapp","messages":[{"id":"wamid.of-somebody-else"}]}';
const UNAVAILABLE = '{"error":{"message":"(#131016) down","type":"OAuthException","code":131016}}';

/** Answers that say nothing about the message, whoever wrote them. */
const unreadable: [name: string, answer: string, end?: 'close' | 'silence' | 'stay'][] = [
  ['a page of HTML with 200', httpAnswer('<!doctype html><title>Welcome</title>')],
  ['a page of HTML with 502', httpAnswer('<h1>Bad Gateway</h1>', '502 Bad Gateway')],
  ['200 and nothing', httpAnswer('')],
  ['204', 'HTTP/1.1 204 No Content\r\n\r\n'],
  ['500 and nothing', httpAnswer('', '500 Internal Server Error')],
  ['JSON that is cut off', httpAnswer(ACCEPTED_ELSEWHERE.slice(0, 40))],
  ['JSON about something else', httpAnswer('{"success":true}')],
  ['JSON of an error without a code', httpAnswer('{"error":"no"}', '403 Forbidden')],
  ['more than it announces', `HTTP/1.1 200 OK\r\nContent-Length: 20\r\n\r\n${ACCEPTED_ELSEWHERE}`],
  ['less than it announces', `HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n${ACCEPTED_ELSEWHERE}`, 'close'],
  ['broken chunks', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nZZ\r\n{"messages"', 'close'],
  ['something that is not HTTP', 'SSH-2.0-OpenSSH_9.2\r\n\r\n', 'close'],
  ['a redirect', httpAnswer('', '307 Temporary Redirect', 'Location: /elsewhere\r\n')],
  ['a head that never ends', 'HTTP/1.1 200 OK\r\nContent-Type: appl', 'silence'],
];

const forged =
  ([name, answer, end = 'stay']: (typeof unreadable)[number]) =>
  (reached: boolean): Case => ({
    name: `${name}, ${reached ? 'after' : 'before'} the request got there`,
    fault: { is: 'forged', reached, answer, end },
    reached,
    shown: 'unknown',
  });

const cutRequest = (name: string, bytes: number, end: 'close' | 'reset' | 'silence'): Case => ({
  name,
  fault: { is: 'cut-request', bytes, end },
  reached: false,
  shown: 'unknown',
});

const cutAnswer = (name: string, bytes: number, end: 'close' | 'reset' | 'silence'): Case => ({
  name,
  fault: { is: 'cut-answer', bytes, end },
  reached: true,
  shown: 'unknown',
});

const late = (name: string, fault: Omit<Extract<Fault, { is: 'slow' }>, 'is'>): Case => ({
  name,
  fault: { is: 'slow', ...fault },
  reached: true,
  shown: 'accepted',
});

export const REFUSED = 'refused in Meta’s words, and tried again';
const refusal: Fault = {
  is: 'forged',
  reached: false,
  answer: httpAnswer(UNAVAILABLE, '503 Service Unavailable'),
  end: 'stay',
};
const second: Fault = { is: 'followed', by: httpAnswer(ACCEPTED_ELSEWHERE) };

/** Every fault of the line, before or after the request got there; both where the product cannot tell, if it may take long. */
export const cases: readonly Case[] = [
  cutRequest('closed at the first byte', 0, 'close'),
  cutRequest('closed within the head', 40, 'close'),
  cutRequest('closed within the body', -20, 'close'),
  cutRequest('reset within the head', 40, 'reset'),
  cutRequest('reset within the body', -20, 'reset'),
  cutRequest('never answered, and never passed on', 0, 'silence'),
  cutAnswer('closed instead of an answer', 0, 'close'),
  cutAnswer('reset instead of an answer', 0, 'reset'),
  cutAnswer('closed within the answer’s head', 20, 'close'),
  cutAnswer('closed one byte before the end', -1, 'close'),
  cutAnswer('reset one byte before the end', -1, 'reset'),
  cutAnswer('never answered, but passed on', 0, 'silence'),
  cutAnswer('silent one byte before the end', -1, 'silence'),
  ...unreadable.flatMap((one, place) => (isLong ? [true, false] : [place % 2 === 1]).map(forged(one))),
  { name: REFUSED, fault: refusal, reached: true, shown: 'accepted' },
  { name: 'answered twice', fault: second, reached: true, shown: 'accepted' },
  late('a request that is late', { ms: 1_000 }),
  late('byte by byte, both ways', { step: 1, every: 1 }),
  // The product waits 20 s for an answer.
  { ...late('a request that arrives after it was given up', { ms: 21_000 }), shown: 'unknown' },
];
