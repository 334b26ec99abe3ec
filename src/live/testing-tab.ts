import type { ServedShop } from '#src/conversations/testing-server.ts';

/** What a socket gets. The first one only says that it has joined. */
export type Push = { n: string; content?: string; resync?: boolean; joined?: boolean; tell?: unknown };

/** A tab as a page opens it: what it got, what it still waits for, and how it ended. */
export type Tab = {
  /** The next push, in order, also if it came before. */
  next(): Promise<Push>;
  /** The next push whose content matches; those before it are dropped. */
  nextWith(part: RegExp): Promise<string>;
  /** What came and was not yet taken. */
  rest(): Push[];
  say(message: unknown): void;
  closed: Promise<number>;
  /** It has joined its topics. */
  joined: Promise<Push>;
  close(): void;
};

export type TabOptions = { conversation?: number; seen?: string; headers?: Record<string, string> };

type Served = Pick<ServedShop, 'url' | 'accountId'> & {
  services: { live: Pick<ServedShop['services']['live'], 'position'> };
};

export function openTab(shop: Served, cookie: string, options: TabOptions = {}): Tab {
  const query = new URLSearchParams();
  query.set('seen', options.seen ?? shop.services.live.position(shop.accountId));
  if (options.conversation) {
    query.set('conversation', String(options.conversation));
  }
  const address = `${shop.url.replace('http', 'ws')}/live?${query}`;
  const headers = { origin: shop.url, cookie, ...options.headers };
  // The types of the DOM are in force, where a page cannot choose its headers.
  const socket: WebSocket = Reflect.construct(WebSocket, [address, { headers }]);
  const queue: Push[] = [];
  const waiting: ((push: Push) => void)[] = [];
  const closed = Promise.withResolvers<number>();

  socket.addEventListener('message', ({ data }) => {
    const push: Push = JSON.parse(String(data));
    const taker = waiting.shift();
    if (taker) {
      taker(push);
    } else {
      queue.push(push);
    }
  });
  socket.addEventListener('close', ({ code }) => closed.resolve(code));

  const next = (): Promise<Push> => {
    const here = queue.shift();
    return here ? Promise.resolve(here) : new Promise((take) => waiting.push(take));
  };
  const joined = next();
  return {
    joined,
    next,
    async nextWith(part) {
      for (;;) {
        const { content = '' } = await next();
        if (part.test(content)) {
          return content;
        }
      }
    },
    rest: () => queue.splice(0),
    say: (message) => socket.send(typeof message === 'string' ? message : JSON.stringify(message)),
    closed: closed.promise,
    close: () => socket.close(),
  };
}
