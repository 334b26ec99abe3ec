/** A tab's socket to a running program: it counts what comes, and keeps the last 200,000 characters of it. */
export type Tab = {
  pushes(): number;
  /** Resolves when this is in something that came, lately or from now on; throws if the socket is closed first. */
  hears(text: string): Promise<void>;
  /** The last 200,000 characters that came. */
  heardSoFar(): string;
  say(message: string | Uint8Array<ArrayBuffer>): void;
  /** Resolves with the close code. */
  closed: Promise<number>;
  isOpen(): boolean;
  close(): void;
};

const KEPT = 200_000;

/** Opens the socket as a page does, and resolves when it has joined its topics. */
export async function openTab(url: string, cookie: string, conversationId?: number): Promise<Tab> {
  const place = conversationId === undefined ? '' : `&conversation=${conversationId}`;
  const headers = { origin: url, cookie };
  // The types of the DOM are in force, where a page cannot choose its headers.
  const socket: WebSocket = Reflect.construct(WebSocket, [
    `${url.replace('http', 'ws')}/live?seen=0${place}`,
    { headers },
  ]);
  const joined = Promise.withResolvers<void>();
  const closed = Promise.withResolvers<number>();
  const waiting = new Set<{ text: string; resolve(): void; reject(reason: Error): void }>();
  let pushes = 0;
  let heard = '';
  socket.addEventListener('message', ({ data }) => {
    pushes += 1;
    heard = (heard + String(data)).slice(-KEPT);
    for (const one of waiting) {
      if (heard.includes(one.text)) {
        waiting.delete(one);
        one.resolve();
      }
    }
    joined.resolve();
  });
  socket.addEventListener('close', ({ code }) => {
    closed.resolve(code);
    joined.reject(new Error(`The socket was closed with ${code} before it had joined`));
    for (const { text, reject } of waiting) {
      reject(new Error(`The socket was closed with ${code} before it heard "${text.slice(0, 80)}"`));
    }
  });
  await joined.promise;
  return {
    pushes: () => pushes,
    heardSoFar: () => heard,
    async hears(text) {
      if (!heard.includes(text)) {
        const { promise, resolve, reject } = Promise.withResolvers<void>();
        waiting.add({ text, resolve, reject });
        await promise;
      }
    },
    say: (message) => socket.send(message),
    closed: closed.promise,
    isOpen: () => socket.readyState === WebSocket.OPEN,
    close: () => socket.close(),
  };
}
