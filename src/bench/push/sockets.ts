import { setTimeout as pause } from 'node:timers/promises';
import { answerOrders } from '../answer-orders.ts';
import { exactNow, quantile } from '../load/figures.ts';
import { NUMBERED } from '../load/requests.ts';
import type { WatchAnswer, WatchOrder } from './watch.ts';

// Agents' browsers as the server sees them: a process with many sockets, each opened as the page's script opens its
// own, that notes when each message comes. It shares nothing with what it measures but the machine.

const AT_ONCE = 20;
const BEAT_MS = 10;
const PATIENCE_MS = 10_000;

const seen: Map<number, number>[] = [];
let closed = 0;
let resyncs = 0;
const lateness: number[] = [];

answerOrders<WatchOrder, WatchAnswer>(async (order) => {
  if (order.kind === 'open') {
    await openAll(order);
    watchOwnDelay();
    return { kind: 'opened' };
  }
  await untilAllCame(order.messages);
  const rows = seen.map((times) => Array.from({ length: order.messages }, (_, n) => times.get(n) ?? 0));
  return {
    kind: 'report',
    seen: rows,
    closed,
    resyncs,
    lateP99: quantile(Float64Array.from(lateness), 0.99),
  };
});

type Opening = Extract<WatchOrder, { kind: 'open' }>;

async function openAll({ url, cookies, sockets, conversations }: Opening): Promise<void> {
  for (let from = 0; from < sockets; from += AT_ONCE) {
    const some = Array.from({ length: Math.min(AT_ONCE, sockets - from) }, (_, index) => from + index);
    await Promise.all(
      some.map((index) => {
        const cookie = cookies[index % cookies.length] ?? '';
        return openOne(url, cookie, conversations[index]);
      }),
    );
  }
}

/** Loads the page that the agent looks at, and joins from its position on. */
async function openOne(url: string, cookie: string, conversation: number | undefined): Promise<void> {
  const path = conversation === undefined ? '/inbox/all' : `/inbox/all/${conversation}`;
  const page = await fetch(`${url}${path}`, { headers: { cookie }, redirect: 'manual' });
  const position = /data-live="([^"]+)"/.exec(await page.text())?.[1];
  if (position === undefined) {
    throw new Error(`${path} answered ${page.status} and no inbox`);
  }
  const query = new URLSearchParams({ seen: position });
  if (conversation !== undefined) {
    query.set('conversation', String(conversation));
  }
  const times = new Map<number, number>();
  seen.push(times);
  const joined = Promise.withResolvers<void>();
  const address = `${url.replace('http', 'ws')}/live?${query}`;
  // The types of the DOM are in force, where a page cannot choose its headers.
  const socket: WebSocket = Reflect.construct(WebSocket, [address, { headers: { origin: url, cookie } }]);
  socket.addEventListener('message', ({ data }) => {
    const at = exactNow();
    resyncs += String(data).includes('"resync":true') ? 1 : 0;
    for (const [, n] of String(data).matchAll(NUMBERED)) {
      const number = Number(n);
      if (!times.has(number)) {
        times.set(number, at);
      }
    }
    joined.resolve();
  });
  socket.addEventListener('close', ({ code }) => {
    closed += 1;
    joined.reject(new Error(`A socket was closed with ${code}.`));
  });
  await joined.promise;
}

async function untilAllCame(messages: number): Promise<void> {
  const deadline = performance.now() + PATIENCE_MS;
  while (performance.now() < deadline && seen.some((times) => times.size < messages)) {
    await pause(BEAT_MS);
  }
}

/** How late this process itself comes to what it has to do: it bounds what the times can be trusted for. */
function watchOwnDelay(): void {
  let due = performance.now() + BEAT_MS;
  setInterval(() => {
    const now = performance.now();
    lateness.push(Math.max(0, now - due));
    due = now + BEAT_MS;
  }, BEAT_MS);
}
