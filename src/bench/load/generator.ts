import type { Answer, Job, Order } from './job.ts';
import { buildRequests } from './requests.ts';
import { send } from './send.ts';

// The load generator: a process of its own, so that it shares nothing with what it measures but the machine. It makes
// and signs everything before the clock starts, says that it is ready, and sends when it is told to.

let prepared: { job: Job; requests: Uint8Array<ArrayBuffer>[] } | null = null;

const tell = (answer: Answer) => process.send?.(answer);

process.on('message', (order: Order) => {
  obey(order).catch((error: Error) => tell({ kind: 'failed', why: error.message }));
});
// Ends with who started it.
process.on('disconnect', () => process.exit());

async function obey(order: Order): Promise<void> {
  if (order.kind === 'prepare') {
    const requests = buildRequests(order.job);
    prepared = { job: order.job, requests };
    Bun.gc(true);
    tell({ kind: 'ready', bytes: requests.reduce((sum, request) => sum + request.byteLength, 0) });
  } else if (prepared) {
    const { job, requests } = prepared;
    const { hostname: host, port } = new URL(job.url);
    tell({
      kind: 'sent',
      sent: await send(requests, {
        host,
        port: Number(port),
        pace: job.pace,
        isLastHeld: job.last !== undefined,
      }),
    });
  }
}
