import { afterAll, beforeAll, expect, test } from 'bun:test';
import { eq } from 'drizzle-orm';
import { roles } from '#src/db/schema/inbox/index.ts';
import { findVersions } from '#src/messages/versions.ts';
import { fullSight, type Viewer } from '#src/people/viewer.ts';
import { type Box, openBox } from '#src/testing/box.ts';

const BSUID = 'ZW.13491208655302741918';
let box: Box;
let conversationId: number;

/** One known by a BSUID alone, and one by a username as well. */
beforeAll(async () => {
  box = await openBox();
  await deliver(
    [BSUID, 'ZA.2'].map((id, index) => ({
      id: `wamid.${id}`,
      from_user_id: id,
      timestamp: String(Math.floor(Date.now() / 1000) - 10 + index),
      type: 'text',
      text: { body: 'Is it ready?' },
    })),
  );
  conversationId = (await listed()).find(({ contact }) => contact.bsuid === BSUID)?.id ?? 0;
});
afterAll(() => box.close());

async function deliver(messages: object[]) {
  const { phoneNumberId, wabaId } = box.number;
  const value = {
    messaging_product: 'whatsapp',
    metadata: { display_phone_number: '263770000100', phone_number_id: phoneNumberId },
    contacts: [{ user_id: 'ZA.2', profile: { username: 'Ravi.N' } }],
    messages,
  };
  const entry = [{ id: wabaId, changes: [{ field: 'messages', value }] }];
  await box.simulator.deliver(phoneNumberId, { object: 'whatsapp_business_account', entry });
  await box.settled();
}

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

const hidePhonesFromAgents = () =>
  box.inbox((inbox) =>
    inbox.write('normal', [inbox.sql.update(roles).set({ seesPhones: false }).where(eq(roles.key, 'agent'))]),
  );

test('they are found by BSUID and by username, by those who may not know phone numbers as well', async () => {
  const found = async (who: 'ada' | 'bo', q: string) =>
    (await pageOf(who, `/search?q=${encodeURIComponent(q)}`)).match(/class="row hit"/g)?.length ?? 0;
  expect(await found('ada', BSUID)).toBe(1);
  expect(await found('ada', 'ravi.n')).toBe(1);
  await hidePhonesFromAgents();
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

test('the number that one of them gives when asked for it is whole only for who may know it', async () => {
  const from = { from_user_id: 'ZA.2', timestamp: String(Math.floor(Date.now() / 1000) - 1) };
  const contacts = [
    { phones: [{ phone: '+263 77 555-0104', wa_id: '263775550104' }], origin: 'contact_request' },
  ];
  await deliver([{ ...from, id: 'wamid.card', type: 'contacts', contacts }]);
  const { id } = (await listed()).find(({ contact }) => contact.bsuid === 'ZA.2') ?? { id: 0 };
  const path = `/api/v1/conversations/${id}/messages`;
  const [card] = (await (await box.api(path)).json()).data;
  expect(card).toMatchObject({ wamid: 'wamid.card', text: '+263 77 555-0104' });
  await hidePhonesFromAgents();
  const masked = '+263•••••••04';
  const compare = async (shown: string) => {
    expect(await pageOf('ada', shown)).toMatch(/555-?0104/);
    const page = await pageOf('bo', shown);
    expect(page).toContain(masked);
    expect(page).not.toMatch(/555-?0104|href="tel:/);
  };
  await compare('/inbox/all');
  await compare(`/inbox/all/${id}?quote=${card.id}`);
  const answer = await box.api(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'idempotency-key': 'thanks' },
    body: JSON.stringify({ type: 'text', text: { body: 'Thanks' }, reply_to: card.id }),
  });
  expect(answer.status).toBe(202);
  await compare(`/inbox/all/${id}`);
  const hit = `message=${card.id}#`;
  expect(await pageOf('ada', '/search?q=0104')).toContain(hit);
  expect(await pageOf('bo', '/search?q=0104')).not.toContain(hit);

  const revoke = { original_message_id: 'wamid.card' };
  await deliver([{ ...from, id: 'wamid.revoke', type: 'revoke', revoke }]);
  const auditor: Viewer = {
    kind: 'person',
    accountId: box.accountId,
    userId: box.userIds.bo,
    name: 'Bo',
    permissions: new Set(['conversations.read', 'audit.read']),
    sight: { ...fullSight, seesPhones: false },
  };
  const { versions } = await box.inbox((inbox) => findVersions(inbox, card.id, auditor));
  expect(versions[0]).toMatchObject({
    text: masked,
    content: { contacts: [{ name: masked, phones: [{ phone: masked }] }] },
  });
});
