import { expect, test } from 'bun:test';
import { caseStep, firstInbound, openCase, REOPEN_MS, reopenCase } from './case.ts';

const closedAt = 1_000_000_000;

test.each([
  ['nothing before', undefined, 5, 'open'],
  ['a case that is open', { closedAt: null }, 5, 'keep'],
  ['12 hours after closing', { closedAt }, closedAt + REOPEN_MS, 'reopen'],
  ['later than that', { closedAt }, closedAt + REOPEN_MS + 1, 'open'],
  ['written before the closing, arrived after it', { closedAt }, closedAt - 5, 'reopen'],
] as const)('%s', (_, last, at, step) => {
  expect(caseStep(last, at)).toBe(step);
});

test('reopening counts, and clears the closing', () => {
  expect(reopenCase({ reopened: 2 })).toEqual({ closedAt: null, closedBy: null, reopened: 3 });
});

test('the first inbound message of a case is the one written first', () => {
  const opened = openCase(1, { id: 2, numberId: 3, teamId: null, assigneeId: null }, 'person', 10);
  expect(firstInbound(opened, 20)).toBe(20);
  expect(firstInbound({ firstInboundAt: 20 }, 15)).toBe(15);
  expect(firstInbound({ firstInboundAt: 20 }, 25)).toBe(20);
});
