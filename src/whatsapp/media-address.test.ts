import { expect, test } from 'bun:test';
import { mediaAddress } from './media-address.ts';

const GRAPH = 'http://127.0.0.1:4100';
const where = (address: string) => mediaAddress(address, GRAPH)?.at ?? null;

test.each([
  'https://lookaside.fbsbx.com/whatsapp_business/attachments/?mid=1&hash=2',
  'https://LOOKASIDE.fbsbx.com:443/x',
  'https://scontent.xx.fbcdn.net/x',
  'https://mmg.whatsapp.net/x',
])('one of Meta’s media hosts is asked: %s', (address) => {
  expect(where(address)).toBe('media-host');
});

test('the Graph API’s own origin is asked, exactly as it was configured', () => {
  expect(where(`${GRAPH}/media/1?x=2`)).toBe('graph');
  expect(where('http://127.0.0.1:4101/media/1')).toBeNull();
  expect(where('https://127.0.0.1:4100/media/1')).toBeNull();
  expect(where('http://localhost:4100/media/1')).toBeNull();
});

test.each([
  'http://lookaside.fbsbx.com/x',
  'https://lookaside.fbsbx.com:8443/x',
  'https://lookaside.fbsbx.com./x',
  'https://evil-fbsbx.com/x',
  'https://fbsbx.com.evil.example/x',
  'https://lookaside.fbsbx.com@evil.example/x',
  'https://user:word@lookaside.fbsbx.com/x',
  'http://user@127.0.0.1:4100/x',
  'https://evil.example/?lookaside.fbsbx.com',
  'https://evil.example\\.fbsbx.com/x',
  'https://127.0.0.1/x',
  'https://[::1]/x',
  'https://169.254.169.254/latest/meta-data',
  'file:///etc/passwd',
  'data:text/plain,x',
  'ftp://lookaside.fbsbx.com/x',
  '//lookaside.fbsbx.com/x',
  '/media/1',
  'https://',
  '',
])('anything else is not: %s', (address) => {
  expect(where(address)).toBeNull();
});
