import { expect, test } from 'bun:test';
import { createGroup } from './group-commit.ts';

test('what comes in one turn is written as one group, what comes meanwhile in the next', async () => {
  const groups: number[][] = [];
  let finish = () => {};
  const add = createGroup<number>(async (take) => {
    groups.push(take());
    await new Promise<void>((resolve) => {
      finish = resolve;
    });
  });
  const first = Promise.all([add([1, 2]), add([3])]);
  await new Promise((resume) => setImmediate(resume));
  const second = add([4]);
  finish();
  await first;
  await new Promise((resume) => setImmediate(resume));
  finish();
  await second;
  expect(groups).toEqual([[1, 2, 3], [4]]);
});

test('a failure is told to those in the group and to nobody after them', async () => {
  let fails = true;
  const written: number[] = [];
  const add = createGroup<number>(async (take) => {
    if (fails) {
      throw new Error('the disk is full');
    }
    written.push(...take());
  });
  await expect(add([1])).rejects.toThrow('the disk is full');
  fails = false;
  await add([2]);
  expect(written).toEqual([2]);
});
