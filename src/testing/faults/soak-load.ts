import { setTimeout as pause } from 'node:timers/promises';
import { createRandom } from './shuffled.ts';
import type { Shop, SoakWorld } from './soak-world.ts';
import { openTab, type Tab } from './tab.ts';

export type SoakLoad = {
  /** Webhooks that were answered 200. */
  webhooks(): number;
  /** Everything else that was asked and answered. */
  others(): number;
  /** Resolves when nothing is under way any more; throws what went wrong. */
  stop(): Promise<void>;
};

/** Milliseconds between two of a kind. */
const EVERY = { webhook: 10, page: 100, reply: 200, draft: 200, change: 250, tab: 400, search: 1_000 };
/** What a slow machine has not done yet is not piled up behind it. */
const MOST_UNDER_WAY = 40;
/** So long the same shops are busy; then others are, and theirs are opened. */
const SPELL_MS = 2_000;
const BUSY_SHOPS = 3;
const MOST_TABS = 20;

/** Everything that goes on in an inbox at once, for as long as it is let. */
export function startSoakLoad({ install, shops }: SoakWorld, seed: number): SoakLoad {
  const random = createRandom(seed);
  const underWay = new Set<Promise<void>>();
  const failures: unknown[] = [];
  const tabs: Tab[] = [];
  let busy: Shop[] = [];
  const over = new AbortController();
  let webhooks = 0;
  let others = 0;

  const pick = <T>(list: readonly T[]): T => {
    const found = list[Math.floor(random() * list.length)];
    if (found === undefined) {
      throw new Error('There is nothing to pick from');
    }
    return found;
  };
  /** Now and then a shop that is closed, so that it has to be opened for one thing alone. */
  const shop = () => (random() < 0.98 ? pick(busy) : pick(shops));

  async function write(): Promise<void> {
    const { customers, number, received } = shop();
    const text = `Is number ${webhooks} in? ${'Cement, bricks and more. '.repeat(Math.floor(random() * 8))}`;
    received.add(await pick(customers).say(number.phoneNumberId, text, { retry: false }));
    webhooks += 1;
  }

  async function reply(): Promise<void> {
    const { api, conversations, written } = shop();
    const text = `Yes, ${crypto.randomUUID()}`;
    const status = await api.send(pick(conversations).id, text, text);
    if (status !== 202) {
      throw new Error(`A reply was answered ${status}`);
    }
    written.add(text);
  }

  async function look(): Promise<void> {
    const { owner, conversations, api } = shop();
    const { id } = pick(conversations);
    const path = pick([
      '/inbox/mine',
      '/inbox/all',
      '/inbox/closed',
      `/inbox/all/${id}`,
      `/inbox/all/${id}/contact`,
    ]);
    await expectStatus(await owner.get(path), 200);
    if (random() < 0.2) {
      // No more than that: what is asked for must not grow with what was written.
      await api.newestMessages(id);
    }
  }

  async function draft(): Promise<void> {
    const { owner, conversations } = shop();
    const fields = { text: `I think ${random()}`, key: crypto.randomUUID(), revision: '0' };
    // 409 says that it was written elsewhere meanwhile, which it was.
    await expectStatus(
      await owner.post(`/conversations/${pick(conversations).id}/draft`, fields, {
        accept: 'application/json',
      }),
      200,
      409,
    );
  }

  async function change(): Promise<void> {
    const { owner, ownerId, conversations } = shop();
    const path = `/conversations/${pick(conversations).id}`;
    const [verb, fields] = pick<[string, Record<string, string>]>([
      ['assignment', { assignee: String(ownerId) }],
      ['assignment', { assignee: '' }],
      ['closure', {}],
      ['reopening', {}],
      ['waiver', {}],
    ]);
    await expectStatus(await owner.post(`${path}/${verb}`, { ...fields, back: 'all' }), 303);
  }

  async function comeAndGo(): Promise<void> {
    if (tabs.length < MOST_TABS && random() < 0.6) {
      const { owner, conversations } = pick(busy);
      tabs.push(await openTab(install.url, owner.cookie ?? '', pick(conversations).id));
    } else {
      tabs.splice(Math.floor(random() * tabs.length), 1).forEach((tab) => void tab.close());
    }
  }

  async function search(): Promise<void> {
    const { owner } = shop();
    // Where the product has no search yet there is nothing to find at this address.
    await expectStatus(await owner.get('/search?q=cement'), 200, 404);
  }

  async function carryOut(work: () => Promise<void>): Promise<void> {
    try {
      await work();
      others += 1;
    } catch (error) {
      failures.push(error);
    }
  }

  /** Ends at once when it is over. */
  const rest = (ms: number) => pause(ms, undefined, { signal: over.signal }).catch(() => {});

  async function every(ms: number, work: () => Promise<void>): Promise<void> {
    for (
      let next = performance.now();
      !over.signal.aborted;
      next = Math.max(next + ms, performance.now() - 1_000)
    ) {
      await rest(Math.max(0, next - performance.now()));
      if (underWay.size < MOST_UNDER_WAY && !over.signal.aborted) {
        const tracked = carryOut(work).finally(() => underWay.delete(tracked));
        underWay.add(tracked);
      }
    }
  }

  async function moveOn(): Promise<void> {
    while (!over.signal.aborted) {
      busy = Array.from({ length: BUSY_SHOPS }, () => pick(shops));
      await rest(SPELL_MS);
    }
  }

  const running = [
    moveOn(),
    every(EVERY.webhook, write),
    every(EVERY.reply, reply),
    every(EVERY.page, look),
    every(EVERY.draft, draft),
    every(EVERY.change, change),
    every(EVERY.tab, comeAndGo),
    every(EVERY.search, search),
  ];

  return {
    webhooks: () => webhooks,
    others: () => others - webhooks,
    async stop() {
      over.abort();
      await Promise.all(running);
      await Promise.all(underWay);
      for (const tab of tabs) {
        tab.close();
      }
      if (failures.length > 0) {
        throw new AggregateError(failures, `${failures.length} things failed, the first: ${failures[0]}`);
      }
    },
  };
}

async function expectStatus(response: Response, ...wanted: number[]): Promise<void> {
  await response.arrayBuffer();
  if (!wanted.includes(response.status)) {
    throw new Error(`${response.url} answered ${response.status}`);
  }
}
