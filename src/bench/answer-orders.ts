type Failed = { kind: 'failed'; why: string };

/** In a process that was started to be asked (`startAsked`): answers each order, until who asks is gone. */
export function answerOrders<Order, Answer>(obey: (order: Order) => Promise<Answer | Failed>): void {
  process.on('message', async (order: Order) => {
    const answer = await obey(order).catch((error: Error) => ({ kind: 'failed', why: error.message }));
    process.send?.(answer);
  });
  process.on('disconnect', () => process.exit());
}
