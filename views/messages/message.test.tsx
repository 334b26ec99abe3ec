/** @jsxImportSource preact */
import { expect, test } from 'bun:test';
import { renderToString } from 'preact-render-to-string';
import type { ThreadFile } from '#src/attachments/thread-file.ts';
import { answer, everyFile, everyKind, now, question } from '../testing/examples.ts';
import { follows, Message } from './message.tsx';

const html = (message: typeof question) =>
  renderToString(<Message message={message} timeZone="Africa/Harare" />);

const attacks = [
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  "' onmouseover='alert(1)",
  '<hx-partial hx-target="#say">x</hx-partial>',
  'javascript:alert(1)',
  '</li></ul><form action="https://evil.example">',
];

/** Every element with its attributes, as a browser would read them. */
function elementsOf(shown: string) {
  const found: { name: string; attributes: [string, string][] }[] = [];
  new HTMLRewriter()
    .on('*', {
      element: ({ tagName, attributes }) =>
        void found.push({ name: tagName, attributes: [...attributes] as [string, string][] }),
    })
    .transform(shown);
  return found;
}

const ownElements =
  /^(li|p|span|div|a|b|strong|i|s|bdi|small|code|svg|use|details|summary|form|button|address|table|thead|tbody|tr|th|td|img|audio|video|voice-note|local-time)$/;
const everything = (text: string) => [...everyKind(text), ...everyFile(text)];

for (const attack of attacks) {
  test(`${attack} stays text in every kind of message`, () => {
    for (const message of everything(attack)) {
      for (const { name, attributes } of elementsOf(html(message))) {
        expect(name).toMatch(ownElements);
        for (const [attribute, value] of attributes) {
          expect(attribute).not.toMatch(/^on|^style$/);
          expect(`${attribute}=${value}`).not.toMatch(
            /^(href|action|src|poster)=(?!#|\?|https:|mailto:|tel:|\/messages\/|\/files\/5)/,
          );
        }
      }
    }
  });
}

test('what turns text around stays inside the words that brought it', () => {
  for (const message of everything('\u202Egpj.exe')) {
    const loose = html(message)
      .replace(/<bdi[^>]*>[^<]*<\/bdi>/g, '')
      .replace(/<(\w+)[^>]*dir="auto"[^>]*>.*?<\/\1>/gs, '')
      .replace(/="[^"]*"/g, '');
    expect(loose).not.toContain('\u202E');
  }
});

test('a file cannot turn its ending around, nor hide a part of its name', () => {
  for (const message of everyFile('invoice\u202Egpj\u200B.exe')) {
    const files = message.files.map((file) => ({ ...file, error: null }));
    const shown = html({ ...message, files, text: '', author: question.author, quoted: null });
    expect(shown).not.toMatch(/[\u200B\u202E]/);
  }
  const [, document] = everyKind('invoice\u202Egpj.exe').filter(
    (message) => message.content.kind === 'media',
  );
  expect(html(document ?? question)).toContain('invoicegpj.exe');
});

const photo = everyFile('roof.jpg').find(({ files: [file] }) => file?.kind === 'image' && file.hasThumbnail);

/** The example of a stored photo, changed. */
const showing = (change: Partial<ThreadFile>, message: Partial<typeof question> = {}) => {
  const [file] = photo?.files ?? [];
  return html({ ...question, ...photo, ...message, ...(file ? { files: [{ ...file, ...change }] } : {}) });
};

test('a picture keeps its place and its proportions before anything of it is loaded', () => {
  expect(showing({})).toContain('width="320" height="240"');
  expect(showing({ size: { width: 300, height: 1200 } })).toContain('width="80" height="320"');
  expect(showing({ size: null })).toContain('width="320" height="240"');
  expect(showing({})).toContain('alt="Photo: roof.jpg"');
  expect(showing({ hasThumbnail: false })).not.toContain('<img src="/files/5"');
});

test('a sticker stands without a bubble once it can be seen', () => {
  const sticker = { kind: 'media', media: 'sticker', mime: 'image/webp' } as const;
  expect(showing({}, { content: sticker })).toContain('msg--sticker');
  expect(showing({ hasThumbnail: false }, { content: sticker })).not.toContain('msg--sticker');
});

test('how long and how large something is stands there before it is downloaded', () => {
  const sound = showing({ kind: 'audio', duration: 94_400, bytes: 1_500_000 });
  expect(sound).toContain('preload="none"');
  expect(sound).toContain('1:34');
  expect(sound).toContain('1.4 MB');
  const list = showing({ kind: 'file', mime: 'application/zip', name: 'list.xlsx', duration: null });
  expect(list).toContain('Spreadsheet · 66 kB');
  expect(showing({ kind: 'file', mime: 'image/jpeg', name: 'photo.jpg' })).toContain('File · ');
});

test('only what may still be had can be asked for again', () => {
  const again = 'action="/files/5/fetching"';
  const error = { title: 'No token.', detail: 'Ask an admin.' };
  expect(showing({ state: 'failed' })).toContain(again);
  expect(showing({ state: 'waiting', error })).toContain(again);
  for (const state of ['waiting', 'fetching', 'refused', 'erased', 'stored'] as const) {
    expect(showing({ state })).not.toContain(again);
  }
});

test('a text of 65,536 characters is folded and all of it is there', () => {
  const shown = html({ ...question, text: 'x'.repeat(65_536) });
  expect(shown).toContain('Show the other 64,036 characters');
  expect(shown.match(/x{100,}/g)?.join('').length).toBe(65_536);
});

test('a failed message says that it was not sent and why', () => {
  const error = { code: 131_026, title: 'Not on WhatsApp.', detail: 'The number has no account.' };
  const shown = html({ ...answer, status: 'failed', error });
  for (const words of ['Not sent.', 'Not on WhatsApp.', 'The number has no account.', '131026']) {
    expect(shown).toContain(words);
  }
});

test('a failed message with a file can be sent again, one that can be typed again not', () => {
  const error = { code: 131_053, title: 'The file could not be read.', detail: 'Send another one.' };
  const again = 'action="/messages/43/repetition"';
  expect(html({ ...answer, status: 'failed', error, files: photo?.files ?? [] })).toContain(again);
  expect(html({ ...answer, status: 'failed', error })).not.toContain(again);
  expect(html({ ...answer, status: 'delivered', files: photo?.files ?? [] })).not.toContain(again);
});

test('an outcome that is not known is asked about only when it is time to ask', () => {
  const waits = html({ ...answer, status: 'unknown' });
  const asks = html({ ...answer, status: 'unknown', asks: true });
  expect(waits).not.toContain('/messages/43/resolution');
  for (const choice of ['again', 'arrived', 'leave']) {
    expect(asks).toContain(`name="choice" value="${choice}"`);
  }
});

test('a message that waits can be cancelled, one that was sent can be answered', () => {
  expect(html({ ...answer, status: 'queued', wamid: null })).toContain('/messages/43/cancellation');
  expect(html(answer)).toContain('/messages/43/reaction');
  expect(html({ ...answer, status: 'sending', wamid: null })).not.toContain('<details');
});

test('a reaction that was taken back is not shown', () => {
  const reaction = { side: 'in', emoji: '👍', name: 'Tendai', by: 9, status: 'received', at: now } as const;
  expect(html({ ...answer, reactions: [reaction] })).toContain('class="react"');
  expect(html({ ...answer, reactions: [{ ...reaction, emoji: '' }] })).not.toContain('class="react"');
});

test('a name is said again when somebody else speaks', () => {
  expect(follows(undefined, answer)).toBe(false);
  expect(follows(answer, { ...answer, id: 44 })).toBe(true);
  expect(follows(answer, { ...answer, author: { kind: 'person', id: 2, name: 'Rudo' } })).toBe(false);
  expect(follows(question, answer)).toBe(false);
});
