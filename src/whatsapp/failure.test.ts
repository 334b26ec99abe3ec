import { describe, expect, test } from 'bun:test';
import { failureOf } from './failure.ts';

function thrown(code: string): Error {
  return Object.assign(new TypeError(`fetching "https://graph.example/?token=secret"`), { code });
}

describe('a request without an answer', () => {
  test.each([
    'ECONNREFUSED',
    'ENOTFOUND',
    'EAI_AGAIN',
    'DEPTH_ZERO_SELF_SIGNED_CERT',
    'ERR_TLS_CERT_ALTNAME_INVALID',
  ])('had not left for certain: %s', (code) => {
    expect(failureOf(thrown(code))).toEqual({ kind: 'not-sent', why: expect.stringContaining(code) });
  });

  test.each([
    'ECONNRESET',
    'EPIPE',
    'EPROTO',
    'ETIMEDOUT',
    'EHOSTUNREACH',
    'ENETUNREACH',
    'UnexpectedRedirect',
    'ZlibError',
    '',
  ])('may have left: %j', (code) => {
    expect(failureOf(thrown(code)).kind).toBe('unknown');
  });

  test('may have left when what was thrown says nothing', () => {
    for (const odd of [
      null,
      undefined,
      'ECONNREFUSED',
      { code: 'ECONNREFUSED' },
      new Error('ECONNREFUSED'),
    ]) {
      expect(failureOf(odd).kind).toBe('unknown');
    }
  });

  test('never quotes the message, which holds the address', () => {
    expect(JSON.stringify(['EPROTO', 'ENOTFOUND'].map((code) => failureOf(thrown(code))))).not.toContain(
      'secret',
    );
  });
});
