import { afterAll, beforeAll, beforeEach, expect, test } from 'bun:test';
import { readFileSync } from 'node:fs';
import { eq } from 'drizzle-orm';
import { templateSyncs, templates } from '#src/db/schema/inbox/index.ts';
import { type Box, openBox } from '#src/testing/box.ts';
import { syncAllSoon } from './sync.ts';

/** 17 digits, which no number holds. */
const ID = '12345678901234567';
let clock = Date.UTC(2026, 10, 20, 12);
let box: Box;

beforeAll(async () => {
  box = await openBox({ now: () => clock });
});
afterAll(() => box.close());
beforeEach(async () => {
  clock += 60 * 60_000;
  box.simulator.trouble.clear();
  box.simulator.templates.remove(box.number.wabaId, 'roof_ready');
  box.simulator.templates.add(box.number.wabaId, {
    id: ID,
    name: 'roof_ready',
    language: 'en_US',
    quality: 'GREEN',
    components: [{ type: 'BODY', text: 'Your roof is ready.' }],
  });
  await box.inbox((inbox) => syncAllSoon(inbox, clock));
  await read();
  clock += 60 * 60_000;
});

async function read(): Promise<void> {
  box.services.templates.poke(box.accountId);
  await box.services.templates.idle();
}

/** As the bytes stand in its file: parsing would round the id. */
async function tell(body: string, field: string, change: (text: string) => string = (text) => text) {
  const value = change(
    readFileSync(new URL(`../whatsapp/bodies/fields/${body}.json`, import.meta.url), 'utf8'),
  );
  const time = Math.floor(clock / 1000);
  const entry = `{"id":"${box.number.wabaId}","time":${time},"changes":[{"field":"${field}","value":${value}}]}`;
  const bytes = new TextEncoder().encode(`{"object":"whatsapp_business_account","entry":[${entry}]}`);
  await box.simulator.deliver(box.number.phoneNumberId, bytes);
  await box.settled();
  await box.services.templates.idle();
}
const row = () =>
  box.inbox(async ({ sql }) => (await sql.select().from(templates).where(eq(templates.id, ID)))[0]);
/** Meta's list is out of reach, so that only what the webhook says can show. */
const loseList = () => box.simulator.trouble.httpError(503, 20, { on: 'other' });

const STATUS = 'message_template_status_update';
const cases: [string, string, object][] = [
  [`${STATUS}-paused`, STATUS, { status: 'PAUSED', rejectedReason: null }],
  [`${STATUS}-rejected`, STATUS, { status: 'REJECTED', rejectedReason: expect.any(String) }],
  [`${STATUS}-disabled`, STATUS, { status: 'DISABLED' }],
  [`${STATUS}-approved`, STATUS, { status: 'APPROVED' }],
  [
    'message_template_quality_update',
    'message_template_quality_update',
    { quality: 'YELLOW', status: 'APPROVED' },
  ],
  [
    'template_category_update-done',
    'template_category_update',
    { category: 'MARKETING', previousCategory: 'UTILITY', correctCategory: null },
  ],
];
test.each(cases)(
  '%s changes the template at once, and has the list read again',
  async (body, field, after) => {
    loseList();
    const before = box.simulator.requests.length;
    await tell(body, field);
    expect(await row()).toMatchObject(after);
    const asked = box.simulator.requests.slice(before);
    expect(asked.some(({ path }) => path.endsWith('/message_templates'))).toBe(true);
  },
);

test('a move that Meta announces is told of, and happens with its second word', async () => {
  loseList();
  const tomorrow = String(Math.floor(clock / 1000) + 24 * 60 * 60);
  await tell('template_category_update-announced', 'template_category_update', (text) =>
    text.replace(/"category_update_timestamp": \d+/, `"category_update_timestamp": ${tomorrow}`),
  );
  expect(await row()).toMatchObject({ category: 'UTILITY', correctCategory: 'MARKETING' });
  await tell('template_category_update-done', 'template_category_update');
  expect(await row()).toMatchObject({ category: 'MARKETING', correctCategory: null });
});

test('a warning leaves a template as it can be sent', async () => {
  loseList();
  await tell(`${STATUS}-paused`, STATUS, (text) => text.replace('"PAUSED"', '"FLAGGED"'));
  expect(await row()).toMatchObject({ status: 'APPROVED' });
});

test('what the list says afterwards counts, also over a webhook that came late', async () => {
  await tell(`${STATUS}-paused`, STATUS);
  expect(await row()).toMatchObject({ status: 'APPROVED' });

  loseList();
  await box.inbox((inbox) =>
    inbox.write('normal', [inbox.sql.update(templates).set({ syncedAt: clock + 3_600_000 })]),
  );
  await tell(`${STATUS}-paused`, STATUS);
  expect(await row()).toMatchObject({ status: 'APPROVED' });
});

test('while the list cannot be read, it is asked for once a minute at most, however much is said', async () => {
  loseList();
  const asked = () => box.simulator.requests.filter(({ path }) => path.endsWith('/message_templates')).length;
  const quality = () => tell('message_template_quality_update', 'message_template_quality_update');
  await quality();
  const before = asked();
  for (let n = 0; n < 4; n++) {
    clock += 10_000;
    await quality();
  }
  expect(asked()).toBe(before);
});

test('what is said within a minute of a reading is read together, at its end', async () => {
  const readings = () =>
    box.simulator.requests.filter(({ path }) => path.endsWith('/message_templates')).length;
  const quality = () => tell('message_template_quality_update', 'message_template_quality_update');
  await quality();
  const before = readings();
  for (let n = 0; n < 3; n++) {
    clock += 10_000;
    await quality();
  }
  expect(readings()).toBe(before);
  expect(await row()).toMatchObject({ quality: 'YELLOW' });

  clock += 30_000;
  await read();
  expect(readings()).toBe(before + 1);
  expect(await row()).toMatchObject({ quality: 'GREEN' });
});

test('a changed text, and a template that is new, come with the list', async () => {
  box.simulator.templates.add(box.number.wabaId, {
    name: 'roof_ready',
    language: 'en_US',
    components: [{ type: 'BODY', text: 'Your new roof is ready.' }],
  });
  await tell('message_template_components_update', 'message_template_components_update');
  expect((await row())?.components).toContain('Your new roof');
  const [sync] = await box.inbox(({ sql }) => sql.select().from(templateSyncs));
  expect(sync).toMatchObject({ error: null, syncedAt: clock });
});

test('what is said of a template five times is done once', async () => {
  loseList();
  for (let n = 0; n < 5; n++) {
    await tell('template_category_update-done', 'template_category_update');
  }
  expect(await row()).toMatchObject({ category: 'MARKETING', previousCategory: 'UTILITY' });
});
