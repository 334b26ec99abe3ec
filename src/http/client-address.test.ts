import { expect, test } from 'bun:test';
import { addressGroup, clientAddress, readTrustedProxies } from './client-address.ts';

const proxies = readTrustedProxies(['127.0.0.1', '10.0.0.0/8', 'fd00::/8']);

function seen(socket: string | null, forwarded?: string): string {
  const headers: Record<string, string> = forwarded === undefined ? {} : { 'x-forwarded-for': forwarded };
  return clientAddress(new Request('http://localhost/', { headers }), socket, proxies);
}

test('a stranger cannot choose its own address', () => {
  expect(seen('203.0.113.9', '198.51.100.1')).toBe('203.0.113.9');
});

test('behind a trusted proxy the last hop that is not one counts', () => {
  expect(seen('127.0.0.1', '198.51.100.1')).toBe('198.51.100.1');
  expect(seen('127.0.0.1', '6.6.6.6, 198.51.100.1, 10.2.3.4')).toBe('198.51.100.1');
  expect(seen('::ffff:10.1.1.1', '2001:db8::7')).toBe('2001:db8::7');
  expect(seen('fd00::2', '198.51.100.1')).toBe('198.51.100.1');
});

test('what is no address ends the search', () => {
  expect(seen('127.0.0.1', '<script>')).toBe('127.0.0.1');
  expect(seen('127.0.0.1', '198.51.100.1, nonsense, 10.2.3.4')).toBe('10.2.3.4');
  expect(seen('127.0.0.1')).toBe('127.0.0.1');
  expect(seen(null)).toBe('unknown');
});

test('a proxy that is neither an address nor a network is refused', () => {
  for (const wrong of ['proxy.example', '10.0.0.0/33', '10.0.0.0/x', 'fd00::/129', '']) {
    expect(() => readTrustedProxies([wrong])).toThrow('neither an address nor a network');
  }
});

test('IPv6 addresses of one network count together, however they are written', () => {
  expect(addressGroup('2001:db8:0:5::1')).toBe('2001:db8:0:5::/64');
  expect(addressGroup('2001:db8:0:5:ffff:1:2:3')).toBe('2001:db8:0:5::/64');
  expect(addressGroup('2001:db8::5:1:2:3:4')).toBe('2001:db8:0:5::/64');
  expect(addressGroup('::1')).toBe('0:0:0:0::/64');
  expect(addressGroup('2001:db8:0:6::1')).not.toBe(addressGroup('2001:db8:0:5::1'));
  expect(addressGroup('203.0.113.9')).toBe('203.0.113.9');
  expect(addressGroup('unknown')).toBe('unknown');
});
