import { beforeAll, describe, expect, test } from 'bun:test';
import { sample } from '#src/simulator/samples/samples.ts';
import { readBodies } from '#src/whatsapp/bodies/bodies.ts';
import { beside, contents } from './contents.ts';
import { plain, said } from './thread-items.ts';
import type { Looked, World } from './world.ts';

/** What a bubble says, by the name of its body in `bodies/messages`: Meta's second and lateness apart. */
const bubbles: Readonly<Record<string, string>> = {
  'address-reply':
    'A message that is not here Address Meera Iyer +919005550105 8 Cello Triumph I B Patel Road Goregaon East Mumbai 400063 Maharashtra',
  audio: '[Sound from Chipo Moyo] 0:06 12 kB',
  button: 'A message that is not here Chose Confirm the visit',
  'button-reply': 'A message that is not here Chose Yes, deliver',
  'call-permission-granted': 'A message that is not here May be called until 29 Nov 2026',
  'call-permission-refused': 'A message that is not here Does not want to be called',
  contacts:
    'Tatenda Phiri Estimates, Foreman Phiri Roofs 1988-03-09 12 Simon Mazorodze Road, Harare, Zimbabwe +263 77 555 0177 +263 24 255 0178 tatenda@phiriroofs.example https://phiriroofs.example',
  'contacts-requested': 'A message that is not here Farai +263775550104',
  document: 'PDF Quote 2231.pdf PDF document · 2.4 kB Download Signed',
  'flow-reply':
    'A message that is not here Form filled in Question Answer Your name Chipo Moyo Roof type Tiles, Sheets Area › Length m 12.5 Area › Width m 8 Survey wanted true',
  'flow-reply-invalid': 'A message that is not here Form filled in {"screen_0_Your_name_0": "Chipo',
  image:
    '[Photo: This is the corner that leaks, behind the chimney] This is the corner that leaks, behind the chimney Edited',
  'image-from-post': 'Came through a post Ask us anything Open the source [Photo from Tariro Dube]',
  'interactive-without-body':
    'The customer sent something that WhatsApp does not pass on to businesses. Ask them to send it another way.',
  'list-reply': 'A message that is not here Chose Tuesday morning Between 8 and 11',
  location: 'Mbare Musika Ardbennie Road, Harare -17.82922, 31.05222 Open in maps Web page of this place',
  order:
    'Order of 3 products Product Quantity Price IBR-SHEET-3.6 28 US$14.50 RIDGE-CAP-3M 3 US$9.99 SCREWS-100 2 ZWG 175.00 Total US$435.97 Total ZWG 350.00 Please deliver before noon',
  sticker: '[Sticker from Chipo Moyo]',
  text: 'Good morning, do you have ridge caps in charcoal? 👍 Chipo Moyo',
  'text-forwarded': 'Forwarded This message was deleted.',
  'text-forwarded-often': 'Forwarded many times Please share: water is off in Budiriro',
  'text-from-ad':
    'Came through an advertisement A new roof before the rains Free measuring in Harare and Chitungwiza until Saturday. Greeted with: Hello, which roof shall we measure? Open the source Hi! Can I get a quote for a roof?',
  'text-in-group': 'Said in a group; an answer goes to this person alone Who brings the ladder tomorrow?',
  'text-product-inquiry':
    'About the product RIDGE-CAP-3M A message that is not here Does this come in green?',
  'text-quoting':
    'Chipo Moyo Good morning, do you have ridge caps in charcoal? These ones, I mean, in green Edited',
  'text-quoting-unknown': 'A message that is not here Is this offer still good?',
  'text-without-contacts': 'It is me again',
  'text-without-phone': 'Hello, a friend sent me',
  unknown:
    'OonoBox cannot show this kind yet (hologram). It is kept as it was received, and shows up once it can.',
  unsupported:
    'The customer sent something that WhatsApp does not pass on to businesses. Ask them to send it another way.',
  'unsupported-edit': 'The customer changed an earlier message. WhatsApp does not pass on to what.',
  'unsupported-poll':
    'The customer sent a poll, which WhatsApp does not pass on to businesses. Ask them to write instead.',
  'unsupported-too-big':
    'The customer sent a file that WhatsApp could not pass on, perhaps because it is over 100 MB. Ask for a smaller one.',
  'unsupported-view-once':
    'The customer sent a photo or video to be seen once. WhatsApp does not pass those on: ask for an ordinary one.',
  video: '[Video: Listen to the dripping] 0:02 · 12 kB Listen to the dripping',
  'voice-legacy': '[Voice note from Chipo Moyo] 0:06 12 kB',
  'voice-note': '[Voice note from Chipo Moyo] 0:06 12 kB',
};

/** What is only about another message, or about a person; the bubbles above show what the first did. */
const rewritings = ['edit', 'edit-caption', 'reaction', 'reaction-emptied', 'reaction-removed', 'revoke'];

/** The line that stands in the conversation with somebody whose identity changed. */
const lines: Readonly<Record<string, { with: string; line: string }>> = {
  'system-number-changed': {
    with: '+263715550106',
    line: 'The customer changed their phone number from +263 77 555 0106 to +263 71 555 0106',
  },
  'system-number-changed-before-2026': {
    with: '+263715550107',
    line: 'The customer changed their phone number from +263 77 555 0107 to +263 71 555 0107',
  },
  'system-id-changed': {
    with: 'ZW.13491208655302742108',
    line: 'WhatsApp gave the customer a new ID; it is still the same person',
  },
  'system-device-changed': {
    with: '+263775550109',
    line: 'The customer may be using another phone, or have installed WhatsApp anew',
  },
};
/** What is wrong with the number itself stands on its page. */
const accountErrors: Readonly<Record<string, string>> = {
  'errors-alone': 'Look at this: WhatsApp reports an error of this number: Rate limit hit',
};

/** Which file the simulated WhatsApp gives out for each kind of message that has one. */
const files = {
  image: 'photo',
  video: 'video',
  audio: 'voice',
  voice: 'voice',
  document: 'document',
  sticker: 'sticker',
} as const;

export function received(ask: () => World): void {
  describe('§2 and §2.1: what customers send', () => {
    const bodies = readBodies('messages');
    let looked: Looked[];

    beforeAll(async () => {
      const world = ask();
      for (const { value } of bodies) {
        await giveFiles(world, value);
        await world.hear([value]);
      }
      await world.services.fetching.idle();
      // Meta's own addresses, which the webhooks name, lead nowhere from here; by their ids the files are found.
      world.pass(60_000);
      world.services.fetching.poke(world.accountId);
      await world.services.fetching.idle();
      looked = await world.look();
    });

    test('every body has its row', () => {
      const rows = [
        ...Object.keys(bubbles),
        ...rewritings,
        ...Object.keys(lines),
        ...Object.keys(accountErrors),
      ];
      expect(bodies.map(({ name }) => name)).toEqual(rows.toSorted());
    });

    test('every message reads as what it is', () => {
      const nameOf = new Map(bodies.map(({ name, value }) => [wamidOf(value), name]));
      const shown = looked.flatMap(({ messages, items }) =>
        items.map((item) => {
          const message = messages.find(({ id }) => item.id === `message-${id}`);
          return [nameOf.get(message?.wamid ?? '') ?? item.id, said(item)];
        }),
      );
      expect(Object.fromEntries(shown)).toMatchObject(bubbles);
    });

    test('the API gives each its own content, and what goes with it', () => {
      const byWamid = new Map(looked.flatMap(({ messages }) => messages).map((one) => [one.wamid, one]));
      const given = bodies.flatMap(({ name, value }) => {
        const message = byWamid.get(wamidOf(value) ?? '');
        return message ? [[name, message] as const] : [];
      });
      const held = given.map(([name, { content }]) => [name, content]);
      expect(Object.fromEntries(held)).toEqual(contents);
      expect(Object.fromEntries(given)).toMatchObject(beside);
    });

    test.each(Object.entries(lines))('%s', (_, { with: who, line }) => {
      const conversation = looked.find(({ contact }) => [contact.phone, contact.bsuid].includes(who));
      expect(conversation?.items.map(said)).toEqual([line]);
      expect(conversation?.unanswered).toBe(false);
    });

    test('an error of the number itself stands on its page', async () => {
      const { ada, number } = ask();
      const page = plain(await (await ada.get(`/numbers/${number.numberId}`)).text());
      expect(Object.values(accountErrors).filter((text) => !page.includes(text))).toEqual([]);
    });

    test('nothing is left that could not be taken in', async () => {
      const journal = await (await ask().ada.get('/settings/journal')).text();
      expect(plain(journal)).toContain('Everything was taken in');
    });
  });
}

async function giveFiles({ simulator, number }: World, value: Record<string, unknown>): Promise<void> {
  const [message] = (value.messages ?? []) as Record<string, { id: string } | undefined>[];
  for (const [kind, name] of Object.entries(files)) {
    const id = message?.[kind]?.id;
    if (id !== undefined) {
      const { bytes, mime } = await sample(name);
      simulator.media.add({ phoneNumberId: number.phoneNumberId, bytes, mime, id });
    }
  }
}

function wamidOf({ messages }: Record<string, unknown>): string | undefined {
  const [message] = (messages ?? []) as { id: string }[];
  return message?.id;
}
