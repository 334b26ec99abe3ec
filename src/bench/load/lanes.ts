/** One connection that stays open: one request at a time, without pipelining. */
export type Lane = { send(request: Uint8Array<ArrayBuffer>): void };

type Bytes = Uint8Array<ArrayBuffer>;
type Held = { lane: Lane /** What the kernel has not taken yet. */; rest: Bytes | null; heard: string };
type Socket = Bun.Socket<Held>;

type Options = {
  host: string;
  port: number;
  count: number;
  /** The answer to a lane's request is here, whole. */
  onAnswer(lane: Lane, status: string): void;
  onBroken(error: Error): void;
};

/** Opens connections over which HTTP/1.1 is spoken by hand: a sender's own work must be small beside what it measures. */
export async function openLanes({ host, port, count, onAnswer, onBroken }: Options) {
  const handlers = {
    data({ data }: Socket, chunk: Buffer) {
      data.heard += chunk.toString('latin1');
      const status = readStatus(data.heard);
      if (status) {
        data.heard = '';
        onAnswer(data.lane, status);
      }
    },
    drain(socket: Socket) {
      if (socket.data.rest) {
        write(socket, socket.data.rest);
      }
    },
    close: () => onBroken(new Error('The server closed a connection.')),
    error: (_: Socket, error: Error) => onBroken(error),
  };
  const open = async () => {
    const lane: Lane = { send: (request) => write(socket, request) };
    const data: Held = { lane, rest: null, heard: '' };
    const socket: Socket = await Bun.connect<Held>({ hostname: host, port, data, socket: handlers });
    return socket;
  };
  const sockets = await Promise.all(Array.from({ length: count }, open));
  return {
    lanes: sockets.map(({ data }) => data.lane),
    close() {
      for (const socket of sockets) {
        socket.terminate();
      }
    },
  };
}

function write(socket: Socket, bytes: Bytes): void {
  const written = Math.max(0, socket.write(bytes));
  socket.data.rest = written < bytes.byteLength ? bytes.subarray(written) : null;
}

const STATUS_AT = 'HTTP/1.1 '.length;
const LENGTH = /\r\ncontent-length: (\d+)\r\n/i;

/** The status, once the whole answer is there. */
function readStatus(heard: string): string | null {
  const headEnd = heard.indexOf('\r\n\r\n');
  if (headEnd < 0) {
    return null;
  }
  const length = LENGTH.exec(heard.slice(0, headEnd + 2))?.[1];
  if (length === undefined) {
    throw new Error(`An answer without a length: ${heard.slice(0, 200)}`);
  }
  const isWhole = heard.length >= headEnd + 4 + Number(length);
  return isWhole ? heard.slice(STATUS_AT, STATUS_AT + 3) : null;
}
