import { afterAll, beforeAll, expect, test } from 'bun:test';
import { eq } from 'drizzle-orm';
import { roles } from '#src/db/schema/inbox/index.ts';
import { type Box, openBox } from '#src/testing/box.ts';

const BSUID = 'ZW.13491208655302741918';
let box: Box;
let conversationId: number;

/** One known by a BSUID alone, and one by a username as well. */
beforeAll(async () => {
  box = await openBox();
  const { phoneNumberId, wabaId } = box.number;
  const value = {
    messaging_product: 'whatsapp',
    metadata: { display_phone_number: '263770000100', phone_number_id: phoneNumberId },
    contacts: [{ user_id: 'ZA.2', profile: { username: 'Ravi.N' } }],
    messages: [BSUID, 'ZA.2'].map((id, index) => ({
      id: `wamid.${id}`,
      from_user_id: id,
      timestamp: String(Math.floor(Date.now() / 1000) - 10 + index),
      type: 'text',
      text: { body: 'Is it ready?' },
    })),
  };
  const entry = [{ id: wabaId, changes: [{ field: 'messages', value }] }];
  await box.simulator.deliver(phoneNumberId, { object: 'whatsapp_business_account', entry });
  await box.settled();
  conversationId = (await listed()).find(({ contact }) => contact.bsuid === BSUID)?.id ?? 0;
});
afterAll(() => box.close());

type Listed = { id: number; contact: Record<'name' | 'phone' | 'bsuid' | 'username', string | null> };
const listed = async (): Promise<Listed[]> =>
  ((await (await box.api('/api/v1/conversations')).json()) as { data: Listed[] }).data;

const pageOf = async (who: 'ada' | 'bo', path: string) => (await (await box.as(who)).get(path)).text();

test('the API names them by what there is', async () => {
  expect(
    (await listed()).map(({ contact: { name, phone, bsuid, username } }) => [name, phone, bsuid, username]),
  ).toEqual([
    ['@Ravi.N', null, 'ZA.2', 'Ravi.N'],
    [BSUID, null, BSUID, null],
  ]);
});

test('lists, threads and the panel show who it is, and never nothing', async () => {
  for (const path of ['/inbox/all', `/inbox/all/${conversationId}`, `/inbox/all/${conversationId}/contact`]) {
    const page = await pageOf('ada', path);
    expect(page).toContain(BSUID);
    expect(page).toContain('@Ravi.N');
    expect(page).not.toMatch(/>(null|undefined)<|row__name"><bdi><\/bdi>/);
  }
  expect(await pageOf('ada', `/inbox/all/${conversationId}/contact`)).toContain('Not shared');
});

test('they are found by BSUID and by username, by those who may not know phone numbers as well', async () => {
  const found = async (who: 'ada' | 'bo', q: string) =>
    (await pageOf(who, `/search?q=${encodeURIComponent(q)}`)).match(/class="row hit"/g)?.length ?? 0;
  expect(await found('ada', BSUID)).toBe(1);
  expect(await found('ada', 'ravi.n')).toBe(1);
  await box.inbox((inbox) =>
    inbox.write('normal', [inbox.sql.update(roles).set({ seesPhones: false }).where(eq(roles.key, 'agent'))]),
  );
  expect(await found('bo', 'ravi.n')).toBe(1);
  expect(await found('bo', BSUID)).toBe(1);
  expect(await found('bo', BSUID.slice(0, -1))).toBe(0);
});

test('an answer goes to the BSUID', async () => {
  const answer = await box.api(`/api/v1/conversations/${conversationId}/messages`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'idempotency-key': 'one' },
    body: JSON.stringify({ type: 'text', text: { body: 'It is' } }),
  });
  expect(answer.status).toBe(202);
  const { requests } = box.simulator;
  await box.simulator.waitFor(({ type }) => type === 'text').catch(() => null);
  const sent = requests.find(({ body }) => JSON.stringify(body).includes('It is'));
  expect(sent?.body).toMatchObject({ recipient: BSUID });
  expect(sent?.body).not.toHaveProperty('to');
});
