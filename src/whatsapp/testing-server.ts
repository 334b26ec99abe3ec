import { createServer, type Socket } from 'node:net';

/** One request as it came over the wire. */
export type WireRequest = { head: string; body: string };

export type WireServer = AsyncDisposable & {
  url: string;
  /** Whole requests, in order. */
  requests: WireRequest[];
  /** How many connections were opened. */
  connections(): number;
};

/** A server below HTTP, so that a test decides about every byte and every connection. */
export async function startWireServer(answer: (socket: Socket, nth: number) => void): Promise<WireServer> {
  const requests: WireRequest[] = [];
  const sockets = new Set<Socket>();
  let connections = 0;

  const server = createServer((socket) => {
    let received = '';
    connections += 1;
    sockets.add(socket);
    socket.on('error', () => socket.destroy());
    socket.on('data', (bytes) => {
      received += bytes.toString('latin1');
      const request = takeRequest(received);
      if (request) {
        received = '';
        requests.push(request);
        answer(socket, requests.length);
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;

  return {
    url: `http://127.0.0.1:${port}`,
    requests,
    connections: () => connections,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) {
        socket.destroy();
      }
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** An HTTP answer that keeps the connection open. */
export function httpAnswer(body: string, status = '200 OK', headers = ''): string {
  return `HTTP/1.1 ${status}\r\n${headers}Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
}

function takeRequest(received: string): WireRequest | null {
  const end = received.indexOf('\r\n\r\n');
  const head = received.slice(0, end);
  const body = received.slice(end + 4);
  const length = Number(/content-length: (\d+)/i.exec(head)?.[1] ?? 0);
  return end < 0 || body.length < length ? null : { head, body };
}
