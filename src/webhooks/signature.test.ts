import { expect, test } from 'bun:test';
import { isSignedWith, readSignature } from './signature.ts';

const body = new TextEncoder().encode('{"object":"whatsapp_business_account"}');
const good = 'sha256=63b82ab1a1fd7c1e95b9a3bfd9c29fa4d1c1cd1b8d1b1f0e5a3e3a8f4b0b1c2d';

test('the signature is the HMAC-SHA256 of the raw bytes', () => {
  // RFC 4231, test case 2.
  const hex = '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843';
  const signature = readSignature(`sha256=${hex}`);
  const data = new TextEncoder().encode('what do ya want for nothing?');
  expect(signature && isSignedWith('Jefe', data, signature)).toBe(true);
  expect(signature && isSignedWith('Jeff', data, signature)).toBe(false);
  expect(signature && isSignedWith('Jefe', body, signature)).toBe(false);
});

test.each([
  null,
  '',
  'sha256=',
  'sha1=abc',
  good.slice(0, -1),
  `${good}00`,
  ` ${good}`,
  good.replace('6', 'g'),
])('a header that holds no SHA-256 is refused: %p', (header) => {
  expect(readSignature(header)).toBeNull();
});
