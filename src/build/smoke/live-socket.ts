/** The socket of an open inbox page, as far as the smoke test needs it. */
export type LiveSocket = {
  /** Resolves when something with these words has been pushed, before or after the call. */
  untilPushed(words: string): Promise<void>;
  close(): void;
};

/** Opens it and waits until it has joined; throws when it is refused. */
export async function openLiveSocket(
  url: string,
  cookie: string,
  conversationId: number,
): Promise<LiveSocket> {
  const address = `${url.replace('http', 'ws')}/live?conversation=${conversationId}`;
  // The types of the DOM are in force, where a page cannot choose its headers.
  const socket: WebSocket = Reflect.construct(WebSocket, [address, { headers: { origin: url, cookie } }]);
  let heard = '';
  let look = () => {};
  const joined = Promise.withResolvers<void>();
  socket.addEventListener('message', ({ data }) => {
    heard += String(data);
    joined.resolve();
    look();
  });
  socket.addEventListener('close', ({ code }) => joined.reject(new Error(`the socket closed with ${code}`)));
  await joined.promise;
  return {
    untilPushed(words) {
      const pushed = Promise.withResolvers<void>();
      look = () => heard.includes(words) && pushed.resolve();
      look();
      return pushed.promise;
    },
    close: () => socket.close(),
  };
}
