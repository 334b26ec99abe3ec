import { expect, test } from 'bun:test';
import { createAllowance } from './fetch-allowance.ts';

test('what does not fit waits for its turn, in order, and nobody waits for ever', async () => {
  const allowance = createAllowance(100);
  const begun: string[] = [];
  const take = async (name: string, amount: number) => {
    const release = await allowance.take(amount);
    begun.push(name);
    return release;
  };
  const first = await take('first', 60);
  const second = take('second', 60);
  const small = take('small', 10);
  const huge = take('huge', 1_000);
  expect(begun).toEqual(['first']);

  first();
  first();
  const releases = await Promise.all([second, small]);
  expect(begun).toEqual(['first', 'second', 'small']);
  for (const release of releases) {
    release();
  }
  (await huge)();
  expect(begun).toEqual(['first', 'second', 'small', 'huge']);
});
