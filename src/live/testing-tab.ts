import type { ServedShop } from '#src/conversations/testing-server.ts';

/** What a socket gets. The first one only says that it has joined. */
export type Push = { n: string; content?: string; resync?: boolean; joined?: boolean; tell?: unknown };

/**
 * A tab as a page opens it: what it got, what it still waits for, and how it ended. Counts come by a clock of their own,
 * between whatever else comes, and are taken apart from it.
 */
export type Tab = {
  /** The next push, in order, also if it came before. */
  next(): Promise<Push>;
  /** The next push whose content matches; those before it are dropped. */
  nextWith(part: RegExp): Promise<string>;
  /** What came and was not yet taken. */
  rest(): Push[];
  /** The next counts that match; those before them are dropped. */
  nextCounts(part: RegExp): Promise<string>;
  /** Takes the counts that came and were not yet taken: how many they are. */
  takeCounts(): number;
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
  const [pushes, counts] = [createLine(), createLine()];
  const closed = Promise.withResolvers<number>();

  socket.addEventListener('message', ({ data }) => {
    const push: Push = JSON.parse(String(data));
    (push.content?.startsWith('<hx-partial hx-target="#count-') ? counts : pushes).put(push);
  });
  socket.addEventListener('close', ({ code }) => closed.resolve(code));

  const joined = pushes.next();
  return {
    joined,
    next: pushes.next,
    nextWith: pushes.nextWith,
    rest: pushes.rest,
    nextCounts: counts.nextWith,
    takeCounts: () => counts.rest().length,
    say: (message) => socket.send(typeof message === 'string' ? message : JSON.stringify(message)),
    closed: closed.promise,
    close: () => socket.close(),
  };
}

/** What came, in order, and who waits for it. */
function createLine() {
  const queue: Push[] = [];
  const waiting: ((push: Push) => void)[] = [];
  const next = (): Promise<Push> => {
    const here = queue.shift();
    return here ? Promise.resolve(here) : new Promise((take) => waiting.push(take));
  };
  return {
    next,
    put(push: Push): void {
      const taker = waiting.shift();
      if (taker) {
        taker(push);
      } else {
        queue.push(push);
      }
    },
    async nextWith(part: RegExp): Promise<string> {
      for (;;) {
        const { content = '' } = await next();
        if (part.test(content)) {
          return content;
        }
      }
    },
    rest: (): Push[] => queue.splice(0),
  };
}
