/** So much may be under way at once; who comes when it is spent waits for their turn. */
export type Allowance = {
  /** Resolves when there is room, with what gives it back. More than all of it is taken as all of it. */
  take(amount: number): Promise<() => void>;
};

export function createAllowance(most: number): Allowance {
  const waiting: { amount: number; go: () => void }[] = [];
  let left = most;

  const serve = () => {
    for (let next = waiting[0]; next && next.amount <= left; next = waiting[0]) {
      waiting.shift();
      left -= next.amount;
      next.go();
    }
  };

  return {
    async take(wanted) {
      const amount = Math.min(most, Math.max(0, wanted));
      const turn = Promise.withResolvers<void>();
      waiting.push({ amount, go: turn.resolve });
      serve();
      await turn.promise;
      let isGivenBack = false;
      return () => {
        if (!isGivenBack) {
          isGivenBack = true;
          left += amount;
          serve();
        }
      };
    },
  };
}
