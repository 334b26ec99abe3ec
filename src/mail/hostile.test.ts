import { afterAll, beforeAll, expect, test } from 'bun:test';
import { eq } from 'drizzle-orm';
import { mails } from '#src/db/schema/control.ts';
import type { Letter } from './letter.ts';
import { HOUR, type MailRoom, openMailRoom } from './testing.ts';
import { openPostOffice, type PostOffice } from './testing-post-office.ts';

let office: PostOffice;
let room: MailRoom;
beforeAll(async () => {
  office = await openPostOffice();
  room = await openMailRoom(`smtp://127.0.0.1:${office.port}`);
});
afterAll(async () => {
  await room.close();
  await office.close();
});

const invitation = (name: string): Letter => ({
  kind: 'invitation',
  account: name,
  by: name,
  link: 'https://inbox.example.com/invite/one',
  until: room.clock.now + HOUR,
});

const names = [
  'Eve\r\nBcc: everybody@elsewhere.example',
  'Eve\nSubject: Something else\n\n<b>Begin</b>',
  'Eve\u2028Bcc: x@y.example\u0085To: z@y.example\v\f\0',
  '"Eve" <eve@elsewhere.example>',
  'x'.repeat(10_000),
  'e\u0301\u0301'.repeat(5_000),
  '\u202egnp.exe \u2066hidden\u2069 \u200fEve',
  'مطعم النيل',
  'Half \ud83d',
  '<script>alert(1)</script> & <img src=x>',
  '=?utf-8?b?RXZl?=',
  '',
];

test.each(names.map((name, index) => [index, name] as const))(
  'name %i changes nothing but where it stands',
  async (_, name) => {
    const before = office.taken.length;
    await room.queue('ada@mbare.example', invitation(name));
    await room.pass(0);
    expect(office.taken).toHaveLength(before + 1);
    const letter = office.taken[before];
    const { headers = new Map(), headerLines = [], text = '', html = '' } = letter ?? {};
    expect([...headers.keys()].sort()).toEqual([
      'auto-submitted',
      'content-type',
      'date',
      'from',
      'message-id',
      'mime-version',
      'subject',
      'to',
      'x-auto-response-suppress',
    ]);
    expect(headerLines.every((line) => line.length < 1_000)).toBe(true);
    expect(headers.get('to')).toBe('ada@mbare.example');
    expect(headers.get('from')).toBe('Our inbox <inbox@example.com>');
    expect(headers.get('subject')?.length).toBeLessThan(200);
    for (const said of [headers.get('subject'), text, html]) {
      expect(said).not.toMatch(/[\u202a-\u202e\u2066\u2067\u200e\u200f\u2028\u2029\0\v\f]/);
      expect(said).not.toContain('\ufffd\ufffd');
    }
    expect(html).not.toMatch(/<script|<img|<b>/);
    expect(office.recipients.every((address) => address === 'ada@mbare.example')).toBe(true);
    expect(text).toContain('https://inbox.example.com/invite/one');
  },
);

test('a name is no link, and one that runs from right to left stays apart', async () => {
  const before = office.taken.length;
  await room.queue('ada@mbare.example', invitation('Win at https://evil.example/now'));
  await room.queue('ada@mbare.example', invitation('مطعم النيل'));
  await room.pass(0);
  const [link, arabic] = office.taken.slice(before);
  expect(link?.text).not.toMatch(/evil\.example|https:\/\/evil/);
  expect(link?.html).not.toMatch(/evil\.example|https:\/\/evil/);
  expect(link?.text).toContain('evil.\u2060example');
  expect(arabic?.text).toContain('\u2068مطعم النيل\u2069');
});

test.each([
  'ada@mbare.example\r\nRCPT TO:<eve@elsewhere.example>',
  'ada@mbare.example>',
  'Ada <ada@mbare.example>',
  'eve,ada@mbare.example',
  'all:ada@mbare.example',
  '(ada)eve@elsewhere.example',
  '',
  '@',
  'ada',
])('what is no address, such as %j, reaches nobody', async (address) => {
  const before = office.recipients.length;
  const id = await room.queue(address);
  await room.pass(0);
  expect(office.recipients).toHaveLength(before);
  expect(await room.row(id)).toMatchObject({ state: 'failed', error: 'recipient', letter: null });
});

test('an address in another script is written to in the form that the DNS knows', async () => {
  await room.queue('ada@бумага.example');
  await room.pass(0);
  expect(office.taken.at(-1)?.headers.get('to')).toBe(`ada@${new URL('http://бумага.example').hostname}`);
});

test('a row without a letter holds up nothing', async () => {
  const { control } = room.storage;
  const id = await room.queue('ada@mbare.example');
  await control.write('full', [control.sql.update(mails).set({ letter: null }).where(eq(mails.id, id))]);
  const next = await room.queue('bo@mbare.example');
  await room.pass(0);
  expect(await room.row(next)).toMatchObject({ state: 'sent' });
});

test('a letter that cannot be opened holds up none behind it', async () => {
  const { control } = room.storage;
  const id = await room.queue('ada@mbare.example');
  await control.write('full', [
    control.sql
      .update(mails)
      .set({ letter: new Uint8Array(40) })
      .where(eq(mails.id, id)),
  ]);
  const next = await room.queue('bo@mbare.example');
  await room.pass(0);
  expect(await room.row(id)).toMatchObject({ state: 'failed', error: 'unreadable' });
  expect(await room.row(next)).toMatchObject({ state: 'sent' });
});
