/** @jsxImportSource preact */
import { expect, test } from 'bun:test';
import { renderToString } from 'preact-render-to-string';
import { drawnEach, drawnFor, drawnOnce } from './drawn.ts';

test('what is drawn once is drawn when it is first needed, and stands anywhere as often as one likes', () => {
  let times = 0;
  const Sign = drawnOnce(() => {
    times += 1;
    return <b title={'"<'}>{'a < b & c'}</b>;
  });
  expect(times).toBe(0);
  const page = (
    <p>
      <Sign /> <Sign />
    </p>
  );
  const sign = '<b title="&quot;&lt;">a &lt; b &amp; c</b>';
  expect(renderToString(page)).toBe(`<p>${sign} ${sign}</p>`);
  expect(renderToString(page)).toBe(`<p>${sign} ${sign}</p>`);
  expect(times).toBe(1);
});

test('each variant is drawn for itself, once', () => {
  const drawn: string[] = [];
  const mark = drawnEach<'on' | 'off'>((state) => {
    drawn.push(state);
    return <i class={state} />;
  });
  expect(renderToString(<p>{[mark('on'), mark('off'), mark('on')]}</p>)).toBe(
    '<p><i class="on"></i><i class="off"></i><i class="on"></i></p>',
  );
  expect(drawn).toEqual(['on', 'off']);
});

test('an id is filled in wherever it belongs', () => {
  const link = drawnFor<'a' | 'b'>((name, id) => (
    <a href={`/${name}/${id}`} data-id={id}>
      {name}
    </a>
  ));
  expect(renderToString(<p>{[link('a', 7), link('b', 7), link('a', 2 ** 53 - 1)]}</p>)).toBe(
    '<p><a href="/a/7" data-id="7">a</a><a href="/b/7" data-id="7">b</a><a href="/a/9007199254740991" data-id="9007199254740991">a</a></p>',
  );
});
