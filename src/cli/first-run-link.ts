import { openFirstRun } from '#src/accounts/first-run.ts';
import type { Services } from '#src/services.ts';
import { say } from './output.ts';

/** On an install without anybody: tells the person at the terminal how to begin. Not in the log, which others may read. */
export async function offerFirstRun(services: Services, url: string): Promise<void> {
  const path = await openFirstRun(services);
  if (path !== null) {
    await say(
      `\nNobody uses this OonoBox yet. Open this link within 30 minutes to set it up:\n\n  ${url}${path}\n`,
    );
  }
}
