import { test } from 'bun:test';

/** Whether a fault test runs as long as it is meant to be for a release, which `scripts/faults NAME --long` asks for. */
export const isLong = process.env.FAULTS_LONG === '1';

/** A test of the long form alone: otherwise it is not there, since one that is skipped would look like one that is missing. */
export function testLong(name: string, run: () => unknown, timeoutMs?: number): void {
  if (isLong) {
    test(name, async () => void (await run()), timeoutMs);
  }
}
