import { afterAll, beforeAll, expect, test } from 'bun:test';
import fc from 'fast-check';
import { contacts, conversations, journal, messages } from '#src/db/schema/inbox/index.ts';
import { bakery, openWebhookBench, text, type WebhookBench, webhookBody } from './testing.ts';

let bench: WebhookBench;
let serial = 0;

beforeAll(async () => {
  bench = await openWebhookBench([bakery]);
});
afterAll(() => bench.close());

const hostile = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.constantFrom(
    '<script>alert(1)</script>',
    '"><img src=x onerror=alert(1)>',
    "'; drop table messages; --",
    '\u202e\u2066txt.exe\u2069',
    'half \ud800 a pair \udc00',
    'before\0after',
    '\ud83d',
    '{{constructor.constructor("return process")()}}',
    '__proto__',
    '\uffff\ufffe\u0000\u001b[2J',
    'é'.repeat(65_536),
    'x'.repeat(65_536),
  ),
);

const expected = (given: string) => given.toWellFormed().replaceAll('\0', '');

test('hostile text goes in, comes out as it was meant, and breaks neither statement nor process', async () => {
  const { sql } = await bench.inbox(bakery);
  const sent = new Map<string, string>();
  await fc.assert(
    fc.asyncProperty(hostile, hostile, hostile, async (body, name, odd) => {
      serial += 1;
      const wamid = `wamid.${serial}`;
      const from = { from: String(263770000000 + serial), from_user_id: `ZW.${serial}` };
      const value = text(wamid, body, { from, context: { id: odd }, [odd.slice(0, 20)]: odd });
      const contact = { ...value.contacts[0], profile: { name, username: odd } };
      const answer = await bench.post(webhookBody(bakery, { ...value, contacts: [contact] }));
      expect(answer.status).toBe(200);
      sent.set(wamid, body);
    }),
    { numRuns: 150 },
  );
  await bench.settled();
  const rows = await sql.select().from(messages);
  expect(rows).toHaveLength(sent.size);
  for (const row of rows) {
    const body = expected(sent.get(row.wamid ?? '') ?? '');
    expect(row.type === 'text' ? row.text : body).toBe(body);
    expect(() => JSON.parse(row.content)).not.toThrow();
  }
  for (const { name } of await sql.select().from(contacts)) {
    expect(name.isWellFormed()).toBe(true);
  }
  for (const { snippet } of await sql.select().from(conversations)) {
    expect(snippet.length).toBeLessThanOrEqual(160);
    expect(snippet.isWellFormed()).toBe(true);
  }
  expect((await sql.select().from(journal)).map((row) => row.state)).not.toContain('failed');
});

test('a whole change of noise, in every place, is kept and breaks nothing', async () => {
  const noise = fc.jsonValue({ maxDepth: 4 });
  await fc.assert(
    fc.asyncProperty(noise, noise, noise, async (one, two, three) => {
      const value = { contacts: one, messages: [two, three], statuses: [three, one], errors: two };
      expect((await bench.post(webhookBody(bakery, value))).status).toBe(200);
      expect(
        (
          await bench.post(
            JSON.stringify({ entry: [{ id: bakery.wabaId, changes: [one, { field: two, value: three }] }] }),
          )
        ).status,
      ).toBe(200);
    }),
    { numRuns: 100 },
  );
  serial += 1;
  await bench.post(webhookBody(bakery, text(`wamid.${serial}`, 'still here')));
  await bench.settled();
  const { sql } = await bench.inbox(bakery);
  const rows = await sql.select().from(messages);
  expect(rows.some((row) => row.wamid === `wamid.${serial}`)).toBe(true);
  expect((await sql.select().from(journal)).some((row) => row.state === 'pending')).toBe(false);
});
