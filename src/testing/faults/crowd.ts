import { connect, type Socket } from 'node:net';

/** Many connections of clients who are slow, or do nothing at all. */
export type Crowd = {
  /** How many the server has ended. */
  ended(): number;
  /** How many were answered with this status. */
  answered(status: number): number;
  /** All of them go, without a word. */
  leave(): Promise<void>;
};

export type CrowdOptions = {
  size: number;
  /** What each of them sends when it is connected. */
  says?: string | Buffer;
  /** Whether they take what is sent to them off the line. */
  reads?: boolean;
  /** Their address; all of 127.0.0.0/8 is this machine. */
  from?: string;
};

/** At once so many are connecting, or the system's queue for new connections overflows. */
const CONNECTING = 100;

export async function openCrowd(url: string, options: CrowdOptions): Promise<Crowd> {
  const { size, says = '', reads = true, from = '127.0.0.9' } = options;
  const sockets: Socket[] = [];
  const statuses = new Map<number, number>();
  let ended = 0;

  const join = async () => {
    const socket = connect({ host: '127.0.0.1', port: Number(new URL(url).port), localAddress: from });
    sockets.push(socket);
    socket.on('error', () => {});
    socket.on('close', () => {
      ended += 1;
    });
    if (reads) {
      socket.on('data', (chunk: Buffer) => {
        const status = Number(/^HTTP\/1\.1 (\d+)/.exec(chunk.toString('latin1', 0, 16))?.[1] ?? 0);
        statuses.set(status, (statuses.get(status) ?? 0) + 1);
      });
    } else {
      socket.pause();
    }
    await new Promise<void>((resolve) => socket.once('connect', resolve).once('error', () => resolve()));
    socket.write(says);
  };
  for (let joined = 0; joined < size; joined += CONNECTING) {
    await Promise.all(Array.from({ length: Math.min(CONNECTING, size - joined) }, join));
  }

  return {
    ended: () => ended,
    answered: (status) => statuses.get(status) ?? 0,
    async leave() {
      const gone = sockets.map((socket) => {
        const closed = socket.closed ? null : new Promise((resolve) => socket.once('close', resolve));
        socket.destroy();
        return closed;
      });
      await Promise.all(gone);
    },
  };
}

/** The bytes of a request; `headers` beside the host. */
export function request(url: string, line: string, headers: Record<string, string> = {}, body = ''): string {
  const lines = Object.entries({ Host: new URL(url).host, ...headers }).map(
    ([name, value]) => `${name}: ${value}`,
  );
  return `${line} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n${body}`;
}
