/** @jsxImportSource preact */
import { expect, test } from 'bun:test';
import { fragment, page, wantsFragment } from './page.ts';

test('a page is whole, escaped and kept by nobody', async () => {
  const answer = page(<p>{'<b>'}</p>, { status: 422, headers: { 'x-a': '1' } });
  expect(await answer.text()).toBe('<!doctype html><p>&lt;b></p>');
  expect(answer.status).toBe(422);
  expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8');
  expect(answer.headers.get('cache-control')).toContain('no-store');
  expect(answer.headers.get('x-a')).toBe('1');
});

test('a fragment is its parts one after the other', async () => {
  expect(await fragment([<i>1</i>, <i>2</i>]).text()).toBe('<i>1</i><i>2</i>');
});

test('htmx wants a fragment, a restored page is whole', () => {
  const asked = (headers: Record<string, string>) =>
    wantsFragment(new Request('http://localhost/', { headers }));
  expect(asked({})).toBe(false);
  expect(asked({ 'hx-request': 'true' })).toBe(true);
  expect(asked({ 'hx-request': 'true', 'hx-history-restore-request': 'true' })).toBe(false);
});
