import { connect } from 'node:net';

/** A page's socket on a line that is stuck: once it has joined, nothing is taken off the wire until `drain`. */
export type StuckTab = {
  /** Takes everything, up to the end of the connection. Gives the code it was closed with and how many bytes came. */
  drain(): Promise<{ code: number; bytes: number }>;
};

/** A close frame of a server: two bytes, then the code. */
const CLOSE = 0x88;
const KEPT = 125;

export async function openStuckTab(url: string, cookie: string, conversationId: number): Promise<StuckTab> {
  const { port, host } = new URL(url);
  const socket = connect(Number(port), '127.0.0.1');
  socket.on('error', () => {});
  const lines = [
    `GET /live?conversation=${conversationId}&seen=0 HTTP/1.1`,
    `Host: ${host}`,
    `Origin: ${url}`,
    `Cookie: ${cookie}`,
    'Connection: Upgrade',
    'Upgrade: websocket',
    'Sec-WebSocket-Version: 13',
    'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
  ];
  socket.write(`${lines.join('\r\n')}\r\n\r\n`);
  await new Promise<void>((resolve) => {
    let received = '';
    socket.on('data', function untilJoined(chunk: Buffer) {
      received += chunk.toString('latin1');
      if (received.includes('{"n":')) {
        socket.off('data', untilJoined);
        socket.pause();
        resolve();
      }
    });
  });
  return {
    async drain() {
      let bytes = 0;
      let tail = Buffer.alloc(0);
      socket.on('data', (chunk: Buffer) => {
        bytes += chunk.length;
        tail = Buffer.concat([tail, chunk]).subarray(-KEPT);
      });
      const ended = new Promise((resolve) => socket.once('close', resolve));
      socket.resume();
      await ended;
      const frame = tail.lastIndexOf(CLOSE);
      return { code: frame < 0 ? 0 : tail.readUInt16BE(frame + 2), bytes };
    },
  };
}
