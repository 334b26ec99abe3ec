import { setTimeout as pause } from 'node:timers/promises';
import type { Socket, TCPSocketListener } from 'bun';

/** How a connection ends: politely, with a reset, or not at all. */
export type End = 'close' | 'reset' | 'silence';

/** What happens to one request and its answer on the way. A negative `bytes` counts from the end. */
export type Fault =
  /** Only so much of the request gets through. */
  | { is: 'cut-request'; bytes: number; end: End }
  /** The request gets through, and only so much of its answer. */
  | { is: 'cut-answer'; bytes: number; end: End }
  /** The client is answered with these bytes, whether or not the request got through. */
  | { is: 'forged'; reached: boolean; answer: string; end: End | 'stay' }
  /** The answer comes, and these bytes after it. */
  | { is: 'followed'; by: string }
  /** Everything arrives, late: the request after `ms`, and both `step` bytes at a time, `every` ms. */
  | { is: 'slow'; ms?: number; step?: number; every?: number };

export type TcpProxy = {
  url: string;
  /** Asked for every request; null lets it pass. */
  onRequest(choose: (request: string) => Fault | null): void;
  /** Connections are refused until `restore`; what becomes of those that stand? */
  refuse(standing: 'reset' | 'kept'): void;
  restore(): void;
  /** Connections that stand. */
  open(): number;
  stop(): void;
};

type Client = Socket<{ held: Buffer; ended: boolean }>;

/** Stands between an HTTP client and a server, below HTTP: nothing is parsed but where a request or an answer ends. */
export function startTcpProxy(target: { port: number }): TcpProxy {
  let choose: (request: string) => Fault | null = () => null;
  const clients = new Set<Client>();
  let listener = listen(0);
  const { port } = listener;

  function listen(on: number): TCPSocketListener<Client['data']> {
    return Bun.listen<Client['data']>({
      hostname: '127.0.0.1',
      port: on,
      socket: {
        open(client) {
          client.data = { held: Buffer.alloc(0), ended: false };
          clients.add(client);
        },
        data(client, bytes) {
          client.data.held = Buffer.concat([client.data.held, bytes]);
          const end = endOfMessage(client.data.held);
          if (end !== null) {
            const request = client.data.held.subarray(0, end);
            client.data.held = client.data.held.subarray(end);
            void exchange(client, request);
          }
        },
        close(client) {
          client.data.ended = true;
          clients.delete(client);
        },
      },
    });
  }

  async function exchange(client: Client, request: Buffer): Promise<void> {
    const fault = choose(request.toString());
    switch (fault?.is) {
      case undefined:
        await send(client, await ask(target.port, request));
        break;
      case 'cut-request':
        void ask(target.port, request.subarray(0, toLength(request, fault.bytes)), true);
        finish(client, fault.end);
        break;
      case 'cut-answer': {
        const answer = await ask(target.port, request);
        await send(client, answer.subarray(0, toLength(answer, fault.bytes)));
        finish(client, fault.end);
        break;
      }
      case 'forged':
        if (fault.reached) {
          await ask(target.port, request);
        }
        await send(client, Buffer.from(fault.answer));
        finish(client, fault.end);
        break;
      case 'followed':
        await send(client, Buffer.concat([await ask(target.port, request), Buffer.from(fault.by)]));
        break;
      case 'slow':
        await pause(fault.ms ?? 0);
        await send(client, await ask(target.port, request, false, fault), fault);
    }
  }

  return {
    url: `http://127.0.0.1:${port}`,
    onRequest(chosen) {
      choose = chosen;
    },
    refuse(standing) {
      listener.stop();
      for (const client of standing === 'reset' ? clients : []) {
        client.terminate();
      }
    },
    restore() {
      listener = listen(port);
    },
    open: () => clients.size,
    stop: () => listener.stop(true),
  };
}

function finish(client: Client, end: End | 'stay'): void {
  if (end === 'close') {
    client.end();
  } else if (end === 'reset') {
    client.terminate();
  }
}

type Trickle = { step?: number; every?: number };

/** What the other side answers; with `breakOff` the connection is dropped when these bytes are out. */
async function ask(port: number, bytes: Buffer, breakOff = false, how: Trickle = {}): Promise<Buffer> {
  const answer = Promise.withResolvers<Buffer>();
  let received = Buffer.alloc(0);
  const socket = await Bun.connect({
    hostname: '127.0.0.1',
    port,
    socket: {
      data(_, chunk) {
        received = Buffer.concat([received, chunk]);
        if (endOfMessage(received) !== null) {
          answer.resolve(received);
        }
      },
      close: () => answer.resolve(received),
    },
  });
  await send(socket, bytes, how);
  if (breakOff) {
    socket.terminate();
  }
  const whole = await answer.promise;
  socket.end();
  return whole;
}

/** The messages of these tests are far smaller than what a socket takes at once. */
async function send<Data>(socket: Socket<Data>, bytes: Buffer, { step, every = 0 }: Trickle = {}) {
  const size = step ?? Math.max(1, bytes.length);
  for (let from = 0; from < bytes.length && socket.readyState > 0; from += size) {
    socket.write(bytes.subarray(from, from + size));
    socket.flush();
    await (step === undefined ? null : pause(every));
  }
}

function toLength(bytes: Buffer, wanted: number): number {
  return wanted < 0 ? Math.max(0, bytes.length + wanted) : wanted;
}

/** Where the first message of a keep-alive connection ends, or null while it has not. */
function endOfMessage(bytes: Buffer): number | null {
  const head = bytes.indexOf('\r\n\r\n');
  const length = Number(/^content-length: (\d+)/im.exec(bytes.toString('latin1', 0, head))?.[1] ?? 0);
  return head < 0 || bytes.length < head + 4 + length ? null : head + 4 + length;
}
