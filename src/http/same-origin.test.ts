import { expect, test } from 'bun:test';
import { isForgeable, isSameOrigin } from './same-origin.ts';

const behindTls = { url: 'https://inbox.example' };
const onTheLan = { url: null };

const post = (headers: Record<string, string>, path = '/login') =>
  new Request(`http://localhost${path}`, { method: 'POST', headers });

test('what the browser says about the page that sent it decides', () => {
  expect(isSameOrigin(post({ 'sec-fetch-site': 'same-origin' }), behindTls)).toBe(true);
  expect(isSameOrigin(post({ 'sec-fetch-site': 'none' }), behindTls)).toBe(true);
  expect(isSameOrigin(post({ 'sec-fetch-site': 'cross-site' }), behindTls)).toBe(false);
  expect(isSameOrigin(post({ 'sec-fetch-site': 'same-site' }), behindTls)).toBe(false);
  expect(
    isSameOrigin(post({ 'sec-fetch-site': 'cross-site', origin: 'https://inbox.example' }), behindTls),
  ).toBe(false);
});

test('without it the origin must be the public URL', () => {
  expect(isSameOrigin(post({ origin: 'https://inbox.example' }), behindTls)).toBe(true);
  expect(isSameOrigin(post({ origin: 'http://inbox.example' }), behindTls)).toBe(false);
  expect(isSameOrigin(post({ origin: 'https://inbox.example.evil.example' }), behindTls)).toBe(false);
  expect(isSameOrigin(post({ origin: 'null' }), behindTls)).toBe(false);
});

test('without a public URL the origin must be the host that was asked', () => {
  const host = '192.168.1.5:3000';
  expect(isSameOrigin(post({ origin: `http://${host}`, host }), onTheLan)).toBe(true);
  expect(isSameOrigin(post({ origin: 'http://evil.example', host }), onTheLan)).toBe(false);
  expect(isSameOrigin(post({ origin: 'http://192.168.1.5:8080', host }), onTheLan)).toBe(false);
});

test('a request that says nothing about where it is from is not ours', () => {
  expect(isSameOrigin(post({}), behindTls)).toBe(false);
  expect(isForgeable(post({}), behindTls)).toBe(true);
});

test('reading is always allowed, and signed or keyed callers need no origin', () => {
  expect(isForgeable(new Request('http://localhost/inbox'), behindTls)).toBe(false);
  expect(isForgeable(post({}, '/webhooks/whatsapp/abc'), behindTls)).toBe(false);
  expect(isForgeable(post({}, '/api/v1/conversations/1/messages'), behindTls)).toBe(false);
  expect(isForgeable(post({}, '/webhooksish'), behindTls)).toBe(true);
  expect(isForgeable(post({}, '/apiary'), behindTls)).toBe(true);
  expect(isForgeable(post({}, '/login?x=/api/'), behindTls)).toBe(true);
});
