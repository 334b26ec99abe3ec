import { afterAll, beforeAll, expect, test } from 'bun:test';
import { inArray } from 'drizzle-orm';
import { journal } from '#src/db/schema/inbox/index.ts';
import { withPage } from '../browser.ts';
import { until } from '../until.ts';
import { tryEveryInput } from './hostile-answers.ts';
import { tryEveryCommand, tryRawStdin } from './hostile-commands.ts';
import { expectEverythingKept } from './hostile-oracle.ts';
import { type HostileShop, openHostileShop } from './hostile-shop.ts';
import {
  FOREIGN_ATTRIBUTE,
  FOREIGN_ELEMENT,
  hostileTexts,
  hostileValues,
  megabyte,
} from './hostile-values.ts';
import { isLong } from './long.ts';
import { foreignInPage, foreignMarkup } from './markup.ts';
import { shuffled } from './shuffled.ts';
import { everyPlace, everySpoiling, type Spoiled, type Spoiling, spoil, webhookOf } from './spoil.ts';
import { withStored } from './stored.ts';
import { openTab } from './tab.ts';
import { kinds } from './webhook-kinds/all.ts';
import type { Kind } from './webhook-kinds/kind.ts';

const SEED = 20_261_122;
const SAMPLE = isLong ? Number.POSITIVE_INFINITY : 1_500;
const PATIENCE_MS = isLong ? 1_800_000 : 60_000;
const A_BODY = 50;
const LARGEST_BODY = 3_000_000;
/** A page that says more than 30 things at once is not listened to. */
const MOST_SAID = 15;
const LARGEST_FRAME = 16 * 1024;

let shop: HostileShop;
const spoiled: Spoiled[] = [];

beforeAll(async () => {
  shop = await openHostileShop();
}, 60_000);
afterAll(() => shop?.close());

test(
  'hostile text in every place of every webhook is acknowledged, and what comes beside it is taken in',
  async () => {
    const sample = shuffled(everySpoiling(kinds), SEED).slice(0, SAMPLE);
    await deliver([...sample, ...megabytes()]);
    await shop.takenIn();
  },
  PATIENCE_MS,
);

test(
  'every page shows it as text, and the API answers valid JSON',
  async () => {
    const { ada, api } = shop;
    const conversations = await api.conversations();
    for (const { id } of conversations) {
      const page = await ada.get(`/inbox/all/${id}`);
      expect(page.status).toBe(200);
      expect(await foreignMarkup(await page.text())).toEqual([]);
      for (const { text } of await api.messages(id)) {
        expect(text.isWellFormed() && !text.includes('\0')).toBe(true);
      }
    }
    expect(conversations.length).toBeGreaterThan(kinds.length);
  },
  PATIENCE_MS,
);

test(
  'whatever people and programs send, the answer is one of ours, and what was taken is kept as meant',
  async () => {
    const { taken, tried } = await tryEveryInput(shop, SEED);
    const commands = await tryEveryCommand(shop, SEED);
    await tryRawStdin(shop);
    expect(taken).toBeGreaterThan(hostileTexts.length);
    process.stderr.write(`hostile text: ${spoiled.length} changes, ${tried} inputs, ${commands} commands\n`);
  },
  PATIENCE_MS,
);

test(
  'a browser shows it as text, while it arrives and when it is loaded',
  async () => {
    const { ada, api, install, phoneOf } = shop;
    const shown = kinds.filter(({ is }) => is === 'message');
    const markup = everySpoiling(shown).filter(
      ({ hostile, as }) => as === 'value' && hostile.text?.includes('<'),
    );
    const ids = new Map((await api.conversations()).map(({ id, contact }) => [contact.phone, id]));
    const pathTo = (kind: Kind) => `/inbox/all/${ids.get(`+${phoneOf(kind)}`)}`;
    const [text] = shown;
    await withPage({ url: install.url, cookie: ada.cookie ?? '' }, async (page) => {
      const foreign = () =>
        page.evaluate(foreignInPage, [FOREIGN_ELEMENT, FOREIGN_ATTRIBUTE] as [string, string]);
      await page.goto(text ? pathTo(text) : '/');
      await deliver(shuffled(markup, SEED).slice(0, 300));
      await install.simulator
        .customer(`+${text && phoneOf(text)}`)
        .say(install.number.phoneNumberId, 'that was all');
      await page.getByText('that was all').first().waitFor();
      expect(await foreign()).toEqual([]);
      const visited = isLong ? shown : shuffled(shown, SEED).slice(0, 8);
      for (const path of [...visited.map(pathTo), '/inbox/all', '/settings/journal']) {
        await page.goto(path);
        expect(await foreign()).toEqual([]);
      }
    });
  },
  PATIENCE_MS,
);

test(
  'whatever a page says over its socket, the socket stays and goes on telling',
  async () => {
    const { ada, install } = shop;
    const tab = await openTab(install.url, ada.cookie ?? '');
    for (const { json, raw } of [...hostileTexts, ...hostileValues].slice(0, MOST_SAID)) {
      tab.say(`{"do":"open","conversation":${json},"seen":${json}}`);
      tab.say(new Uint8Array(raw.subarray(0, LARGEST_FRAME)));
    }
    await install.simulator.customer('+263787777777').say(install.number.phoneNumberId, 'after all that');
    await until('the push', async () => tab.heard().includes('after all that'));
    expect(tab.isOpen()).toBe(true);
    tab.close();
  },
  PATIENCE_MS,
);

test(
  'what could not be understood is listed in the journal, all of it, and the program has never ended',
  async () => {
    const listed = await journalPages();
    expect(await shop.server.end('SIGTERM')).toBe(0);
    await withStored(shop.install, async (stored) => {
      await expectEverythingKept(stored, spoiled);
      const failed = await stored.inbox.sql
        .select({ id: journal.id })
        .from(journal)
        .where(inArray(journal.state, ['failed', 'partly']));
      expect(listed.sort()).toEqual(failed.map(({ id }) => id).sort());
    });
    expect(errorsIn(shop.server.stderr())).toEqual([]);
  },
  PATIENCE_MS,
);

/** Many changes a body, as Meta packs them. */
async function deliver(spoilings: readonly Spoiling[]): Promise<void> {
  const { install, phoneOf, answerTo } = shop;
  const { phoneNumberId, wabaId } = install.number;
  const fresh = spoilings.map((spoiling, place) => {
    const { kind } = spoiling;
    const named = { phoneNumberId, earlier: answerTo(kind), phone: phoneOf(kind) };
    return spoil(spoiling, named, spoiled.length + place);
  });
  spoiled.push(...fresh);
  for (const changes of bodies(fresh)) {
    const body = webhookOf(
      wabaId,
      changes.map(({ bytes }) => bytes),
    );
    const answer = await install.simulator.deliver(phoneNumberId, body, { retry: false });
    expect(answer.status).toBe(200);
  }
}

function bodies(all: readonly Spoiled[]): Spoiled[][] {
  const packed: Spoiled[][] = [];
  let size = Number.POSITIVE_INFINITY;
  for (const one of all) {
    if (size + one.bytes.length > LARGEST_BODY || (packed.at(-1)?.length ?? 0) >= A_BODY) {
      packed.push([]);
      size = 0;
    }
    packed.at(-1)?.push(one);
    size += one.bytes.length;
  }
  return packed;
}

/** A megabyte once for every name that a place has anywhere; a few of them in the short form. */
function megabytes(): Spoiling[] {
  const byName = new Map(everyPlace(kinds).map((place) => [place.path.at(-1), place]));
  const places = [...byName.values()].filter(({ path }) => typeof path.at(-1) === 'string');
  const chosen = isLong ? places : shuffled(places, SEED).slice(0, 6);
  return chosen.map((place) => ({ ...place, as: 'value', hostile: megabyte }));
}

/** The ids of all changes that the journal page lists. */
async function journalPages(): Promise<number[]> {
  const ids: number[] = [];
  let path: string | undefined = '/settings/journal';
  while (path !== undefined) {
    const html = await (await shop.ada.get(path)).text();
    expect(await foreignMarkup(html)).toEqual([]);
    ids.push(...[...html.matchAll(/id="change-(\d+)"/g)].map(([, id]) => Number(id)));
    path = /href="(\/settings\/journal\?cursor=\d+)"/.exec(html)?.[1];
  }
  return ids;
}

function errorsIn(log: string): string[] {
  return log.split('\n').filter((line) => line.startsWith('{') && JSON.parse(line).level >= 50);
}
