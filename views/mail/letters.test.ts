import { afterAll, beforeAll, expect, test } from 'bun:test';
import type { Letter } from '#src/mail/letter.ts';
import { renderLetter } from '#src/mail/render.tsx';
import { withPage } from '#src/testing/browser.ts';
import { findBarriers } from '#src/testing/journeys/barriers.ts';

const at = Date.UTC(2026, 10, 25, 12, 30);
const until = at + 7 * 24 * 60 * 60_000;
const link = 'https://inbox.example.com/somewhere/Yk3b9dQm2xR7sT1vW4zA6cE8gH0jL5nP_qUoIyXfBtM';
const account = 'Mbare Hardware';
const agent = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0';

const letters: readonly Letter[] = [
  { kind: 'invitation', account, by: 'Ada Lungu', link, until },
  { kind: 'reset', link, until },
  { kind: 'confirmation', account, link, until },
  { kind: 'new-email', link, until },
  { kind: 'email-changed', to: 'ada.lungu@mbare.example', at },
  { kind: 'password-changed', at, address: '2001:db8:85a3::8a2e:370:7334' },
  { kind: 'password-changed', at, address: null },
  { kind: 'second-factor-changed', change: 'on', at },
  { kind: 'second-factor-changed', change: 'off', at },
  { kind: 'second-factor-changed', change: 'app-off', at },
  { kind: 'second-factor-changed', change: 'codes', at },
  { kind: 'second-factor-changed', change: 'last-passkey-removed', at },
  { kind: 'second-factor-changed', change: 'passkey-added', at },
  { kind: 'second-factor-changed', change: 'passkey-removed', at },
  { kind: 'new-device', at, address: '197.221.10.4', agent },
  { kind: 'new-device', at, address: null, agent: null },
  { kind: 'test', by: 'Ada Lungu', at },
];

let server: Bun.Server<undefined>;
beforeAll(() => {
  server = Bun.serve({
    port: 0,
    hostname: '127.0.0.1',
    fetch(request) {
      const letter = letters[Number(new URL(request.url).pathname.slice(1))];
      const html = letter === undefined ? '' : renderLetter(letter, 'Africa/Harare').html;
      return new Response(html, { headers: { 'content-type': 'text/html; charset=utf-8' } });
    },
  });
});
afterAll(() => server.stop(true));

const wordsOf = (text: string) => text.replace(/\s+/g, ' ').trim();
const seen = (html: string) =>
  wordsOf(
    html
      .replace(/^.*<body[^>]*>/s, '')
      .replace(/<[^>]+>/g, ' ')
      .replaceAll('&#39;', "'")
      .replaceAll('&quot;', '"')
      .replaceAll('&amp;', '&'),
  );

test.each(letters.map((letter, index) => [index, letter.kind, letter] as const))(
  'letter %i, %s: the same words as HTML and as text',
  (_index, _kind, letter) => {
    const { subject, text, html } = renderLetter(letter, 'Africa/Harare');
    expect(subject.length).toBeGreaterThan(5);
    const said = seen(html);
    for (const line of text.split('\n').filter((one) => one !== '' && one !== '-- ')) {
      const [name = '', value = ''] = /^([^:]+): (.+)$/.exec(line)?.slice(1) ?? [];
      const words = name !== '' && said.includes(`${name} ${value}`) ? `${name} ${value}` : line;
      expect(said).toContain(wordsOf(words.replace(/:$/, '')));
    }
    expect(text).toMatch('link' in letter ? /do nothing/ : /If it was not you|nothing to do/);
  },
);

test.each(letters.map((letter, index) => [index, letter.kind, letter] as const))(
  'letter %i, %s: nothing is fetched, nothing is followed, and links lead only where they say',
  (_index, _kind, letter) => {
    const { text, html } = renderLetter(letter, 'Africa/Harare');
    expect(html).not.toMatch(/<(?:img|style|script|link|iframe)\b|url\(|@import|class=/);
    const addresses = [...html.matchAll(/(?:href|src)="([^"]*)"/g)].map(([, address]) => address);
    expect(addresses).toEqual('link' in letter ? [link, link] : []);
    expect(text.includes(link)).toBe('link' in letter);
    expect(html.length).toBeLessThan(8_000);
  },
);

/** A mail program shows a letter inside a page of its own, which has the landmarks, and its ground. */
const isOfLetters = (barrier: string) => !/: (?:landmark-one-main|region) at /.test(barrier);

test('every letter can be read by everybody, light and dark, on every width', async () => {
  await withPage({ url: server.url.origin }, async (page) => {
    for (const [index, { kind }] of letters.entries()) {
      for (const width of [800, 320]) {
        await page.setViewportSize({ width, height: 700 });
        await page.goto(`/${index}`);
        await page.addStyleTag({ content: 'html { background: Canvas }' });
        const barriers = await findBarriers(page);
        expect(barriers.filter(isOfLetters), `${kind} at ${width}`).toEqual([]);
        const beyond = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        expect(beyond, `${kind} at ${width}`).toBe(0);
      }
    }
  });
});

test('an address that is no web address is no link', () => {
  const { html } = renderLetter({ kind: 'reset', link: 'javascript:alert(1)', until }, 'UTC');
  expect(html).not.toContain('href=');
});

test('moments stand on the reader’s clock, and say which', () => {
  const letter = { kind: 'reset', link, until } as const;
  expect(renderLetter(letter, 'Africa/Harare').text).toContain('Wednesday 2 December at 14:30 GMT+2');
  expect(renderLetter(letter, 'UTC').text).toContain('Wednesday 2 December at 12:30 UTC');
});

test.each([
  [agent, 'Firefox on Linux'],
  [
    'Mozilla/5.0 (iPhone; CPU iPhone OS 26_0 like Mac OS X) AppleWebKit/605.1.15 Version/26.0 Safari/604.1',
    'Safari on iPhone',
  ],
  [
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/156.0.0.0 Safari/537.36 Edg/156.0.0.0',
    'Edge on Windows',
  ],
  [
    'Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 Chrome/156.0.0.0 Mobile Safari/537.36',
    'Chrome on Android',
  ],
  ['curl/8.14.1', 'curl/\u20608.\u206014.\u20601'],
] as const)('the browser of %s', (given, shown) => {
  expect(renderLetter({ kind: 'new-device', at, address: null, agent: given }, 'UTC').text).toContain(
    `Browser: ${shown}`,
  );
});
