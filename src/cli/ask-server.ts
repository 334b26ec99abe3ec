import { createConnection, type Socket } from 'node:net';
import type { CommandInput } from '#src/accounts/command-input.ts';
import { StartRefused } from '#src/errors.ts';
import { linesOf } from './lines.ts';
import { type Answer, PROTOCOL, type Request } from './protocol.ts';
import { findSocket } from './socket-path.ts';

/** Runs a command inside the server on this data folder. Returns null when none is listening. */
export async function askServer(
  dataFolder: string,
  command: string,
  input: CommandInput,
): Promise<object | null> {
  const socket = await connect(findSocket(dataFolder));
  if (!socket) {
    return null;
  }
  try {
    const request: Request = { protocol: PROTOCOL, command, ...input };
    socket.write(`${JSON.stringify(request)}\n`);
    return resultOf(await firstLine(socket));
  } finally {
    socket.destroy();
  }
}

function connect(path: string): Promise<Socket | null> {
  return new Promise((resolve) => {
    const socket = createConnection(path);
    socket.once('connect', () => resolve(socket));
    // Nobody there, or a socket left by a process that is gone: both mean that no server runs.
    socket.once('error', () => resolve(null));
  });
}

async function firstLine(socket: Socket): Promise<string | null> {
  for await (const line of linesOf(socket)) {
    return line;
  }
  return null;
}

function resultOf(line: string | null): object {
  if (line === null) {
    throw new StartRefused(
      'The server stopped before it answered. Whether the command was carried out is not known: look before you repeat it.',
    );
  }
  const answer = JSON.parse(line) as Answer;
  if (!answer.ok) {
    throw new StartRefused(answer.message);
  }
  return answer.result;
}
