import { beforeAll, describe, expect, test } from 'bun:test';
import type { ContentJson } from '#src/api/content-types.ts';
import { type SampleName, sample } from '#src/simulator/samples/samples.ts';
import { sampleTemplates } from '#src/simulator/templates/samples.ts';
import { type Body, readBodies } from '#src/whatsapp/bodies/bodies.ts';
import { said } from './thread-items.ts';
import type { MessageJson, World } from './world.ts';

const CARDS = '[Photo: New on our shelves, Rudo: Cordless drill, US$ 89 Pressure washer, US$ 89]';

/** How it reads, by the name of its body in `bodies/sending`; who sent it, and that it arrived, stands there too. */
const rows: Readonly<Record<string, string>> = {
  audio: '[Sound: file] 0:06 12 kB',
  contacts: 'Tendai Moyo Mbare Seeds +263 77 200 0002 tendai@shop.example',
  'contacts-whole':
    'Dr Tendai K Moyo MSc Sales, Head of seeds Mbare Seeds 1990-01-31 12 Ardbennie Road, Harare, Mashonaland, 00263, Zimbabwe +263 77 200 0002 tendai@shop.example https://shop.example/tendai',
  document: 'PDF Quote 17.pdf PDF document · 2.4 kB Download Your quote',
  image: '[Photo: The blue one] The blue one',
  'interactive-button': 'Your order When shall we bring it? Mbare Seeds In the morning In the afternoon',
  'interactive-button-image':
    '[Photo: These came in this morning. Shall we keep some for you?] These came in this morning. Shall we keep some for you? Mbare Seeds Keep ten No, thank you',
  'interactive-button-video':
    '[Video: This is how to fit it. Is it clear?] 0:02 · 12 kB This is how to fit it. Is it clear? Yes Call me',
  'interactive-contact-request': 'May we have your phone number for the courier? Asks for their phone number',
  'interactive-cta-url': 'You can follow your order here. Follow it',
  'interactive-cta-url-document':
    'PDF Quote 18.pdf PDF document · 2.4 kB Download Here is your quote. You can order from it. Order now',
  'interactive-list': 'Seeds Which seed would you like? Prices for 10 kg',
  'interactive-location-request': 'Where shall we bring it? Asks for their location',
  location: 'Mbare shop 12 Ardbennie Road, Harare -17.82920, 31.05220 Open in maps',
  sticker: '[Sticker: file]',
  'template-carousel': `New on our shelves, Rudo: ${CARDS} Cordless drill, US$ 89 Keep one for me See it ${CARDS} Pressure washer, US$ 89 Keep one for me See it`,
  'template-code':
    '482913 is your code for the trade counter. Tell it to nobody. This code expires in 10 minutes. Copy code',
  'template-document':
    'PDF file PDF document · 2.4 kB Download Hello Rudo, here is the invoice for order MH-1180. Thank you for buying from us. Mbare Hardware, Ardbennie Road',
  'template-flow': 'Thank you for your order, Rudo. How did the delivery go? Tell us',
  'template-named':
    'About your quote Hello Rudo, there is news on quote MH-2291: the cement is back in stock. Reply here and we carry on. Mbare Hardware, Ardbennie Road Go ahead Call me',
  'template-offer':
    'Picture Paint week Hello Rudo, this week every tin of paint costs 20 % less. Show the code at the till. Copy offer code See the colours',
  'template-place':
    'Your site 4 Jongwe Avenue -17.86340, 31.02970 Open in maps Hello Rudo, our lorry comes today between 14:00 and 16:00. The driver calls before. Follow the lorry Call the driver',
  'template-plain': 'Olá Rudo, a sua encomenda chega hoje entre 14:00 e 16:00. Mbare Hardware',
  'template-replies':
    'Order MH-1180 is ready Hello Rudo, your order is packed and waits for you at Ardbennie Road. We are open until 17:00. Mbare Hardware, Ardbennie Road I am on my way Please deliver it',
  text: 'Mangwanani Rudo, your order is packed.',
  'text-quoting': 'Tendai Do you have cement? Yes, we have it.',
  'text-to-bsuid': 'Hello to somebody without a phone number',
  'text-with-preview': 'See https://shop.example/maize',
  video: '[Video: How to fit it] 0:02 · 12 kB How to fit it',
  'voice-note': '[Voice note: file] 0:06 12 kB',
};

/** The file that goes as each kind of file. */
const files: Readonly<Record<string, SampleName>> = {
  image: 'poster',
  video: 'video',
  audio: 'voice',
  document: 'document',
  sticker: 'sticker',
};

const PHONE = '+263777700001';
const HIDDEN = { phone: '+263777700002', bsuid: 'ZW.13491208655302747702' };
/** They are about another message: a reaction, a read receipt, a customer who is blocked. */
const withoutBubble = ['block', 'block-bsuid', 'reaction', 'reaction-removed', 'read', 'read-and-typing'];

type Sent = Record<string, unknown> & { type: string };

export function sending(ask: () => World): void {
  describe('§4: what is sent', () => {
    const bodies = readBodies('sending').filter(({ name }) => !withoutBubble.includes(name));
    let world: World;
    let question: { id: number; wamid: string };
    const shown: Record<string, string> = {};
    const arrived: Record<string, Sent> = {};
    const given: Record<string, MessageJson> = {};

    beforeAll(async () => {
      world = ask();
      for (const template of sampleTemplates) {
        world.simulator.templates.add(world.number.wabaId, template);
      }
      await world.ada.post('/templates/sync');
      await world.services.templates.idle();
      const conversation = await world.customerWrites(PHONE, { name: 'Tendai' });
      const hidden = { name: 'Hidden', username: 'hidden', hidePhone: true, bsuid: HIDDEN.bsuid };
      await world.simulator.customer(HIDDEN.phone, hidden).say(world.number.phoneNumberId, 'Hello');
      await world.settled();
      const { id: toBsuid } = await world.conversationWith(HIDDEN.bsuid);
      const { data } = await (await world.api(`/api/v1/conversations/${conversation}/messages`)).json();
      question = data[0];
      const ids = new Map<number, string>();
      for (const body of bodies) {
        const from = world.simulator.sent.length;
        const to = body.name === 'text-to-bsuid' ? toBsuid : conversation;
        ids.set(await send(world, to, body, question.id), body.name);
        await world.rest();
        arrived[body.name] = world.simulator.sent[from]?.body as Sent;
      }
      for (const id of [conversation, toBsuid]) {
        const answer = await world.api(`/api/v1/conversations/${id}/messages?limit=100`);
        for (const message of (await answer.json()).data as MessageJson[]) {
          const name = ids.get(message.id);
          if (name !== undefined) {
            given[name] = message;
          }
        }
      }
      for (const item of [...(await world.thread(conversation)), ...(await world.thread(toBsuid))]) {
        const name = ids.get(Number(item.id.replace('message-', '')));
        if (name !== undefined) {
          shown[name] = said(item).replace(/^API | Delivered\b/g, '');
        }
      }
    });

    test('what reaches Meta is what was asked for, word for word', () => {
      for (const { name, value } of bodies) {
        expect<unknown>([name, withoutFiles(arrived[name])]).toEqual([
          name,
          {
            ...withoutFiles(value),
            ...(value.recipient === undefined ? { to: PHONE } : { recipient: HIDDEN.bsuid }),
            ...(value.context === undefined ? {} : { context: { message_id: question.wamid } }),
            biz_opaque_callback_data: expect.stringMatching(/^[0-9a-f]+\.\d+\.\d+\.1$/),
          },
        ]);
      }
    });

    test('what is done to a message or to a customer reaches Meta as it says', async () => {
      const { ada, simulator } = world;
      const { id: conversation, contact } = await world.conversationWith(PHONE);
      const doing = async (path: string, fields: Record<string, string>) => {
        const before = simulator.requests.length;
        await ada.post(path, fields);
        await world.rest();
        return simulator.requests.slice(before).map(({ body }) => body);
      };
      const bodyOf = (name: string) => {
        const { value } = readBodies('sending').find((body) => body.name === name) ?? { value: {} };
        const text = JSON.stringify(value).replace('wamid.of.the.question', question.wamid);
        const own = { biz_opaque_callback_data: expect.any(String) };
        const body = JSON.parse(text.replaceAll('+263771000001', PHONE));
        return 'biz_opaque_callback_data' in body ? { ...body, ...own } : body;
      };
      const message = String(question.id);
      expect(await doing(`/conversations/${conversation}/reading`, { message })).toEqual([bodyOf('read')]);
      const react = (emoji: string) => doing(`/messages/${question.id}/reaction`, { emoji });
      expect(await react('👍')).toEqual([bodyOf('reaction')]);
      expect(await react('')).toEqual([bodyOf('reaction-removed')]);
      expect(await doing(`/contacts/${contact.id}/blocking`, {})).toEqual([bodyOf('block')]);
      expect((await doing(`/contacts/${contact.id}/unblocking`, {})).at(0)).toEqual(bodyOf('block'));
    });

    test('every one of them reads as what it is', () => {
      expect(shown).toEqual(rows);
    });

    test('the API gives each out as it took it', () => {
      const out = bodies.map(({ name }) => [name, asContent(given[name]?.content)]);
      const taken = bodies.map(({ name, value }) => [name, contentOf(value as Sent)]);
      expect<unknown>(Object.fromEntries(out)).toMatchObject(Object.fromEntries(taken));
      expect(given['text-quoting']).toMatchObject({ quoted: { id: question.id, wamid: question.wamid } });
    });
  });
}

/** What the API is expected to give out of a body: what it took, but for which file it is. */
function contentOf({ type, ...body }: Sent): object {
  switch (type) {
    case 'contacts':
      return { kind: type, contacts: body.contacts };
    case 'template':
      return { kind: type, ...withoutFiles({ template: body.template }) };
    case 'interactive':
      return { kind: type, ...withoutFiles(body.interactive) };
    case 'text': {
      const { preview_url: hasPreview, ...text } = body.text as { preview_url: boolean };
      return { kind: type, ...text, ...(hasPreview ? { preview_url: true } : {}) };
    }
    default: {
      const { id: _, filename: __, ...about } = body[type] as Record<string, unknown>;
      return { kind: type, ...about };
    }
  }
}

function asContent(content: ContentJson | undefined): object | undefined {
  switch (content?.kind) {
    case 'template':
      return { ...content, ...withoutFiles({ template: content }) };
    case 'interactive':
      return withoutFiles(content);
    default:
      return content;
  }
}

/** Sends a body through the API, which takes it as Meta does, but for files by our own ids. */
async function send(world: World, to: number, { value }: Body, replyTo: number): Promise<number> {
  const { type, context, ...rest } = value as Sent;
  const file = ['template', 'interactive'].includes(type)
    ? await withUploads(world, rest[type])
    : await upload(world, type, rest[type]);
  const answer = await world.api(`/api/v1/conversations/${to}/messages`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID() },
    body: JSON.stringify({
      type,
      [type]: file ?? rest[type],
      ...(context === undefined ? {} : { reply_to: replyTo }),
    }),
  });
  const body = await answer.json();
  if (answer.status !== 202) {
    throw new Error(`A message of the type ${type} was answered ${answer.status}: ${JSON.stringify(body)}`);
  }
  return body.id;
}

/** A file by its id, at Meta or here, as a message, a template or a heading names it. */
const FILE = /("(image|video|audio|document|sticker)":\{"id":)"?\d+"?/g;

/** The same, whichever file it names, and in whatever order the parts of a template stand. */
function withoutFiles(body: unknown): object {
  const same = JSON.parse(JSON.stringify(body).replace(FILE, '$1"of a file"'));
  same.template?.components.sort((one: object, other: object) =>
    JSON.stringify(one) < JSON.stringify(other) ? -1 : 1,
  );
  return same;
}

/** The same with a file of ours wherever it names one of Meta's. */
async function withUploads(world: World, content: unknown): Promise<object> {
  let text = JSON.stringify(content);
  for (const [whole, begins, type = ''] of text.matchAll(FILE)) {
    const { id } = (await upload(world, type, {})) as { id: number };
    text = text.replace(whole, `${begins}${id}`);
  }
  return JSON.parse(text);
}

async function upload({ api }: World, type: string, about: unknown): Promise<object | null> {
  const name = files[type];
  if (name === undefined) {
    return null;
  }
  const {
    caption,
    voice,
    filename = 'file',
  } = about as { caption?: string; voice?: boolean; filename?: string };
  const { bytes } = await sample(name);
  const headers = { 'x-file-name': filename, ...(voice ? { 'x-voice': '1' } : {}) };
  const answer = await api('/api/v1/media', { method: 'POST', headers, body: new Uint8Array(bytes) });
  const { id } = await answer.json();
  return { id, ...(caption === undefined ? {} : { caption }) };
}
