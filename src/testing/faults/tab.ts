/** A tab's socket to a running program: it counts what comes, and keeps the last of it. */
export type Tab = {
  pushes(): number;
  /** Everything that came since it was asked last. */
  heard(): string;
  say(message: string | Uint8Array<ArrayBuffer>): void;
  /** Resolves with the close code. */
  closed: Promise<number>;
  isOpen(): boolean;
  close(): void;
};

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
  let pushes = 0;
  let heard = '';
  socket.addEventListener('message', ({ data }) => {
    pushes += 1;
    heard += String(data);
    joined.resolve();
  });
  socket.addEventListener('close', ({ code }) => {
    closed.resolve(code);
    joined.reject(new Error(`The socket was closed with ${code} before it had joined`));
  });
  await joined.promise;
  return {
    pushes: () => pushes,
    heard() {
      const all = heard;
      heard = '';
      return all;
    },
    say: (message) => socket.send(message),
    closed: closed.promise,
    isOpen: () => socket.readyState === WebSocket.OPEN,
    close: () => socket.close(),
  };
}
