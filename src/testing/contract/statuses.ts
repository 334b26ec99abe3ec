import { beforeAll, describe, expect, test } from 'bun:test';
import { type Body, readBodies } from '#src/whatsapp/bodies/bodies.ts';
import { said } from './thread-items.ts';
import type { MessageJson, World } from './world.ts';

const notSent = (reason: string, code: number) => `Not sent Not sent. ${reason} Meta’s code: ${code}.`;
const all = (text: string, names: string[]) => Object.fromEntries(names.map((name) => [name, text]));

/** How a message of ours reads after the status, by the name of its body in `bodies/statuses`. */
const rows: Readonly<Record<string, string>> = {
  ...all('Sent', [
    'sent',
    'sent-authentication',
    'sent-authentication-international',
    'sent-billed',
    'sent-conversation-before-2026',
    'sent-free-entry-point',
    'sent-marketing',
    'sent-marketing-lite',
    'sent-to-group',
    'sent-to-group-marketing',
    'sent-utility',
    'sent-with-callback-of-another',
  ]),
  ...all('Delivered', [
    'delivered',
    'delivered-naming-both',
    'delivered-parent',
    'delivered-parent-before-2026',
    'delivered-with-identity-hash',
    'delivered-without-phone',
    'delivered-without-recipient',
  ]),
  ...all('Read', ['read', 'read-in-group', 'read-without-pricing']),
  played: 'Played',
  // Kept, and changing nothing: the message is still what the answer to its sending said.
  ...all('Taken by WhatsApp', ['deleted', 'unheard-of']),
  'failed-experiment': notSent(
    'WhatsApp holds this message back as part of an experiment. Write to the customer once they have written to you.',
    130472,
  ),
  'failed-file': notSent(
    'WhatsApp could not use the file. Check its format and size, then send it again.',
    131053,
  ),
  'failed-marketing-limit': notSent(
    'WhatsApp chose not to deliver this message, because the customer gets many like it. Wait at least a day before writing to them of your own accord again.',
    131049,
  ),
  'failed-marketing-stopped': notSent(
    'The customer has stopped marketing messages from you. Do not send them marketing. You may still answer when they write.',
    131050,
  ),
  'failed-payment': notSent(
    'Meta has a problem with the payment method of this WhatsApp Business account. Ask an admin to check billing in WhatsApp Manager, then send the message again.',
    131042,
  ),
  'failed-spam': notSent(
    'WhatsApp asks this business to slow down. Wait an hour, then send the message again.',
    131048,
  ),
  'failed-template-paused': notSent(
    'WhatsApp has paused this template, because customers blocked or reported it. It rests for three hours, the second time for six. Choose another one for now.',
    132015,
  ),
  ...all(
    notSent(
      'WhatsApp cannot deliver to this customer. They may not use WhatsApp, use an old version of it, or not accept messages from you. Reach them in another way.',
      131026,
    ),
    ['failed-to-user-id', 'failed-undeliverable'],
  ),
  'failed-unheard-of': notSent(
    'WhatsApp refused the message. Try again later. If it keeps failing, tell whoever looks after OonoBox the code.',
    139999,
  ),
  'failed-unknown-error': notSent(
    'WhatsApp is not available at the moment. Send the message again later.',
    131000,
  ),
  'failed-window-closed': notSent(
    'More than 24 hours have passed since the customer last wrote. Send an approved template, or wait until the customer writes again.',
    131047,
  ),
  'failed-without-reason': 'Not sent Not sent.',
};

const people = {
  'ZW.13491208655302741101': { phone: '+263775550101', name: 'Chipo Moyo' },
  'ZW.13491208655302741103': { phone: '+263775550103', name: 'Rudo Ncube' },
  'ZW.13491208655302741104': { phone: '+263775550104', name: 'Farai', username: 'farai.builds' },
} as const;
const kuda = { bsuid: 'ZW.13491208655302741111', phone: '+263775550111', username: 'kuda.m' };

export function statuses(ask: () => World): void {
  describe('§2.2: what becomes of what was sent', () => {
    const bodies = readBodies('statuses');
    const shown: Record<string, string> = {};
    const prices: Record<string, MessageJson['pricing']> = {};

    beforeAll(async () => {
      const world = ask();
      world.simulator.trouble.pauseStatuses();
      const conversations = new Map<string, number>();
      for (const [bsuid, { phone, ...profile }] of Object.entries(people)) {
        conversations.set(bsuid, await world.customerWrites(phone, { ...profile, bsuid }));
      }
      conversations.set(kuda.bsuid, await openByPhone(world));
      const ids = new Map<string, { conversation: number; message: number }>();
      for (const body of bodies) {
        const conversation = conversations.get(recipientOf(body)) ?? 0;
        ids.set(body.name, { conversation, message: await world.write(conversation, body.name) });
      }
      await world.rest();
      for (const { name, value } of bodies) {
        const sent = world.simulator.sent.find(({ body }) => (body.text as { body: string }).body === name);
        const [status] = value.statuses as [object];
        await world.hear([{ ...value, statuses: [{ ...status, id: sent?.wamid }] }]);
      }
      for (const conversation of conversations.values()) {
        const answer = await world.api(`/api/v1/conversations/${conversation}/messages?limit=100`);
        for (const { text, pricing } of (await answer.json()).data as MessageJson[]) {
          prices[text] = pricing;
        }
        for (const item of await world.thread(conversation)) {
          const found = [...ids].find(([, { message }]) => item.id === `message-${message}`);
          if (found) {
            shown[found[0]] = said(item).replace(`Ada Lungu ${found[0]}`, '').trim();
          }
        }
      }
      world.simulator.trouble.clear();
      await world.rest();
    });

    test('every status reads as what it is', () => {
      expect(shown).toEqual(rows);
    });

    test('the API says what Meta said of the price', () => {
      const said = bodies.map(({ name, value }) => [name, pricingOf(value)]);
      expect(prices).toMatchObject(Object.fromEntries(said));
    });

    test('a status tells who it is that had been known by phone number alone', async () => {
      expect((await ask().conversationWith(kuda.phone)).contact).toMatchObject(kuda);
    });
  });
}

/** He wrote before there were BSUIDs: the webhook names his phone number and nothing else. */
async function openByPhone({ simulator, number, hear, now, conversationWith }: World): Promise<number> {
  const { phone, ...profile } = kuda;
  const hello = { type: 'text', text: { body: 'Hello' } };
  const { wamid } = simulator
    .customer(phone, { name: 'Kuda', ...profile })
    .write(number.phoneNumberId, hello);
  const metadata = { display_phone_number: '15550783881', phone_number_id: number.phoneNumberId };
  const from = phone.slice(1);
  await hear([
    {
      metadata,
      contacts: [{ profile: { name: 'Kuda' }, wa_id: from }],
      messages: [{ id: wamid, from, timestamp: String(Math.floor(now() / 1000)), ...hello }],
    },
  ]);
  return (await conversationWith(phone)).id;
}

function pricingOf({ statuses }: Body['value']): MessageJson['pricing'] {
  const [{ pricing = null }] = statuses as [{ pricing?: { type?: string; category?: string } | null }];
  return pricing && { type: pricing.type ?? null, category: pricing.category ?? null };
}

function recipientOf({ value }: Body): string {
  const [status] = value.statuses as [Record<string, string>];
  return status.recipient_participant_user_id ?? status.recipient_user_id ?? 'ZW.13491208655302741101';
}
