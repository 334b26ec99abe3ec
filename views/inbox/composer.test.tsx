/** @jsxImportSource preact */
import { expect, test } from 'bun:test';
import { renderToString } from 'preact-render-to-string';
import { hour, now, rudo, tendai } from '../testing/examples.ts';
import { Composer, type ComposerForm, type ComposerProps } from './composer.tsx';

const base: ComposerProps = {
  row: tendai,
  view: 'mine',
  viewer: rudo,
  composerKey: 'k1',
  quoting: null,
  seenId: 42,
  now,
  timeZone: 'UTC',
};
const html = (props: Partial<ComposerProps> = {}) => renderToString(<Composer {...base} {...props} />);
const collided = (ago: number, author: NonNullable<ComposerForm['collision']>['author']) =>
  html({
    form: { values: { text: 'Yes' }, errors: {}, collision: { messageId: 50, author, at: now - ago } },
  });
const farai = { kind: 'person', name: 'Farai' } as const;

test('a draft stands in the box, and in sight where there is none', () => {
  const draft = { text: 'Half a thought', revision: 3 };
  expect(html({ draft })).toMatch(/<textarea[^>]*>Half a thought</);
  expect(html({ draft })).toContain('name="revision" value="3"');
  expect(html({ draft, row: { ...tendai, windowExpiresAt: now - hour } })).toContain('Half a thought');
});

test('files of a draft stand above the box, and go with the form', () => {
  const file = {
    id: 12,
    mime: 'image/jpeg',
    kind: 'image',
    bytes: 2_048,
    isVoice: false,
    hint: null,
  } as const;
  const files = [
    { ...file, name: 'roof\u202egpj.exe', thumbnail: '/files/12/thumbnail' },
    { ...file, id: 13, name: '', kind: 'audio' as const, isVoice: true, thumbnail: null },
  ];
  const page = html({ draft: { text: '', revision: 1, files } });
  expect(page).toContain('name="files" value="12 13"');
  expect(page.match(/<textarea[^>]*>/)?.[0]).not.toContain('required');
  expect(page).toContain('<bdi>roofgpj.exe</bdi>');
  expect(page).toContain('action="/files/12/removal"');
  expect(page).toMatch(/<audio[^>]*src="\/files\/13"/);
  // Whoever looks for the form of the box finds Send first.
  expect(page.indexOf('tray__file')).toBeLessThan(page.indexOf('<form class="composer"'));
  expect(html()).not.toContain('stylesheet');
});

test('what was refused is shown before what is kept', () => {
  const form = { values: { text: 'Newer' }, errors: {} };
  expect(html({ form, draft: { text: 'Older', revision: 1 } })).not.toContain('Older');
});

test('the question says who replied and how long ago', () => {
  const asked = (ago: number, author: Parameters<typeof collided>[1] = farai) =>
    collided(ago, author).match(/[^>]*send anyway\?/)?.[0];
  expect(asked(8_000)).toBe('Farai replied 8 s ago — send anyway?');
  expect(asked(0)).toBe('Farai replied 1 s ago — send anyway?');
  expect(asked(150_000)).toBe('Farai replied 2 min ago — send anyway?');
  expect(asked(5 * hour)).toBe('Farai replied 5 h ago — send anyway?');
  expect(asked(49 * hour)).toBe('Farai replied 2 days ago — send anyway?');
  expect(asked(8_000, { kind: 'phone_app', name: '' })).toBe('WhatsApp app replied 8 s ago — send anyway?');
});

test('while it asks there is one button that sends, and it says so', () => {
  const buttons = [...collided(8_000, farai).matchAll(/<button[^>]*type="submit"[^>]*>/g)].map(
    ([tag]) => tag,
  );
  expect(buttons.filter((tag) => !tag.includes('hidden'))).toHaveLength(1);
  expect(collided(8_000, farai)).toContain('role="alert" data-question="50"');
});

test('the pending bubble is a copy that nobody sees, finds or submits', () => {
  const template = html().match(/<template.*<\/template>/s)?.[0] ?? '';
  expect(template).toContain('msg--pending');
  expect(template).not.toContain(' id=');
  expect(html().indexOf('<template')).toBeGreaterThan(html().indexOf('</form>'));
});
