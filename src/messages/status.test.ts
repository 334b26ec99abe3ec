import { expect, test } from 'bun:test';
import fc from 'fast-check';
import { afterStatus, type Progress, reportedStatus, statusRank } from './status.ts';

const error = { code: 131026, title: 'Not delivered', detail: 'Ask for another number.' };
const start: Progress = {
  status: 'accepted',
  statusRank: statusRank('accepted'),
  errorCode: null,
  error: null,
};
const reports = ['sent', 'delivered', 'read', 'played', 'failed'] as const;

const play = (order: readonly (typeof reports)[number][]) =>
  order.reduce((now, name) => afterStatus(now, name, name === 'failed' ? error : null) ?? now, start);

test('statuses end the same in every order, with every repeat', () => {
  fc.assert(
    fc.property(fc.shuffledSubarray([...reports, ...reports], { minLength: 1 }), (arrived) => {
      const inOrder = reports.filter((name) => arrived.includes(name));
      expect(play(arrived)).toEqual(play(inOrder));
    }),
  );
});

test('a failure gives way to a delivery and takes its reason with it', () => {
  expect(play(['sent', 'failed'])).toMatchObject({ status: 'failed', errorCode: 131026 });
  expect(play(['sent', 'failed', 'delivered'])).toMatchObject({
    status: 'delivered',
    errorCode: null,
    error: null,
  });
  expect(play(['delivered', 'failed'])).toMatchObject({ status: 'delivered', errorCode: null });
});

test('a word of Meta’s that is not known moves nothing', () => {
  expect(reportedStatus('deleted')).toBeNull();
  expect(reportedStatus('queued')).toBeNull();
});
