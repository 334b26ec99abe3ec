import { describe, expect, test } from 'bun:test';
import { hello, NUMBER, read, readOne, sheena } from './testing.ts';
import { readUpdates } from './updates.ts';

describe('a message', () => {
  test('says who wrote what, when and to which number', () => {
    expect(read({ messages: [hello], contacts: [sheena] })).toEqual([
      {
        kind: 'message',
        position: 0,
        phoneNumberId: NUMBER,
        sender: {
          phone: '16505551234',
          bsuid: 'US.1349',
          parentBsuid: null,
          username: 'sheena.n',
          name: 'Sheena',
        },
        message: {
          wamid: 'wamid.1',
          at: 1_749_416_383_000,
          type: 'text',
          text: 'Hello',
          content: { kind: 'text' },
          quotedWamid: null,
          forwarded: 'none',
          groupId: null,
          media: null,
        },
      },
    ]);
  });

  test('may quote, be forwarded and come from a group', () => {
    expect(readOne({ context: { from: '1', id: 'wamid.0' } }).message.quotedWamid).toBe('wamid.0');
    expect(readOne({ context: { forwarded: true } }).message.forwarded).toBe('once');
    expect(readOne({ context: { frequently_forwarded: true, forwarded: true } }).message.forwarded).toBe(
      'often',
    );
    expect(readOne({ group_id: 'Y2FwaV9ncm91cA' }).message.groupId).toBe('Y2FwaV9ncm91cA');
  });

  test.each([
    ['seconds as text', '1749416383'],
    ['seconds as a number', 1_749_416_383],
    ['milliseconds', 1_749_416_383_000],
    ['milliseconds as text', '1749416383000'],
  ])('has its time in %s', (_, timestamp) => {
    expect(readOne({ timestamp }).message.at).toBe(1_749_416_383_000);
  });

  test.each([undefined, null, '', 'soon', 0, -5, 1e300, {}, '1e999'])(
    'without a time takes that of its arrival: %j',
    (timestamp) => {
      const [update] = read({ messages: [{ ...hello, timestamp }] }, 1_800_000_000_000);
      expect(update).toMatchObject({ kind: 'message', message: { at: 1_800_000_000_000 } });
    },
  );

  test('has its id as text however it was sent', () => {
    const raw = `{"value":{"metadata":{"phone_number_id":12345678901234567},"messages":[{"id":98765432109876543,"from":16505551234,"type":"text","text":{"body":12}}]}}`;
    expect(readUpdates('messages', raw)).toMatchObject([
      {
        phoneNumberId: '12345678901234567',
        sender: { phone: '16505551234' },
        message: { wamid: '98765432109876543', text: '12' },
      },
    ]);
  });

  test('is cleaned of what cannot be stored, and not shortened', () => {
    const body = `a\0b\ud800c${'x'.repeat(65_536)}`;
    expect(readOne({ text: { body } }).message.text).toBe(`ab\ufffdc${'x'.repeat(65_536)}`);
    const nasty = readOne({
      id: 'w\0amid',
      type: 'location',
      location: { latitude: 1, longitude: 2, name: '\udfff' },
    });
    expect(nasty.message).toMatchObject({ wamid: 'wamid', content: { name: '\ufffd' } });
  });
});

describe('kinds of messages', () => {
  const file = {
    id: 123456789012345,
    mime_type: 'image/jpeg',
    sha256: 'abc=',
    url: 'https://lookaside.fbsbx.com/x',
  };

  test.each([
    [
      'image',
      { image: { ...file, caption: 'Look' } },
      { kind: 'media', media: 'image', mime: 'image/jpeg' },
      'Look',
    ],
    ['video', { video: file }, { kind: 'media', media: 'video', mime: 'image/jpeg' }, ''],
    [
      'audio',
      { audio: { ...file, voice: true } },
      { kind: 'media', media: 'audio', mime: 'image/jpeg', voice: true },
      '',
    ],
    [
      'document',
      { document: { ...file, filename: 'a.pdf', caption: 'Bill' } },
      { kind: 'media', media: 'document', mime: 'image/jpeg', filename: 'a.pdf' },
      'Bill',
    ],
    [
      'sticker',
      { sticker: { ...file, animated: true } },
      { kind: 'media', media: 'sticker', mime: 'image/jpeg', animated: true },
      '',
    ],
    [
      'location',
      { location: { latitude: '-17.8292', longitude: 31.0522, name: 'Harare', address: 'Zimbabwe' } },
      { kind: 'location', latitude: -17.8292, longitude: 31.0522, name: 'Harare', address: 'Zimbabwe' },
      'Harare, Zimbabwe',
    ],
    [
      'button',
      { button: { text: 'Yes', payload: 'p' } },
      { kind: 'button', title: 'Yes', payload: 'p' },
      'Yes',
    ],
    [
      'interactive',
      { interactive: { type: 'button_reply', button_reply: { id: 'b1', title: 'Yes' } } },
      { kind: 'button', title: 'Yes', payload: 'b1' },
      'Yes',
    ],
    [
      'interactive',
      { interactive: { type: 'list_reply', list_reply: { id: 'r1', title: 'Small', description: '1 kg' } } },
      { kind: 'list', title: 'Small', description: '1 kg', id: 'r1' },
      'Small',
    ],
  ])('%s is understood', (type, body, content, text) => {
    expect(readOne({ type, text: undefined, ...body }).message).toMatchObject({ type, content, text });
  });

  test('files carry what is needed to fetch them', () => {
    expect(readOne({ type: 'image', image: file }).message.media).toEqual({
      id: '123456789012345',
      mime: 'image/jpeg',
      sha256: 'abc=',
      url: 'https://lookaside.fbsbx.com/x',
    });
    expect(readOne({ type: 'document', document: { id: 'm', filename: 'b\0.pdf' } }).message.media).toEqual({
      id: 'm',
      mime: 'application/octet-stream',
      sha256: null,
      filename: 'b.pdf',
    });
  });

  test('a voice note of the old kind is audio', () => {
    const { message } = readOne({ type: 'voice', voice: { id: 'm1', mime_type: 'audio/ogg' } });
    expect(message).toMatchObject({ type: 'audio', content: { media: 'audio', voice: true } });
  });

  test('contacts keep all that is on the card, in its parts', () => {
    const cards = [
      null,
      {
        name: { formatted_name: 'Rudo M' },
        phones: [{ phone: '+263 77', wa_id: '26377', type: 'CELL' }, {}, null],
        emails: [{ email: 'r@example.com', type: 'WORK' }],
        org: { company: 'Shop', department: 'Yard', title: 'Head' },
        addresses: [{ street: '1 Main', city: 'Gweru', country_code: 'zw', type: 'WORK' }, { type: 'HOME' }],
        urls: [{ url: 'https://shop.example', type: 'WORK' }, { type: 'HOME' }],
      },
      { name: { first_name: 'Ada', last_name: 'L', prefix: 'Dr', suffix: ' ' } },
      { phones: [{ wa_id: '26378' }] },
    ];
    const { message } = readOne({ type: 'contacts', contacts: cards });
    expect(message.text).toBe('Rudo M, Ada L, 26378');
    expect(message.content).toEqual({
      kind: 'contacts',
      contacts: [
        {
          name: 'Rudo M',
          phones: [{ phone: '+263 77', waId: '26377', label: 'CELL' }],
          emails: [{ email: 'r@example.com', label: 'WORK' }],
          organisation: 'Shop',
          department: 'Yard',
          position: 'Head',
          addresses: [{ street: '1 Main', city: 'Gweru', countryCode: 'zw', label: 'WORK' }],
          urls: [{ url: 'https://shop.example', label: 'WORK' }],
        },
        { name: 'Ada L', nameParts: { first: 'Ada', last: 'L', prefix: 'Dr' }, phones: [], emails: [] },
        { name: '26378', phones: [{ phone: '26378', waId: '26378' }], emails: [] },
      ],
    });
  });
});

describe('a form that is made to cost memory', () => {
  const answersTo = (form: object) => {
    const { message } = readOne({
      type: 'interactive',
      text: undefined,
      interactive: { type: 'nfm_reply', nfm_reply: { response_json: JSON.stringify(form) } },
    });
    return message.content as Extract<typeof message.content, { kind: 'form' }>;
  };
  const many = Object.fromEntries(Array.from({ length: 100_000 }, (_, index) => [`a${index}`, 1]));

  test('gives its first answers, under names cut to a length that can be shown', () => {
    const { answers } = answersTo({ ['k'.repeat(1_000_000)]: many });
    expect(answers).toHaveLength(200);
    expect(answers[199]).toEqual({
      label: `${'k'.repeat(200)} › a199`,
      name: `${'k'.repeat(200)}.a199`,
      value: '1',
    });
  });

  test('costs no more with questions that nobody answered', () => {
    const unanswered = Object.fromEntries(Object.keys(many).map((key) => [key, null]));
    expect(answersTo({ ['k'.repeat(1_000_000)]: unanswered, last: 'yes' }).answers).toEqual([
      { label: 'last', name: 'last', value: 'yes' },
    ]);
  });

  test('is text when it is nested too deeply to be walked', () => {
    for (const [open, close] of [
      ['[', ']'],
      ['{"a":', '}'],
    ] as const) {
      const json = `{"q":${open.repeat(200_000)}1${close.repeat(200_000)}}`;
      const interactive = { type: 'nfm_reply', nfm_reply: { response_json: json } };
      const { message } = readOne({ type: 'interactive', text: undefined, interactive });
      expect(message.text === json).toBe(true);
      expect(message.content).toEqual({ kind: 'form', answers: [] });
    }
  });

  test('is shortened between two characters', () => {
    const { answers } = answersTo({ [`${'k'.repeat(199)}😀`]: 1 });
    expect(answers[0]?.name).toBe('k'.repeat(199));
  });
});

describe('what cannot be shown as itself', () => {
  test.each([
    ['order', { order: { catalog_id: '1', product_items: [] } }, 'order'],
    ['system', { system: { type: 'a_notice_of_the_future', body: 'x' } }, 'unknown_kind'],
    ['edit', { edit: { original_message_id: 'wamid.0' } }, 'edit'],
    ['revoke', { revoke: {} }, 'revoke'],
    ['interactive', { interactive: { type: 'nfm_reply', nfm_reply: {} } }, 'form'],
    ['interactive', { interactive: { type: 'call_permission_reply' } }, 'call_permission'],
    ['unsupported', { errors: [{ code: 131051 }], unsupported: { type: 'poll' } }, 'poll'],
    ['unsupported', { errors: [{ code: 131051 }], unsupported: { type: 'view_once' } }, 'view_once'],
    ['unsupported', { errors: [{ code: 131051 }], unsupported: { type: 'edit' } }, 'edit_withheld'],
    ['unsupported', { errors: [{ code: 131051 }], unsupported: { type: 'hologram' } }, 'not_passed_on'],
    ['unsupported', { errors: [{ code: 131052, title: 'too big' }] }, 'too_big'],
    ['unsupported', { errors: [{ code: 131060 }] }, 'unavailable'],
    ['unsupported', {}, 'not_passed_on'],
    ['video', { errors: [{ code: 131052 }] }, 'too_big'],
    ['request_welcome', {}, 'opened_chat'],
    ['ephemeral', {}, 'unknown_kind'],
    ['constructor', {}, 'unknown_kind'],
    ['__proto__', {}, 'unknown_kind'],
    [undefined, {}, 'no_type'],
    [{ odd: true }, {}, 'no_type'],
    ['text', { text: {} }, 'unreadable'],
    ['text', { text: null }, 'unreadable'],
    ['image', { image: { caption: 'no id' } }, 'unreadable'],
    ['location', { location: { latitude: 91, longitude: 0 } }, 'unreadable'],
    ['contacts', { contacts: [null] }, 'unreadable'],
    ['button', { button: {} }, 'unreadable'],
    ['reaction', { reaction: {} }, 'reaction'],
    ['reaction', { reaction: { message_id: 'wamid.0', emoji: 'x'.repeat(65) } }, 'reaction'],
  ] as const)('%j keeps its place in the thread and says why', (type, body, why) => {
    const { message } = readOne({ type, text: undefined, ...body });
    expect(message).toMatchObject({ wamid: 'wamid.1', type: 'unsupported', text: '', media: null });
    expect(message.content).toEqual({
      kind: 'unsupported',
      why,
      ...(typeof type === 'string' ? { metaType: type } : {}),
    });
  });

  test('an error beside the message explains one that came without its content', () => {
    const { message } = readOne(
      { type: 'interactive' },
      { errors: [{ code: 131000, title: 'Unsupported webhook payload' }] },
    );
    expect(message.content).toMatchObject({ why: 'not_passed_on' });
  });
});

describe('a reaction', () => {
  test.each([
    [{ emoji: '👍' }, '👍'],
    [{ emoji: '' }, ''],
    [{}, ''],
    [{ emoji: null }, ''],
  ])('%j', (emoji, expected) => {
    const reaction = { ...hello, type: 'reaction', reaction: { message_id: 'wamid.0', ...emoji } };
    expect(read({ messages: [reaction], contacts: [sheena] })).toMatchObject([
      {
        kind: 'reaction',
        wamid: 'wamid.1',
        targetWamid: 'wamid.0',
        emoji: expected,
        at: 1_749_416_383_000,
        sender: { bsuid: 'US.1349' },
      },
    ]);
  });
});
