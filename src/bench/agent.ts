import type { Client } from '#src/testing/client.ts';
import { exactNow } from './load/figures.ts';
import type { Undoing } from './undoing.ts';

/** An agent's inbox page without its browser: signed in, and with its socket open. */
export type Agent = {
  /** Resolves with when it came (ms since 1970), once what reaches the page holds these words. */
  sees(words: string): Promise<number>;
  /** How many times the page was told that it had missed too much, and fetched its list anew. */
  resyncs(): number;
};

const PATH = '/inbox/all';

/** Every frame that counts begins with its position. */
const POSITION = /^\{"n":"([^"]+)"/;

/** Opens the list of all conversations, and joins its topics as the page's script does. */
export async function openAgent(undoing: Undoing, url: string, client: Client): Promise<Agent> {
  const waiting = new Map<string, (at: number) => void>();
  let position = '';
  let resyncs = 0;
  let isOver = false;

  function hear(content: string): void {
    for (const [words, seen] of waiting) {
      if (content.includes(words)) {
        waiting.delete(words);
        seen(exactNow());
      }
    }
  }

  async function load(): Promise<void> {
    const page = await client.get(PATH);
    const html = await page.text();
    const shown = /data-live="([^"]+)"/.exec(html)?.[1];
    if (shown === undefined) {
      throw new Error(`${PATH} answered ${page.status} and no list`);
    }
    position = shown;
    hear(html);
  }

  function connect(): Promise<void> {
    const joined = Promise.withResolvers<void>();
    const address = `${url.replace('http', 'ws')}/live?seen=${position}`;
    // The types of the DOM are in force, where a page cannot choose its headers.
    const socket: WebSocket = Reflect.construct(WebSocket, [
      address,
      { headers: { origin: url, cookie: client.cookie ?? '' } },
    ]);
    socket.addEventListener('message', ({ data }) => {
      const text = String(data);
      hear(text);
      position = POSITION.exec(text)?.[1] ?? position;
      if (text.includes('"resync":true')) {
        resyncs += 1;
        load().then(joined.resolve, joined.reject);
      } else {
        joined.resolve();
      }
    });
    socket.addEventListener('close', ({ code }) => {
      joined.reject(new Error(`An agent's socket was closed with ${code}.`));
      if (!isOver) {
        connect().catch(() => {});
      }
    });
    close = () => socket.close();
    return joined.promise;
  }

  let close = () => {};
  undoing.defer(() => {
    isOver = true;
    close();
  });
  await load();
  await connect();
  return {
    sees: (words) => new Promise((seen) => waiting.set(words, seen)),
    resyncs: () => resyncs,
  };
}
