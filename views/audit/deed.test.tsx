/** @jsxImportSource preact */
import { expect, test } from 'bun:test';
import { renderToString } from 'preact-render-to-string';
import { Deed } from './deed.tsx';

test('the row of a deleted message leads to what it said', () => {
  const entry = {
    id: 1,
    at: 0,
    actor: { kind: 'system', id: null, name: null },
    action: 'message.revoked',
    object: 'message:42',
    objectName: null,
    data: { by: 'customer' },
    names: {},
    address: null,
  } as const;
  const html = renderToString(<Deed entry={entry} timeZone="UTC" />);
  expect(html).toContain('A customer deleted a message of theirs');
  expect(html).toContain('href="/messages/42/versions"');
});
