import { createServer, type Socket } from 'node:net';
import type { Services } from '#src/services.ts';
import type { Command } from './command.ts';
import { explainFailure } from './failure.ts';
import { linesOf } from './lines.ts';
import { type Answer, PROTOCOL, type Request } from './protocol.ts';
import { claimSocket } from './socket-path.ts';

export type CommandSocket = { path: string; close(): Promise<void> };

/** Listens for commands from the same machine and user while the server runs; the folder's mode is the guard. */
export async function openCommandSocket(
  services: Services,
  commands: readonly Command[],
): Promise<CommandSocket> {
  const { path, release } = claimSocket(services.config.data);
  const open = new Set<Socket>();
  const server = createServer((socket) => {
    open.add(socket);
    socket.on('close', () => open.delete(socket));
    socket.on('error', () => socket.destroy());
    void answerLines(socket, services, commands);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(path, resolve);
  });

  return {
    path,
    async close() {
      for (const socket of open) {
        socket.end();
      }
      server.close();
      release();
    },
  };
}

async function answerLines(socket: Socket, services: Services, commands: readonly Command[]): Promise<void> {
  for await (const line of linesOf(socket)) {
    const answer = await answerTo(line, services, commands);
    socket.write(`${JSON.stringify(answer)}\n`);
  }
}

async function answerTo(line: string, services: Services, commands: readonly Command[]): Promise<Answer> {
  try {
    const request = readRequest(line);
    const command = commands.find((one) => one.words === request?.command);
    if (!request || !command) {
      return refusal(
        'The running server is another version and does not know this command. Restart it, then try again.',
      );
    }
    const result = await command.run(services, { options: request.options, stdin: request.stdin });
    return { protocol: PROTOCOL, ok: true, result };
  } catch (error) {
    return refusal(explainFailure(error, services.log));
  }
}

function readRequest(line: string): Request | null {
  const request = JSON.parse(line) as Request;
  return request.protocol === PROTOCOL ? request : null;
}

function refusal(message: string): Answer {
  return { protocol: PROTOCOL, ok: false, message };
}
