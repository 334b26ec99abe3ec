import { afterAll, beforeAll, expect, test } from 'bun:test';
import { type Box, openBox } from '#src/testing/box.ts';

let box: Box;
beforeAll(async () => {
  box = await openBox();
});
afterAll(() => box.close());

test('a chosen look is on every page from then on, the door included', async () => {
  const ada = await box.as('ada');
  expect(await (await ada.get('/inbox/mine')).text()).not.toContain('data-theme');
  const saved = await ada.post('/me/display', { theme: 'dark', density: 'compact' });
  expect(saved.status).toBe(303);
  expect(saved.headers.get('location')).toBe('/me?saved=1');

  const cookie = saved.headers.get('set-cookie')?.split(';')[0] ?? '';
  const settings = await (await ada.get('/me?saved=1', { cookie: `${ada.cookie}; ${cookie}` })).text();
  expect(settings).toContain('data-theme="dark"');
  expect(settings).toContain('data-density="compact"');
  expect(settings).toMatch(/value="dark" checked/);
  for (const path of ['/login', '/nowhere']) {
    const shown = await (await box.anonymous.get(path, { cookie })).text();
    expect(shown).toContain('data-theme="dark"');
  }
});

test('a look that nobody offers is refused', async () => {
  const ada = await box.as('ada');
  expect((await ada.post('/me/display', { theme: 'neon', density: 'auto' })).status).toBe(422);
});
