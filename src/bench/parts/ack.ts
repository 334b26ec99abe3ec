import { join } from 'node:path';
import { temporaryFolder } from '../install.ts';
import { rounded } from '../load/figures.ts';
import { startGenerator } from '../load/generate.ts';
import { mixed } from '../load/plan.ts';
import { load } from '../load/run.ts';
import type { Part } from '../part.ts';
import { withUndoing } from '../undoing.ts';
import { startWarm } from '../warm-server.ts';

const PER_SECOND = 1_000;

/**
 * How long Meta waits for its answer at a thousand webhooks a second. Each has its time, whether those before it were
 * answered or not, and its latency counts from that time.
 */
export const ack: Part = {
  name: 'ack',
  figures: ['ack_p50_ms', 'ack_p99_ms'],
  measure: ({ size, say, makeInstall }) =>
    withUndoing(async (undoing) => {
      const { pool, ackSeconds } = size;
      const generator = startGenerator(undoing);
      const install = await makeInstall(join(temporaryFolder(undoing), 'data'));
      const server = await startWarm(undoing, install, { generator, pool });
      const { latency, lateP99 } = await load(
        generator,
        mixed({
          to: server.target,
          pool,
          webhooks: ackSeconds * PER_SECOND,
          pace: { perSecond: PER_SECOND },
        }),
      );
      say(`longest ${rounded(latency.most, 0)} ms; requests left late by ${rounded(lateP99)} ms (p99)`);
      return { ack_p50_ms: rounded(latency.p50), ack_p99_ms: rounded(latency.p99) };
    }),
};
