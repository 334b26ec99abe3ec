import { expect, test } from 'bun:test';
import { blockBody } from './block-users.ts';
import { readBodies } from './bodies/bodies.ts';
import { messageBody, type Outgoing, readBody } from './outgoing.ts';

const to = { phone: '+263771000001' };
const bsuid = { bsuid: 'ZW.13491208655302741918' };
const wamid = 'wamid.of.the.question';
const say = (body: Outgoing['body'], whom: Outgoing['to'] = to) =>
  messageBody({ to: whom, callback: 'demo.1.2.1', body });

/** What is not written through the API; that the rest comes out as it went in is tried there. */
const built: Record<string, object> = {
  'text-quoting': say({ type: 'text', text: 'Yes, we have it.', quotedWamid: wamid }),
  'text-to-bsuid': say({ type: 'text', text: 'Hello to somebody without a phone number' }, bsuid),
  image: say({ type: 'image', mediaId: '9001', caption: 'The blue one' }),
  video: say({ type: 'video', mediaId: '9002', caption: 'How to fit it' }),
  audio: say({ type: 'audio', mediaId: '9003', caption: 'left out' }),
  'voice-note': say({ type: 'audio', mediaId: '9004', voice: true }),
  document: say({ type: 'document', mediaId: '9005', caption: 'Your quote', filename: 'Quote 17.pdf' }),
  'interactive-button-image': say({
    type: 'interactive',
    header: { media: 'image', mediaId: '9011', filename: 'left out' },
    text: 'These came in this morning. Shall we keep some for you?',
    footer: 'Mbare Seeds',
    ask: {
      type: 'button',
      buttons: [
        { id: 'keep', title: 'Keep ten' },
        { id: 'no', title: 'No, thank you' },
      ],
    },
  }),
  'interactive-cta-url-document': say({
    type: 'interactive',
    header: { media: 'document', mediaId: '9013', filename: 'Quote 18.pdf' },
    text: 'Here is your quote. You can order from it.',
    ask: { type: 'cta_url', label: 'Order now', url: 'https://shop.example/quotes/18' },
  }),
  sticker: say({ type: 'sticker', mediaId: '9006', filename: 'left out' }),
  reaction: say({ type: 'reaction', wamid, emoji: '👍' }),
  'reaction-removed': say({ type: 'reaction', wamid, emoji: '' }),
  read: readBody(wamid),
  'read-and-typing': readBody(wamid, { isTyping: true }),
  block: blockBody(to),
  'block-bsuid': blockBody(bsuid),
};

test('every request is built to the letter as its body says', () => {
  const bodies = Object.fromEntries(readBodies('sending').map(({ name, value }) => [name, value]));
  for (const [name, body] of Object.entries(built)) {
    expect([name, body]).toEqual([name, bodies[name] ?? {}]);
  }
});
