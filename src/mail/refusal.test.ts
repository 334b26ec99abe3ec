import { expect, test } from 'bun:test';
import { concernsAll, isFinal, understand } from './refusal.ts';

const failure = (facets: Record<string, string>) => Object.assign(new Error('it did not work'), facets);

test.each([
  [{ code: 'EENVELOPE', command: 'RCPT TO', response: '550 5.1.1 no such user' }, 'recipient', '550 5.1.1'],
  [{ code: 'EENVELOPE', command: 'RCPT TO', response: '450 4.2.0 greylisted' }, 'later', '450 4.2.0'],
  [{ code: 'EENVELOPE', command: 'RCPT TO', response: '530 5.7.0 authenticate first' }, 'login', '530 5.7.0'],
  [{ code: 'EENVELOPE', command: 'RCPT TO', response: '503 5.5.1 out of order' }, 'other', '503 5.5.1'],
  [{ code: 'EENVELOPE', command: 'MAIL FROM', response: '553 not yours' }, 'sender', '553'],
  [
    { code: 'EMESSAGE', command: 'DATA', response: '554-5.7.1 spam\n554 5.7.1 really' },
    'message',
    '554 5.7.1',
  ],
  [{ code: 'EMESSAGE', command: 'DATA', response: '452 4.3.1 full' }, 'later', '452 4.3.1'],
  [{ code: 'ECONNECTION', command: 'CONN', response: '421 4.3.2 going down' }, 'unreachable', '421 4.3.2'],
  [{ code: 'EPROTOCOL', command: 'EHLO', response: '502 what?' }, 'other', '502'],
  [{ code: 'EAUTH', command: 'AUTH PLAIN', response: '535 5.7.8 no' }, 'login', '535 5.7.8'],
  [{ code: 'EAUTH', command: 'API' }, 'login', null],
  [{ code: 'ETLS', command: 'STARTTLS', response: '454 4.7.0 not now' }, 'tls', '454 4.7.0'],
  [{ code: 'ESOCKET', originalCode: 'CERT_HAS_EXPIRED' }, 'tls', null],
  [{ code: 'ESOCKET', originalCode: 'ERR_TLS_CERT_ALTNAME_INVALID' }, 'tls', null],
  [{ code: 'ESOCKET', originalCode: 'ECONNREFUSED' }, 'unreachable', null],
  [{ code: 'EDNS' }, 'host', null],
  [{ code: 'ETIMEDOUT' }, 'silent', null],
  [{ code: 'EABORT' }, 'silent', null],
  [{}, 'other', null],
] as const)('%j', (facets, reason, reply) => {
  expect(understand(failure(facets))).toEqual({ reason, reply });
});

test('what is no error is not understood', () => {
  expect(understand('nothing')).toEqual({ reason: 'other', reply: null });
});

test('only what is about the letter is final, and only what is not meets the others', () => {
  const of = (reason: 'recipient' | 'later' | 'login') => ({ reason, reply: null });
  expect([of('recipient'), of('later'), of('login')].map(isFinal)).toEqual([true, false, false]);
  expect([of('recipient'), of('later'), of('login')].map(concernsAll)).toEqual([false, false, true]);
});
