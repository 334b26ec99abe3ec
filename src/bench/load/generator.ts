import { answerOrders } from '../answer-orders.ts';
import type { Answer, Job, Order } from './job.ts';
import { buildRequests } from './requests.ts';
import { send } from './send.ts';

// The load generator: a process of its own, so that it shares nothing with what it measures but the machine. It makes
// and signs everything before the clock starts, says that it is ready, and sends when it is told to.

let prepared: { job: Job; requests: Uint8Array<ArrayBuffer>[] } | null = null;

answerOrders<Order, Answer>(async (order) => {
  if (order.kind === 'prepare') {
    prepared = { job: order.job, requests: buildRequests(order.job) };
    Bun.gc(true);
    return { kind: 'ready' };
  } else if (prepared) {
    return { kind: 'sent', sent: await send(prepared.requests, prepared.job) };
  } else {
    return { kind: 'failed', why: 'Nothing was prepared.' };
  }
});
