import { expect, test } from 'bun:test';
import { until } from '#src/testing/until.ts';
import { SHOP, startScene, textMessage } from '../fixture.ts';

const NUMBER = SHOP.phoneNumberId;

async function submit(url: string, fields: Record<string, string>, headers: Record<string, string> = {}) {
  return fetch(url, { method: 'POST', body: new URLSearchParams(fields), headers, redirect: 'manual' });
}

test('the list shows everyone and leads to their phones', async () => {
  await using scene = startScene();
  scene.simulator.customer('+27825550109', { name: 'Tino', username: 'mai_tino', hidePhone: true });

  const html = await (await fetch(scene.simulator.phoneUrl)).text();

  expect(html).toContain('href="/phone/263771234567"');
  expect(html).toContain('@mai_tino, no phone number');
  expect(html).not.toContain('+27825550109');
});

test('switching leads to the phone that was chosen', async () => {
  await using scene = startScene();

  const answer = await fetch(`${scene.simulator.phoneUrl}?as=263771234567&number=${NUMBER}`, {
    redirect: 'manual',
  });

  expect(answer.status).toBe(303);
  expect(answer.headers.get('location')).toBe(`/phone/263771234567?number=${NUMBER}`);
});

test('a form writes to the business and comes back to the thread with two ticks', async () => {
  await using scene = startScene();
  scene.simulator.standBeside({
    url: 'http://127.0.0.1:3000/inbox',
    startOverUrl: 'http://127.0.0.1:3000/demo/reset',
    renewToken: async () => {},
  });
  const url = `${scene.simulator.phoneUrl}/${scene.tendai.waId}`;

  const answer = await submit(`${url}/messages`, { number: NUMBER, text: '<b>Mhoro</b>' });
  // The webhook may take longer than the form waits for it.
  const html = await until('the second tick', async () => {
    const page = await (await fetch(new URL(answer.headers.get('location') ?? '', url))).text();
    return page.includes('Delivered') && page;
  });

  expect(answer.status).toBe(303);
  expect(scene.received).toHaveLength(1);
  expect(html).toContain('&lt;b>Mhoro&lt;/b>');
  expect(html).toContain('href="http://127.0.0.1:3000/inbox"');
});

test('a message can be quoted, reacted to, and marked as read', async () => {
  await using scene = startScene();
  const url = `${scene.simulator.phoneUrl}/${scene.tendai.waId}`;
  await scene.tendai.say(NUMBER, 'Mhoro');
  await scene.post(textMessage('How can we help?'));
  await scene.simulator.settled();
  const wamid = scene.simulator.sent[0]?.wamid ?? '';

  await submit(`${url}/reactions`, { number: NUMBER, wamid, emoji: '👍' });
  await submit(`${url}/reading`, { number: NUMBER });
  await submit(`${url}/messages`, { number: NUMBER, text: 'Like this', quote: wamid });

  expect(scene.tendai.thread(NUMBER)).toMatchObject([
    {},
    { reactions: { customer: '👍' }, status: 'read' },
    { text: 'Like this', quote: wamid },
  ]);
  expect(await (await fetch(url)).text()).toContain('👍 You');
});

test('a webhook that fails shows as one tick', async () => {
  await using scene = startScene();
  scene.simulator.trouble.retry(false);
  scene.replies.push(500);
  const url = `${scene.simulator.phoneUrl}/${scene.tendai.waId}`;

  expect((await submit(`${url}/messages`, { number: NUMBER, text: 'Mhoro' })).status).toBe(303);

  const html = await (await fetch(url)).text();
  expect(html).toContain('#i-tick"');
  expect(html).not.toContain('Delivered');
});

test('scenes start and stop with the same button', async () => {
  await using scene = startScene();
  const url = `${scene.simulator.phoneUrl}/${scene.tendai.waId}`;
  await scene.tendai.say(NUMBER, 'Mhoro');

  await submit(`${url}/scenes`, { number: NUMBER, scene: 'token' });
  expect((await scene.post(textMessage())).status).toBe(401);
  await submit(`${url}/scenes`, { number: NUMBER, scene: 'token' });
  expect((await scene.post(textMessage())).status).toBe(200);
  expect((await submit(`${url}/scenes`, { number: NUMBER, scene: 'dance' })).status).toBe(422);
});

test.each(['busy', 'network', 'failure', 'slow'])(
  'the scene %s is shown as running until it is stopped',
  async (id) => {
    await using scene = startScene();
    const url = `${scene.simulator.phoneUrl}/${scene.tendai.waId}`;
    const running = async () =>
      /class="is-running".*?value="(\w+)"/.exec(await (await fetch(url)).text())?.[1] ?? null;

    await submit(`${url}/scenes`, { number: NUMBER, scene: id });
    expect(await running()).toBe(id);
    await submit(`${url}/scenes`, { number: NUMBER, scene: id });
    expect(await running()).toBeNull();
  },
);

test('the inbox is handed the token that replaces an ended one', async () => {
  await using scene = startScene();
  const url = `${scene.simulator.phoneUrl}/${scene.tendai.waId}`;
  await scene.tendai.say(NUMBER, 'Mhoro');
  const tokens: string[] = [];
  scene.simulator.standBeside({
    url,
    startOverUrl: url,
    async renewToken({ accessToken }) {
      tokens.push(accessToken);
    },
  });

  await submit(`${url}/scenes`, { number: NUMBER, scene: 'token' });
  await submit(`${url}/scenes`, { number: NUMBER, scene: 'token' });

  expect(tokens).toHaveLength(1);
  expect((await scene.post(textMessage())).status).toBe(401);
});

test('who wrote last is the first of the list', async () => {
  await using scene = startScene();
  const ravi = scene.simulator.customer('+919800000001', { name: 'Ravi' });
  ravi.wrote(NUMBER, 'Namaste', { at: 2000 });
  scene.tendai.wrote(NUMBER, 'Mhoro', { at: 1000 });

  const html = await (await fetch(scene.simulator.phoneUrl)).text();
  expect(html.indexOf('Ravi')).toBeLessThan(html.indexOf('Tendai Moyo'));
});

test('after a reset nobody has a phone, what was under way has ended, and all can begin again', async () => {
  await using scene = startScene({ statusDelays: { sent: 60_000 } });
  const { simulator } = scene;
  const url = `${simulator.phoneUrl}/${scene.tendai.waId}`;
  await scene.tendai.say(NUMBER, 'Mhoro');
  await scene.post(textMessage());
  await submit(`${url}/scenes`, { number: NUMBER, scene: 'busy' });

  await simulator.reset();
  expect((await fetch(url)).status).toBe(404);
  expect([simulator.sent.length, simulator.requests.length]).toEqual([0, 0]);
  expect(scene.statuses()).toEqual([]);

  simulator.addNumber({ ...SHOP, webhookUrl: `${scene.webhookUrl}/webhooks/whatsapp` });
  await simulator.customer(scene.tendai.phone, { name: 'Tendai Moyo' }).say(NUMBER, 'Mhoro again');
  const html = await (await fetch(url)).text();
  expect(html).toContain('Mhoro again');
  expect(html).not.toContain('is-running');
});

test('a page that listens is told when something changes', async () => {
  await using scene = startScene();
  const events = await fetch(`${scene.simulator.phoneUrl}/${scene.tendai.waId}/events?number=${NUMBER}`);
  const reader = events.body?.getReader();
  await reader?.read();

  await scene.tendai.say(NUMBER, 'Mhoro');

  expect(Buffer.from((await reader?.read())?.value ?? []).toString()).toStartWith('data: changed');
  await reader?.cancel();
});

test('pages allow no code or style but their own, and are not framed', async () => {
  await using scene = startScene();
  const answer = await fetch(`${scene.simulator.phoneUrl}/${scene.tendai.waId}`);
  const html = await answer.text();

  expect(answer.headers.get('content-security-policy')).toStartWith(
    "default-src 'none'; script-src 'self'; style-src 'self'",
  );
  expect(answer.headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
  expect(html).not.toMatch(/<style|style=|onclick|<script>/);
  for (const [, path] of html.matchAll(/(?:href|src)="(\/phone\/assets\/[^"]+)"/g)) {
    expect((await fetch(new URL(path ?? '', scene.simulator.phoneUrl))).status).toBe(200);
  }
});

test.each([
  [{ 'sec-fetch-site': 'cross-site' }, 403],
  [{ 'sec-fetch-site': 'same-site' }, 403],
  [{ origin: 'http://evil.example' }, 403],
  [{ host: 'evil.example' }, 403],
  [{ 'sec-fetch-site': 'same-origin' }, 303],
])('a form with %j is answered %i', async (headers, status) => {
  await using scene = startScene();
  const url = `${scene.simulator.phoneUrl}/${scene.tendai.waId}/messages`;

  expect((await submit(url, { number: NUMBER, text: 'Mhoro' }, headers)).status).toBe(status);
});

test('a phone or number that does not exist is not found', async () => {
  await using scene = startScene();

  expect((await fetch(`${scene.simulator.phoneUrl}/4711`)).status).toBe(404);
  expect((await fetch(`${scene.simulator.phoneUrl}/${scene.tendai.waId}?number=4711`)).status).toBe(404);
});
