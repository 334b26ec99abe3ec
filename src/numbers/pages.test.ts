import { afterAll, beforeAll, expect, test } from 'bun:test';
import { eq } from 'drizzle-orm';
import {
  accountEvents,
  contacts,
  conversations,
  messages,
  numbers,
  phoneImports,
} from '#src/db/schema/inbox/index.ts';
import { connectNumber, newNumberSecrets, tellInbox } from '#src/demo/connect-number.ts';
import { type Box, openBox } from '#src/testing/box.ts';
import type { Client } from '#src/testing/client.ts';
import { until } from '#src/testing/until.ts';
import { fieldBody, sign } from '#src/webhooks/testing.ts';
import { readBodies } from '#src/whatsapp/bodies/bodies.ts';
import { UNTIL_LIFTED } from './restriction.ts';

const PHONE = '+263771234567';
let box: Box;
let ada: Client;
let numberId: number;

beforeAll(async () => {
  box = await openBox();
  ada = await box.as('ada');
  numberId = await box.inbox(async ({ sql }) => (await sql.select().from(numbers))[0]?.id ?? 0);
});
afterAll(() => box.close());

async function tell(field: string, value: object, time = Math.floor(Date.now() / 1000)): Promise<void> {
  const shop = { ...box.number, accountId: box.accountId, appId: 0, secret: '' };
  const body = fieldBody(shop, field, value, time);
  const headers = { 'x-hub-signature-256': sign(body, box.number.appSecret) };
  const answer = await fetch(`${box.url}/webhooks/whatsapp`, { method: 'POST', body, headers });
  expect(answer.status).toBe(200);
  await box.settled();
}

const page = async (path: string) => (await ada.get(path)).text();
const SHOWN = '+263 77 000 0100';

test('a number’s page says in words how it stands, since when, and what to do', async () => {
  expect(await page('/numbers')).toContain('Mbare Hardware');
  expect(await page(`/numbers/${numberId}`)).toContain('Not told yet');
  await tell('phone_number_quality_update', {
    display_phone_number: SHOWN,
    event: 'FLAGGED',
    current_limit: 'TIER_2K',
  });
  await tell('phone_number_name_update', {
    display_phone_number: SHOWN,
    decision: 'REJECTED',
    requested_verified_name: '<b>Best</b> Hardware',
    rejection_reason: 'NAME_NOT_CONSISTENT',
  });
  await tell('business_username_updates', {
    display_phone_number: SHOWN,
    username: 'mbare',
    status: 'approved',
  });
  const shown = await page(`/numbers/${numberId}`);
  for (const words of [
    'Meta rates the quality of this number as low',
    '2,000',
    'Refused',
    'The name “&lt;b>Best&lt;/b> Hardware” was refused',
    '@mbare',
  ]) {
    expect(shown).toContain(words);
  }
});

test('a ban pauses the number and says why; its end lets it go on', async () => {
  const ban = (state: string) => ({ event: 'DISABLED_UPDATE', ban_info: { waba_ban_state: state } });
  const now = Math.floor(Date.now() / 1000);
  await tell('account_update', ban('DISABLE'), now);
  const shown = await page(`/numbers/${numberId}`);
  expect(shown).toContain('Sending is paused');
  expect(shown).toContain('Ask for a review in Business Support Home');
  expect(await page('/inbox/all')).toContain('Meta disabled the WhatsApp Business account');
  await tell('account_update', ban('REINSTATE'), now + 1);
  expect(await page(`/numbers/${numberId}`)).toContain('Messages flow');
});

test('a number that waits for Meta is tried again on demand, and sends what waits', async () => {
  await box.simulator.customer(PHONE).say(box.number.phoneNumberId, 'Do you have cement?');
  await box.settled();
  const ban = { event: 'DISABLED_UPDATE', ban_info: { waba_ban_state: 'DISABLE' } };
  await tell('account_update', ban, Math.floor(Date.now() / 1000) + 2);
  const id = await box.inbox(async ({ sql }) => (await sql.select().from(conversations))[0]?.id);
  await ada.post(`/conversations/${id}/messages`, { text: 'Fifty bags', key: crypto.randomUUID() });
  expect((await ada.post(`/numbers/${numberId}/resumption`)).status).toBe(303);
  await until('the answer to be sent', async () => box.simulator.sent.length === 1);
  expect(await page(`/numbers/${numberId}`)).toContain('Messages flow');
  expect(await page('/settings/audit')).toContain('had sending tried again');
});

test('while Meta lets nobody be answered, answers wait and say until when; on demand they are tried', async () => {
  const [talk] = await box.inbox(({ sql }) => sql.select().from(conversations));
  const end = Math.floor(Date.now() / 1000) + 7_200;
  await tell('account_update', {
    event: 'ACCOUNT_RESTRICTION',
    restriction_info: [
      { restriction_type: 'RESTRICTED_CUSTOMER_INITIATED_MESSAGING', expiration: end },
      { restriction_type: 'RESTRICTED_BIZ_INITIATED_MESSAGING', expiration: end },
    ],
  });
  const before = box.simulator.sent.length;
  await ada.post(`/conversations/${talk?.id}/messages`, { text: 'Forty bags', key: crypto.randomUUID() });
  await box.services.delivery.idle();
  expect(box.simulator.sent.length).toBe(before);

  const shown = await page(`/numbers/${numberId}`);
  const at = new Date(end * 1000).toISOString().replace('.000Z', 'Z');
  expect(shown).toContain('Sending is restricted');
  expect(shown).toContain('Meta lets this business write first to nobody');
  expect(shown).toContain(`datetime="${at}"`);
  expect(await page('/numbers')).toContain('Meta lets this business answer nobody');
  const conversation = await page(`/inbox/all/${talk?.id}`);
  expect(conversation).toContain('Meta lets this business answer nobody');
  expect(conversation).toContain(`datetime="${at}"`);
  expect(await page('/settings/audit')).toContain('WhatsApp restricts what may be sent from');
  expect(shown).toContain('What still waits at the end goes out by itself');

  const endless = { answersForbiddenUntil: UNTIL_LIFTED, startsForbiddenUntil: null };
  await box.inbox((inbox) => inbox.write('full', [inbox.sql.update(numbers).set(endless)]));
  const unending = await page(`/numbers/${numberId}`);
  expect(unending).toContain('goes out once somebody tries to send again');
  expect(unending).not.toContain('goes out by itself');

  await ada.post(`/numbers/${numberId}/resumption`);
  await until('the answer to be sent', async () => box.simulator.sent.length === before + 1);
  expect(await page(`/inbox/all/${talk?.id}`)).not.toContain('Meta lets this business');
});

const asked = () => box.simulator.requests.filter(({ path }) => path.endsWith('/smb_app_data'));
const noted = async (id: number) =>
  box.inbox(async ({ sql }) =>
    (await sql.select().from(phoneImports).where(eq(phoneImports.numberId, id))).map((one) => [
      one.step,
      one.state,
    ]),
  );

async function onPhone(phoneNumberId: string, app: Parameters<typeof box.simulator.putOnPhone>[1]) {
  const { appSecret, verifyToken } = box.number;
  const secrets = { ...newNumberSecrets(), appSecret, verifyToken };
  const number = { phoneNumberId, wabaId: box.number.wabaId, displayPhone: '+263 77 000 0200' };
  const added = await connectNumber(
    box,
    box.simulator,
    box.accountId,
    { ...number, verifiedName: 'On a phone' },
    secrets,
  );
  box.simulator.putOnPhone(phoneNumberId, app);
  // What Meta says of the number is read when it is connected.
  await tellInbox(box, box.accountId, added, added);
  return { ...added, path: `/numbers/${added.numberId}/phone-import` };
}

test('the phone of a number is asked for its contacts and its history, once each, also when an answer is lost', async () => {
  const past = { from: 'customer' as const, text: 'Is the yard open?', at: Date.now() - 7_200_000 };
  const chat = { phone: '+263772000001', messages: [past] };
  const contact = { name: 'Rudo (yard)', phone: chat.phone };
  const {
    numberId: id,
    path,
    phoneNumberId,
  } = await onPhone('300000000000000031', {
    contacts: [contact],
    chats: [chat],
  });
  expect(await page(`/numbers/${id}`)).toContain('Bring them in');

  box.simulator.trouble.resetAfterAccept(1, { on: 'other', phoneNumberId });
  expect((await ada.post(path)).headers.get('location')).toBe(`/numbers/${id}#phone-import`);
  expect(await noted(id)).toEqual([['contacts', 'unknown']]);
  expect(await page(`/numbers/${id}`)).toContain('its answer did not arrive');
  await ada.post(path);
  expect(asked()).toHaveLength(1);

  await ada.post(path, { again: 'yes' });
  await box.settled();
  expect(await noted(id)).toEqual([
    ['contacts', 'taken'],
    ['history', 'taken'],
  ]);
  const shown = await page(`/numbers/${id}`);
  expect(shown).toContain('they were asked for already');
  expect(shown).toContain('100 % here: one message');
  expect(shown).not.toContain(path);
  const brought = await box.inbox(async ({ sql }) => ({
    names: (await sql.select().from(contacts)).map(({ name }) => name),
    texts: (await sql.select().from(messages)).map(({ text }) => text),
  }));
  expect(brought.names).toContain('Rudo (yard)');
  expect(brought.texts).toContain('Is the yard open?');
  const before = asked().length;
  await ada.post(path, { again: 'yes' });
  expect(asked()).toHaveLength(before);
  expect(await page('/settings/audit')).toContain('asked the phone of');
});

test('why a phone hands nothing over is said in plain words, with what to do', async () => {
  const late = await onPhone('300000000000000032', { onboardedAt: Date.now() - 25 * 3_600_000 });
  await ada.post(late.path);
  expect(await noted(late.numberId)).toEqual([['contacts', 'refused']]);
  expect(await page(`/numbers/${late.numberId}`)).toContain('ask here within 24 hours');

  box.simulator.putOnPhone(late.phoneNumberId, { sharesHistory: false });
  await ada.post(late.path, { again: 'yes' });
  await box.settled();
  const shown = await page(`/numbers/${late.numberId}`);
  expect(shown).toContain('Sharing the history was declined on the phone');
  expect(shown).toContain('Ask again');

  expect(await page(`/numbers/${numberId}`)).not.toContain('phone-import');
  const refused = await ada.post(`/numbers/${numberId}/phone-import`);
  expect(refused.status).toBe(422);
  expect(await refused.text()).toContain('not in the WhatsApp Business app of any phone');
});

test('a number that was connected anew is asked anew, and what Meta refuses meanwhile is not settled by that', async () => {
  const app = { onboardedAt: Date.now() - 25 * 3_600_000 };
  const again = { again: 'yes' };
  const { path, ...number } = await onPhone('300000000000000033', app);
  const { numberId: id, phoneNumberId, accessToken } = number;
  await ada.post(path);
  expect(await noted(id)).toEqual([['contacts', 'refused']]);

  // Another program has its contacts by now.
  const past = { from: 'customer' as const, text: 'Until when today?', at: Date.now() - 7_200_000 };
  box.simulator.putOnPhone(phoneNumberId, { chats: [{ phone: '+263772000003', messages: [past] }] });
  const byOthers = await fetch(`${box.simulator.url}/v25.0/${phoneNumberId}/smb_app_data`, {
    method: 'POST',
    headers: { authorization: `Bearer ${accessToken}`, 'content-type': 'application/json' },
    body: JSON.stringify({ messaging_product: 'whatsapp', sync_type: 'smb_app_state_sync' }),
  });
  expect(byOthers.status).toBe(200);
  await ada.post(path, again);
  await box.settled();
  expect(await noted(id)).toEqual([
    ['contacts', 'refused'],
    ['history', 'taken'],
  ]);
  const shown = await page(`/numbers/${id}`);
  for (const words of ['they were asked for already', 'Coming in', 'Ask again']) {
    expect(shown).toContain(words);
  }

  box.simulator.putOnPhone(phoneNumberId, { sharesHistory: false });
  await tellInbox(box, box.accountId, number, number);
  expect(await noted(id)).toEqual([]);
  expect(await page(`/numbers/${id}`)).toContain('Bring them in');
  await ada.post(path);
  await box.settled();
  // The second time, Meta says of the messages that they were asked for already.
  for (const stored of ['taken', 'refused'] as const) {
    expect(await noted(id)).toEqual([
      ['contacts', 'taken'],
      ['history', stored],
    ]);
    const declined = await page(`/numbers/${id}`);
    expect(declined).toContain('Sharing the history was declined on the phone');
    expect(declined).toContain('Ask again');
    expect(declined).not.toContain('Coming in');
    await ada.post(path, again);
  }
});

test('what is severe stands above the inbox of who looks after the account, until it is dismissed', async () => {
  const bo = await box.as('bo');
  expect(await (await bo.get('/inbox/all')).text()).not.toContain('/dismissal');
  const path = /\/notices\/\d+\/dismissal/.exec(await page('/inbox/all'))?.[0] ?? '';
  expect((await bo.post(path)).status).toBe(403);
  expect((await ada.post(path)).status).toBe(303);
  expect(await page('/inbox/all')).not.toContain('/dismissal');
  expect(await page(`/numbers/${numberId}`)).toContain('Meta disabled the WhatsApp Business account');
});

test('every event that a field can bring has words of its own, and what is not needed is counted', async () => {
  for (const { field, value } of readBodies('fields').filter(({ field }) => field !== 'calls')) {
    const here = JSON.stringify(value).replaceAll('15550783881', SHOWN.replace(/\D/g, ''));
    await tell(field, JSON.parse(here));
  }
  const shown = await page(`/numbers/${numberId}`);
  const rows = await box.inbox(({ sql }) => sql.select().from(accountEvents));
  const unknown = shown.match(/WhatsApp says: [^<]*/g) ?? [];
  expect(unknown).toEqual(['WhatsApp says: moon landed']);
  expect(shown).toContain('History of the phone');
  expect(shown).toContain('100 % here: 5 messages');
  const others = rows.filter(({ kind }) => kind === 'other').map(({ field }) => field);
  const list = await page('/numbers');
  expect(others.length).toBeGreaterThan(8);
  for (const field of others) {
    expect(list).toContain(field);
  }
});

test('this month’s messages and their cost are shown by the rates that were entered', async () => {
  const usedNow = async () =>
    / value="(\d+)" aria-labelledby="free"/.exec(await page(`/numbers/${numberId}`))?.[1];
  await ada.post(`/numbers/${numberId}/resumption`);
  const before = Number(await usedNow());
  const [talk] = await box.inbox(({ sql }) => sql.select().from(conversations));
  await ada.post(`/conversations/${talk?.id}/messages`, { text: 'Sixty bags', key: crypto.randomUUID() });
  await until('the reply to be counted', async () => Number(await usedNow()) === before + 1);
  const refused = await ada.post('/numbers/rates', {
    calling_code: '999999',
    category: 'service',
    price: 'cheap',
    currency: 'money',
  });
  expect(refused.status).toBe(422);
  const why = await refused.text();
  expect(why).toContain('No country has this calling code');
  expect(why).toContain('value="cheap"');
  const entered = {
    calling_code: '+263',
    category: 'service',
    price: '0.0055',
    currency: 'usd',
    since: '2026-01',
  };
  const inWords = await ada.post('/numbers/rates', { ...entered, calling_code: 'Zimbabwe' });
  expect([inWords.status, (await inWords.text()).includes('value="Zimbabwe"')]).toEqual([422, true]);
  expect((await ada.post('/numbers/rates', entered)).status).toBe(303);
  const rates = await page('/numbers/rates');
  expect(rates).toContain('Zimbabwe (+263)');
  expect(rates).toContain('0.0055 USD');
  const removed = { calling_code: '263', category: 'service', since: '202601' };
  expect((await ada.post('/numbers/rates/removal', removed)).status).toBe(303);
  expect(await page('/numbers/rates')).toContain('No rates yet');
});
