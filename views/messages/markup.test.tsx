/** @jsxImportSource preact */
import { expect, test } from 'bun:test';
import { renderToString } from 'preact-render-to-string';
import { markUp, withoutMarks } from './markup.tsx';

const html = (text: string) => renderToString(<p>{markUp(text)}</p>).slice(3, -4);

const cases: Record<string, string> = {
  'a *b* c': 'a <b>b</b> c',
  '_a_ and ~b~': '<i>a</i> and <s>b</s>',
  '*a _b_ c*': '<b>a <i>b</i> c</b>',
  '```a *b*```': '<code>a *b*</code>',
  '```a\nb``` c': '<code>a\nb</code> c',
  '*a _b* c_': '<b>a _b</b> c_',
  snake_case_name: 'snake_case_name',
  '2*3*4': '2*3*4',
  '* a *': '* a *',
  '*a\nb*': '*a\nb*',
  '*open': '*open',
  '**': '**',
  '': '',
};

for (const [typed, shown] of Object.entries(cases)) {
  test(`${JSON.stringify(typed)} becomes ${shown}`, () => {
    expect(html(typed)).toBe(shown);
  });
}

test('without its marks a text has the words they stood around', () => {
  expect(withoutMarks('*[482913] _is_* ~your~ ```code```: https://a.example/x_y_z 2*3*4')).toBe(
    '[482913] is your code: https://a.example/x_y_z 2*3*4',
  );
});

test('an address is a link to itself, without the full stop after it', () => {
  const shown = html('See https://a.example/x_y_z?q=1&r=2.');
  expect(shown).toContain('href="https://a.example/x_y_z?q=1&amp;r=2"');
  expect(shown).toEndWith('</a>.');
});

test('only http, https, mailto and tel become links', () => {
  expect(html('tel:+263775550142 mailto:a@b.example').match(/<a /g)).toHaveLength(2);
  for (const text of ['javascript:alert(1)', 'data:text/html,x', 'ftp://a.example', 'file:///etc/passwd']) {
    expect(html(text)).not.toContain('<a ');
  }
});

test('nothing of a text is lost, however it is marked', () => {
  for (const text of [
    '*_~'.repeat(500),
    '*a '.repeat(20_000),
    '_*~x~*_ '.repeat(8_000),
    '`'.repeat(65_536),
  ]) {
    const plain = (value: string) => value.replace(/[*_~`]/g, '');
    expect(plain(html(text).replace(/<[^>]*>/g, ''))).toBe(plain(text));
  }
});
