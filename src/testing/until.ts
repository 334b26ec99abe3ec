import { setTimeout as pause } from 'node:timers/promises';

const PATIENCE_MS = 60_000;
const BETWEEN_MS = 25;

/**
 * Asks another process again and again until it says what is expected, and returns that.
 * For what sends no event that a test could await; throws with `describe` after a minute.
 */
export async function until<T>(
  describe: string,
  ask: () => Promise<T | null | undefined | false>,
): Promise<T> {
  const deadline = performance.now() + PATIENCE_MS;
  while (performance.now() < deadline) {
    const answer = await ask();
    if (answer) {
      return answer;
    }
    await pause(BETWEEN_MS);
  }
  throw new Error(`Waited a minute in vain for ${describe}`);
}
