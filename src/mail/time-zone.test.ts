import { afterAll, beforeAll, expect, test } from 'bun:test';
import { eq } from 'drizzle-orm';
import { accounts, memberships, users } from '#src/db/schema/control.ts';
import { openTestStorage, type TestStorage } from '#src/testing/storage.ts';
import { timeZoneFor } from './time-zone.ts';

const ADA = 1;
const HARARE = 10;
const LIMA = 20;
let storage: TestStorage;

beforeAll(async () => {
  storage = await openTestStorage();
  const { control } = storage;
  const account = { businessName: 'Shop', state: 'active', stateAt: 0, createdAt: 0 } as const;
  await control.write('full', [
    control.sql.insert(accounts).values({ ...account, id: HARARE, name: 'One', timeZone: 'Africa/Harare' }),
    control.sql.insert(accounts).values({ ...account, id: LIMA, name: 'Two', timeZone: 'America/Lima' }),
    control.sql.insert(users).values({ id: ADA, email: 'ada@mbare.example', name: 'Ada', createdAt: 0 }),
    control.sql.insert(memberships).values({ userId: ADA, accountId: HARARE, state: 'active' }),
  ]);
});
afterAll(() => storage.close());

const zone = (recipient: string, accountId: number | null = null) =>
  timeZoneFor(storage.control, { recipient, accountId });

const set = (timeZone: string | null) =>
  storage.control.write('full', [
    storage.control.sql.update(users).set({ timeZone }).where(eq(users.id, ADA)),
  ]);

test('a letter stands on the clock of the account it is about, else on that of its reader’s', async () => {
  expect(await zone('ada@mbare.example')).toBe('Africa/Harare');
  expect(await zone('ada@mbare.example', LIMA)).toBe('America/Lima');
  expect(await zone('somebody@elsewhere.example', LIMA)).toBe('America/Lima');
  expect(await zone('somebody@elsewhere.example')).toBe('UTC');
});

test('a clock of the reader’s own comes first, if there is such a one', async () => {
  await set('Asia/Tokyo');
  expect(await zone('ada@mbare.example', LIMA)).toBe('Asia/Tokyo');
  await set('Mars/Olympus');
  expect(await zone('ada@mbare.example', LIMA)).toBe('America/Lima');
  await set(null);
});
