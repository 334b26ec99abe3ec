import { afterAll, beforeAll, expect, test } from 'bun:test';
import sharp from 'sharp';
import { type Box, openBox } from '#src/testing/box.ts';
import type { Client } from '#src/testing/client.ts';

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

test('a name and a clock of their own: seen by colleagues, and by the person', async () => {
  const bo = await box.as('bo');
  const ada = await box.as('ada');
  expect(await (await bo.get('/inbox/mine')).text()).toContain('data-zone="Africa/Harare"');
  const saved = await bo.post('/me/profile', { name: 'Bo S.', time_zone: 'America/Sao_Paulo' });
  expect(saved.headers.get('location')).toBe('/me?said=profile');
  expect(await (await bo.get('/inbox/mine')).text()).toContain('data-zone="America/Sao_Paulo"');
  expect(await (await ada.get('/inbox/mine')).text()).toContain('data-zone="Africa/Harare"');
  expect(await (await ada.get('/settings/people')).text()).toContain('Bo S.');
  await bo.post('/me/profile', { name: 'Bo Sithole', time_zone: '' });
  expect(await (await bo.get('/inbox/mine')).text()).toContain('data-zone="Africa/Harare"');
});

test('a name or clock that is none is refused beside its field', async () => {
  const bo = await box.as('bo');
  const refused = await bo.post('/me/profile', { name: ' ', time_zone: 'Mars/Olympus' });
  expect(refused.status).toBe(422);
  const page = await refused.text();
  expect(page).toContain('Give a name');
  expect(page).toContain('Choose a time zone from the list');
});

test('a picture becomes a small square that the team sees and nobody else', async () => {
  const bo = await box.as('bo');
  const wide = await sharp({ create: { width: 900, height: 300, channels: 3, background: '#b4431f' } })
    .png()
    .toBuffer();
  expect((await upload(bo, new File([wide], 'me.png'))).headers.get('location')).toBe('/me?said=picture');
  const list = await (await (await box.as('ada')).get('/settings/people')).text();
  const [path = ''] = list.match(/\/people\/\d+\/picture\?v=[0-9A-F]{16}/) ?? [];
  const shown = await (await box.as('ada')).get(path);
  expect(shown.headers.get('content-type')).toBe('image/webp');
  expect(await sharp(await shown.arrayBuffer()).metadata()).toMatchObject({
    format: 'webp',
    width: 240,
    height: 240,
  });
  expect((await (await box.asStranger()).get(path)).status).toBe(404);
  expect((await box.anonymous.get(path)).status).toBe(303);
  await bo.post('/me/picture/removal');
  expect((await bo.get(path)).status).toBe(404);
});

test('what is no picture is refused in words, and the old one stays', async () => {
  const bo = await box.as('bo');
  for (const [file, says] of [
    [new File(['<svg xmlns="http://www.w3.org/2000/svg"/>'], 'me.svg'), 'not a picture that can be read'],
    [new File([], 'empty.png'), 'Choose a file first'],
  ] as const) {
    const refused = await upload(bo, file);
    expect(refused.status).toBe(422);
    expect(await refused.text()).toContain(says);
  }
  expect((await bo.post('/me/picture', { picture: 'text' })).status).toBe(422);
});

test('a picture may be larger than what people type, and no other form may be', async () => {
  const bo = await box.as('bo');
  const large = new File([new Uint8Array(2 * 1024 * 1024)], 'large.png');
  expect((await upload(bo, large)).status).toBe(422);
  expect((await upload(bo, large, '/me/profile')).status).toBe(413);
});

function upload({ cookie }: Client, file: File, path = '/me/picture'): Promise<Response> {
  const body = new FormData();
  body.set('picture', file);
  return fetch(`${box.url}${path}`, {
    method: 'POST',
    redirect: 'manual',
    headers: { origin: box.url, 'sec-fetch-site': 'same-origin', cookie: cookie ?? '' },
    body,
  });
}
