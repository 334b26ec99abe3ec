/** @jsxImportSource preact */
import { expect, test } from 'bun:test';
import { renderToString } from 'preact-render-to-string';
import { InboxPage } from '../inbox/inbox-page.tsx';
import { answer, inbox, now, question, tendai } from '../testing/examples.ts';
import { CountsPush, HeadPush, MessagePush, PresencePush, RowPush } from './push.tsx';

const page = renderToString(<InboxPage {...inbox} />);
const { timeZone } = inbox.account;
const inside = (push: string) => push.replace(/^<hx-partial[^>]*>/, '').replace(/<\/hx-partial>$/, '');

test('a pushed message is the very message of the page', () => {
  for (const message of [question, answer]) {
    const push = renderToString(<MessagePush message={message} timeZone={timeZone} />);
    expect(push).toStartWith('<hx-partial hx-target="#thread-inlet-7" hx-swap="beforeend"><li');
    expect(page).toContain(inside(push));
  }
});

test('a pushed head is the very head of the page', () => {
  const [head = '', assignee = ''] = renderToString(<HeadPush row={tendai} now={now} />).split(
    /(?<=<\/hx-partial>)/,
  );
  expect(page).toContain(inside(head));
  expect(page).toContain(inside(assignee));
});

test('a pushed row is no one’s: it does not say who has read it or in which view it is', () => {
  const push = inside(renderToString(<RowPush row={tendai} now={now} timeZone={timeZone} />));
  expect(push).toContain('href="/c/7"');
  expect(push).not.toContain('data-read');
  expect(push).not.toContain('row--unread');
  const itsOwn = (html: string) =>
    html
      .replace(/href="[^"]*"/, '')
      .replace(/ data-read(="\d*")?/, '')
      .replace(/ aria-current="true"/, '')
      .replace('row row--unread', 'row')
      .replace('tag tag--number" hidden', 'tag tag--number"');
  const row = page.match(/<li class="row__item" id="row-7".*?<\/li>/s)?.[0] ?? '';
  expect(itsOwn(push)).toBe(itsOwn(row));
});

test('only the counts that changed are pushed', () => {
  const push = renderToString(<CountsPush counts={{ unassigned: 120 }} />);
  expect(push).toContain('#count-unassigned');
  expect(push).toContain('99+');
  expect(push).not.toContain('#count-mine');
});

test('of many colleagues two are named, who writes first, and none of it is a live region', () => {
  const others = [
    { name: 'Farai Ndlovu', does: 'viewing' as const },
    { name: 'Rudo <b>', does: 'viewing' as const },
    { name: 'Chipo', does: 'writing' as const },
    { name: 'Tariro', does: 'viewing' as const },
  ];
  const push = renderToString(<PresencePush conversationId={7} others={others} />);
  expect(push).toStartWith('<hx-partial hx-target="#presence-7" hx-swap="innerHTML">');
  expect(push).toMatch(/Chipo is writing.*Farai is viewing.*\+2/s);
  expect(push).not.toContain('<b>');
  expect(page).toContain('<div class="presence" id="presence-7"></div>');
  expect(push).not.toMatch(/aria-live|role=/);
  expect(inside(renderToString(<PresencePush conversationId={7} others={[]} />))).toBe('');
});
