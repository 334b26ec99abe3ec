import { expect, test } from 'bun:test';
import { isDeclaredTooLarge, readBody } from './body.ts';

const post = (body: BodyInit, headers: Record<string, string> = {}) =>
  new Request('http://localhost/', { method: 'POST', body, headers });

test('a body that never ends is let go when its time is over', async () => {
  const endless = new ReadableStream({ pull: () => new Promise(() => {}) });
  expect(await readBody(post(endless), { withinMs: 1 })).toEqual({ kind: 'too-slow' });
});

test('a body without a declared length is counted as it comes', async () => {
  const stream = () => new Response('12345').body ?? '';
  expect(await readBody(post(stream()), { limit: 4 })).toEqual({ kind: 'too-large' });
  const read = await readBody(post(stream()), { limit: 5 });
  expect(read.kind === 'read' && new TextDecoder().decode(read.bytes)).toBe('12345');
});

test('a declared length is judged before anything is read', () => {
  expect(isDeclaredTooLarge(post('', { 'content-length': '5' }), 4)).toBe(true);
  expect(isDeclaredTooLarge(post('', { 'content-length': '4' }), 4)).toBe(false);
  expect(isDeclaredTooLarge(post(''), 4)).toBe(false);
});

test('a body that breaks off is no body', async () => {
  const broken = new ReadableStream({
    pull(controller) {
      controller.error(new Error('reset'));
    },
  });
  expect(await readBody(post(broken))).toEqual({ kind: 'broken-off' });
});
