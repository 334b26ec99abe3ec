import { afterAll, beforeAll, expect, test } from 'bun:test';
import { sql } from 'drizzle-orm';
import { numbers } from '#src/db/schema/inbox/index.ts';
import { numberAdd } from '#src/numbers/commands.ts';
import { type Box, openBox } from '../box.ts';
import { expectErrorInLog, loggedLines } from '../log.ts';
import { people } from '../people.ts';
import { until } from '../until.ts';

let box: Box;

beforeAll(async () => {
  box = await openBox();
});

afterAll(() => box.close());

const phone = '+263779876543';
const said = 'canary-message-text';
const answered = 'canary-reply-text';

test('no token, phone number, name or message text ever reaches the log, whatever goes wrong', async () => {
  expectErrorInLog(/./);
  const { simulator, number, anonymous } = box;
  const { phoneNumberId } = number;
  const customer = simulator.customer(phone, { name: 'Canary-Name' });
  const ada = await box.as('ada');

  await customer.say(phoneNumberId, said);
  await box.settled();
  const conversation = await onlyConversation(box);
  const answer = (key: string) =>
    ada.post(`/conversations/${conversation}/messages`, { text: answered, key, quoted: '', back: 'all' });

  await answer('first');
  await simulator.waitFor(({ type }) => type === 'text');
  await box.settled();
  await customer.react(phoneNumberId, simulator.sent[0]?.wamid ?? '', '👍');

  // A refusal by Meta, a token that ended, and an answer that says nothing.
  simulator.trouble.failNext(131026, {
    message: `${phone} ${said}`,
    details: `${phone} ${number.accessToken}`,
  });
  await answer('refused');
  await untilNewest(box, 'failed');
  simulator.trouble.expireToken(phoneNumberId);
  await answer('expired');
  await until('the number is paused', async () => (await numberState(box)) === 'paused');
  simulator.trouble.renewToken(phoneNumberId);
  await numberAddedAgain(box);
  await untilNewest(box, 'delivered');
  simulator.trouble.garbage(1, { body: `<p>${phone} ${number.accessToken}</p>`, accept: false });
  await answer('garbled');
  await untilNewest(box, 'unknown');

  // Webhooks that are forged, malformed, or for nobody here.
  const malformed = {
    object: 'whatsapp_business_account',
    entry: [
      {
        id: '1',
        changes: [
          {
            field: 'messages',
            value: {
              metadata: { phone_number_id: phoneNumberId },
              messages: [{ id: 7, from: phone, text: said }],
            },
          },
        ],
      },
    ],
  };
  await simulator.deliver(phoneNumberId, malformed, { retry: false });
  await simulator.deliver(phoneNumberId, malformed, {
    signature: `sha256=${number.appSecret}`,
    retry: false,
  });
  await simulator.deliver(phoneNumberId, new TextEncoder().encode(`{"entry":[${said}`), { retry: false });

  // Requests that carry secrets where they do not belong.
  await anonymous.post('/login', { email: people.ada.email, password: 'canary-password-1' });
  await anonymous.get(
    `/webhooks/whatsapp?hub.mode=subscribe&hub.verify_token=${number.verifyToken}&hub.challenge=1`,
  );
  await box.api('/api/v1/conversations/0/messages', { headers: { authorization: 'Bearer canary-api-key' } });
  await box.api('/api/v1/conversations', { method: 'POST', body: `{"text":"${said}"` });
  await anonymous.get('/setup/canary-setup-link');
  await anonymous.get('/canary-of-no-page', { 'x-request-id': phone.slice(1) });
  await fetch(`${box.url}/metrics`, { headers: { authorization: 'Bearer canary-metrics-token' } });
  await ada.get('/operator');
  await ada.get('/inbox/all');
  await box.settled();

  // A database that no longer fits: what fails now fails with the text in hand.
  await box.inbox((inbox) => inbox.write('full', [sql`alter table messages rename to misplaced`]));
  await customer.say(phoneNumberId, said);
  expect((await answer('in vain')).status).toBe(500);
  await until('it is in the log', async () => /"level":50/.test(loggedLines().join('')));
  await box.inbox((inbox) => inbox.write('full', [sql`alter table misplaced rename to messages`]));

  const logged = loggedLines().join('');
  expect(logged).not.toBe('');
  const secrets = {
    'the access token': number.accessToken,
    'the app secret': number.appSecret,
    'the verify token': number.verifyToken,
    'the API key': box.apiKey,
    'the session': ada.cookie?.split('=')[1],
    'a password': 'canary-password-1',
    'a wrong API key': 'canary-api-key',
    'a phone number': phone.slice(1),
    'a message': said,
    'a reply': answered,
    'a name': 'Canary-Name',
    'an e-mail address': people.ada.email,
    'the webhook path': number.webhookPath,
    'a setup link': 'canary-setup-link',
    'an address that leads nowhere': 'canary-of-no-page',
    'a wrong token of the metrics': 'canary-metrics-token',
  };
  for (const [what, secret] of Object.entries(secrets)) {
    expect(secret, what).toBeTruthy();
    expect(logged.includes(secret ?? ''), `the log holds ${what}`).toBe(false);
  }
});

/** Waits until the newest message is where it should be. */
async function untilNewest(box: Box, status: string): Promise<void> {
  const conversation = await onlyConversation(box);
  await until(`the newest message is ${status}`, async () => {
    const answer = await box.api(`/api/v1/conversations/${conversation}/messages?limit=1`);
    const { data } = (await answer.json()) as { data: { status: string }[] };
    return data[0]?.status === status;
  });
}

async function numberState(box: Box): Promise<string | undefined> {
  const [row] = await box.inbox(({ sql: db }) => db.select({ state: numbers.state }).from(numbers).limit(1));
  return row?.state;
}

async function numberAddedAgain({ services, accountId, number }: Box): Promise<void> {
  await numberAdd(services, {
    options: { account: String(accountId) },
    stdin: {
      phone_number_id: number.phoneNumberId,
      waba_id: number.wabaId,
      display_phone_number: number.displayPhone,
      access_token: number.accessToken,
      app_secret: number.appSecret,
      verify_token: number.verifyToken,
    },
  });
}

async function onlyConversation({ api }: Box): Promise<number> {
  const { data } = (await (await api('/api/v1/conversations')).json()) as { data: { id: number }[] };
  expect(data).toHaveLength(1);
  return data[0]?.id ?? 0;
}
