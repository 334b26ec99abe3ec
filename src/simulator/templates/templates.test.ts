import { expect, test } from 'bun:test';
import { SHOP, startScene, textMessage } from '../fixture.ts';
import { sampleTemplates } from './samples.ts';

const OFFER_ENDS = Date.UTC(2100, 0, 1);

function openScene(options = {}) {
  const scene = startScene(options);
  for (const one of sampleTemplates) {
    scene.simulator.templates.add(SHOP.wabaId, one);
  }
  const send = async (name: string, components: unknown[], code = 'en') => {
    const template = { name, language: { code }, components };
    const answer = await scene.post(textMessage('', { text: undefined, type: 'template', template }));
    return answer.body.error?.code ?? answer.status;
  };
  const list = async (query: string, token = SHOP.accessToken) => {
    const response = await fetch(`${scene.simulator.url}/v25.0/${SHOP.wabaId}/message_templates${query}`, {
      headers: { authorization: `Bearer ${token}` },
    });
    return { status: response.status, body: await response.json() };
  };
  return { scene, send, list };
}

const text = (...values: string[]) => values.map((value) => ({ type: 'text', text: value }));
const body = (...values: string[]) => ({ type: 'body', parameters: text(...values) });
const header = (...parameters: object[]) => ({ type: 'header', parameters });
const url = (index: number, value: string) => ({
  type: 'button',
  sub_type: 'url',
  index,
  parameters: text(value),
});
const ready = [header(...text('MH-1')), body('Tendai', 'Mbare', '17:00')];
const image = { type: 'image', image: { link: 'https://example.com/a.jpg' } };
const coupon = (code: string) => ({
  type: 'button',
  sub_type: 'copy_code',
  index: '0',
  parameters: [{ type: 'coupon_code', coupon_code: code }],
});
const ends = (expiration_time_ms: number) => ({
  type: 'limited_time_offer',
  parameters: [{ type: 'limited_time_offer', limited_time_offer: { expiration_time_ms } }],
});
const offer = [header(image), ends(OFFER_ENDS), body('Tendai', '20 %'), coupon('PAINT20'), url(1, 'x')];

const refused: [string, string, unknown[], number][] = [
  ['a template that nobody wrote', 'no_such', [], 132001],
  ['one in review', 'holiday_hours', [body('a', 'b')], 132001],
  ['one that was rejected', 'win_back', [body('a')], 132001],
  ['one that is paused', 'loyalty_points', [body('a', 'b')], 132015],
  ['a value too few', 'order_ready', [ready[0], body('a', 'b')], 132000],
  ['a value too many', 'order_ready', [ready[0], body('a', 'b', 'c', 'd')], 132000],
  ['no value for the heading', 'order_ready', [ready[1]], 132000],
  ['a line break', 'order_ready', [ready[0], body('a', 'b\nc', 'd')], 132018],
  ['a text that becomes too long', 'order_ready', [ready[0], body('a', 'x'.repeat(1000), 'c')], 132005],
  ['a picture for a text', 'order_ready', [header(image), ready[1]], 132012],
  ['a text for a document', 'invoice_sent', [header(...text('a')), body('a', 'b')], 132012],
  ['counted values where they have names', 'quote_follow_up', [body('a', 'b', 'c')], 132012],
  ['a button without its value', 'delivery_survey', [body('a')], 131008],
  ['a value for a button that takes none', 'order_ready', [...ready, url(0, 'a')], 132012],
  ['a code that is too long', 'login_code', [body('1'), url(0, '1'.repeat(16))], 132018],
  ['an offer that is over', 'november_offers', [offer[0], ends(1), ...offer.slice(2)], 132018],
  ['an offer without its end', 'november_offers', [offer[0], ...offer.slice(2)], 132012],
  ['a carousel without its cards', 'new_arrivals', [body('a')], 132000],
];
test.each(refused)('%s is refused', async (_, name, components, code) => {
  const { scene, send } = openScene();
  await using _scene = scene;
  expect(await send(name, components)).toBe(code);
  expect(scene.simulator.sent).toBeEmpty();
});

test('what fits its template is taken', async () => {
  const { scene, send } = openScene();
  await using _scene = scene;
  expect(await send('order_ready', ready)).toBe(200);
  expect(await send('november_offers', offer)).toBe(200);
  expect(await send('entrega_hoje', [body('a', 'b')], 'pt_BR')).toBe(200);
  expect(await send('entrega_hoje', [body('a', 'b')], 'pt_PT')).toBe(132001);
});

test('a code is not sent to somebody who is known by a user id alone', async () => {
  const { scene } = openScene();
  await using _scene = scene;
  const template = { name: 'login_code', language: { code: 'en' }, components: [body('1'), url(0, '1')] };
  const to = { to: undefined, recipient: scene.tendai.userId };
  const answer = await scene.post(textMessage('', { text: undefined, type: 'template', template, ...to }));
  expect(answer.body.error?.code).toBe(131062);
});

test('the list goes page by page, and its last page leads nowhere', async () => {
  const { scene, list } = openScene();
  await using _scene = scene;
  const names: string[] = [];
  let after = '';
  for (;;) {
    const { body: page } = await list(`?limit=5&fields=name${after && `&after=${after}`}`);
    names.push(...page.data.map(({ name }: { name: string }) => name));
    if (page.paging.next === undefined) {
      break;
    }
    expect(page.data).toHaveLength(5);
    after = page.paging.cursors.after;
  }
  expect(names).toEqual(sampleTemplates.map(({ name }) => name));
});

test('the list is filtered, gives what is asked for, and refuses what it does not know', async () => {
  const { scene, list } = openScene();
  await using _scene = scene;
  const paused = await list('?status=PAUSED&fields=name,status,quality_score,rejected_reason');
  expect(paused.body.data).toEqual([
    {
      id: expect.any(String),
      name: 'loyalty_points',
      status: 'PAUSED',
      quality_score: { score: 'RED', date: expect.any(Number) },
      rejected_reason: 'NONE',
    },
  ]);
  expect((await list('?language=pt_BR')).body.data).toHaveLength(1);
  expect((await list('?category=AUTHENTICATION&name=login')).body.data).toHaveLength(1);
  for (const query of ['?fields=secret', '?limit=0', '?after=nowhere', '?order=name']) {
    expect((await list(query)).status).toBe(400);
  }
  expect((await list('', 'another token')).status).toBe(401);
});
