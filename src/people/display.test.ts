import { expect, test } from 'bun:test';
import { displayCookie, plainDisplay, readDisplay } from './display.ts';

const sent = (cookie: string) => readDisplay(new Request('http://a.example/', { headers: { cookie } }));

test('what was chosen comes back beside other cookies', () => {
  const kept = displayCookie({ theme: 'dark', density: 'compact' }, { url: null }).split(';')[0];
  expect(sent(`oono=abc; ${kept}; other=1`)).toEqual({ theme: 'dark', density: 'compact' });
});

test('without a choice, or with one nobody offered, the device decides', () => {
  for (const cookie of ['', 'oono-display=', 'oono-display=neon.tiny', 'x-oono-display=dark.compact']) {
    expect(sent(cookie)).toEqual(plainDisplay);
  }
  expect(sent('oono-display=dark.tiny')).toEqual({ theme: 'dark', density: 'auto' });
});

test('behind https the choice travels over https only', () => {
  expect(displayCookie(plainDisplay, { url: 'https://inbox.example' })).toContain('; Secure');
  expect(displayCookie(plainDisplay, { url: null })).not.toContain('Secure');
});
