import { afterAll, beforeAll, expect, test } from 'bun:test';
import { ne } from 'drizzle-orm';
import { journal } from '#src/db/schema/inbox/index.ts';
import type { SimulatedNumber } from '#src/simulator/simulator.ts';
import type { Client } from '../client.ts';
import { people } from '../people.ts';
import type { ServerProcess } from '../server-process.ts';
import { until } from '../until.ts';
import { type ApiClient, apiClient } from './api-client.ts';
import { expectEverythingKept } from './hostile-oracle.ts';
import { megabyte } from './hostile-values.ts';
import { type Install, openInstall } from './install.ts';
import { isLong } from './long.ts';
import { foreignMarkup } from './markup.ts';
import { shuffled } from './shuffled.ts';
import { signIn } from './sign-in.ts';
import { everyPlace, everySpoiling, type Spoiled, type Spoiling, spoil, webhookOf } from './spoil.ts';
import { withStored } from './stored.ts';
import { kinds } from './webhook-kinds/all.ts';

const SEED = 20_261_122;
const SAMPLE = isLong ? Number.POSITIVE_INFINITY : 1_500;
const A_BODY = 50;

let install: Install;
let server: ServerProcess;
let number: SimulatedNumber;
let api: ApiClient;
let ada: Client;
const spoiled: Spoiled[] = [];

beforeAll(async () => {
  install = await openInstall();
  server = await install.start();
  ({ number } = install);
  api = apiClient(install);
  ada = await signIn(install.url, people.ada);
}, 60_000);
afterAll(() => install?.close());

test(
  'hostile text in every place of every webhook is acknowledged, and what comes beside it is taken in',
  async () => {
    const earlier = await meetEverybody();
    const sample = shuffled(everySpoiling(kinds), SEED).slice(0, SAMPLE);
    for (const [place, spoiling] of [...sample, ...megabytes()].entries()) {
      const phone = phoneOf(spoiling);
      const named = { phoneNumberId: number.phoneNumberId, earlier: earlier.get(phone) ?? '', phone };
      spoiled.push(spoil(spoiling, named, place));
    }
    for (const changes of bodies(spoiled)) {
      const answer = await install.simulator.deliver(
        number.phoneNumberId,
        webhookOf(
          number.wabaId,
          changes.map(({ bytes }) => bytes),
        ),
        { retry: false },
      );
      expect(answer.status).toBe(200);
    }
    await takenIn();
  },
  isLong ? 1_800_000 : 60_000,
);

test('every page shows it as text, and the API answers valid JSON', async () => {
  const conversations = await api.conversations();
  for (const { id } of conversations) {
    const page = await ada.get(`/inbox/all/${id}`);
    expect(page.status).toBe(200);
    expect(await foreignMarkup(await page.text())).toEqual([]);
    for (const { text } of await api.messages(id)) {
      expect(text.isWellFormed() && !text.includes('\0')).toBe(true);
    }
  }
  expect(conversations.length).toBeGreaterThan(kinds.length / 2);
}, 600_000);

test('what could not be understood is listed in the journal, all of it', async () => {
  const listed = await journalPages();
  expect(await server.end('SIGTERM')).toBe(0);
  await withStored(install, async (stored) => {
    await expectEverythingKept(stored, spoiled);
    const failed = await stored.inbox.sql
      .select({ id: journal.id })
      .from(journal)
      .where(ne(journal.state, 'done'));
    expect(listed.sort()).toEqual(failed.map(({ id }) => id).sort());
  });
}, 600_000);

test('nothing of it was an error of ours', () => {
  expect(errorsIn(server.stderr())).toEqual([]);
});

/** One customer for each kind, who has an answer to quote, to react to and to hear about. By phone, its wamid. */
async function meetEverybody(): Promise<Map<string, string>> {
  const phones = kinds.map((_, place) => `26378${String(place).padStart(7, '0')}`);
  for (const phone of phones) {
    await install.simulator.customer(`+${phone}`).say(number.phoneNumberId, 'hello');
  }
  const conversations = await until('everybody’s conversation', async () => {
    const found = await api.conversations();
    return found.length === phones.length && found;
  });
  for (const { id } of conversations) {
    expect(await api.send(id, 'an answer', `answer-${id}`)).toBe(202);
  }
  const wamids = conversations.map(async ({ id, contact }) => {
    const wamid = await until('the answer’s id', async () => (await api.messages(id))[0]?.wamid);
    return [contact.phone?.slice(1) ?? '', wamid] as const;
  });
  return new Map(await Promise.all(wamids));
}

function phoneOf({ kind }: Spoiling): string {
  return `26378${String(kinds.indexOf(kind)).padStart(7, '0')}`;
}

/** A megabyte once for every name that a text has anywhere; a few of them in the short form. */
function megabytes(): Spoiling[] {
  const byName = new Map(everyPlace(kinds).map((place) => [place.path.at(-1), place]));
  const places = [...byName.values()].filter(({ path }) => typeof path.at(-1) === 'string');
  return (isLong ? places : shuffled(places, SEED).slice(0, 6)).map((place) => ({
    ...place,
    as: 'value',
    hostile: megabyte,
  }));
}

/** Packed as Meta does, and never beyond what it sends at once. */
function bodies(all: readonly Spoiled[]): Spoiled[][] {
  const packed: Spoiled[][] = [];
  let size = Number.POSITIVE_INFINITY;
  for (const one of all) {
    if (size + one.bytes.length > 3_000_000 || (packed.at(-1)?.length ?? 0) >= A_BODY) {
      packed.push([]);
      size = 0;
    }
    packed.at(-1)?.push(one);
    size += one.bytes.length;
  }
  return packed;
}

/** The journal is taken in as it came: when the last message is there, all before it were looked at. */
async function takenIn(): Promise<void> {
  await install.simulator.customer('+263788888888').say(number.phoneNumberId, 'the last one');
  await until('the last message', async () => {
    const [newest] = await api.conversations();
    return newest && (await api.messages(newest.id)).some(({ text }) => text === 'the last one');
  });
}

/** The ids of all changes that the journal page lists. */
async function journalPages(): Promise<number[]> {
  const ids: number[] = [];
  let path: string | undefined = '/settings/journal';
  while (path !== undefined) {
    const html = await (await ada.get(path)).text();
    expect(await foreignMarkup(html)).toEqual([]);
    ids.push(...[...html.matchAll(/id="change-(\d+)"/g)].map(([, id]) => Number(id)));
    path = /href="(\/settings\/journal\?cursor=\d+)"/.exec(html)?.[1];
  }
  return ids;
}

function errorsIn(log: string): string[] {
  return log.split('\n').filter((line) => line.startsWith('{') && JSON.parse(line).level >= 50);
}
