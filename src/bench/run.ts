import { say } from '#src/cli/output.ts';
import { UsageError } from '#src/cli/usage-error.ts';
import type { Part, Size } from './part.ts';
import { accounts } from './parts/accounts.ts';
import { ack } from './parts/ack.ts';
import { browser } from './parts/browser.ts';
import { idle } from './parts/idle.ts';
import { pages } from './parts/pages.ts';
import { processed } from './parts/processed.ts';
import { push } from './parts/push.ts';
import { search } from './parts/search.ts';
import { start } from './parts/start.ts';
import type { Figures } from './targets.ts';

const parts: readonly Part[] = [processed, ack, pages, search, push, browser, idle, accounts, start];

/** The parts with these names, or with figures of these names. Throws `UsageError` for a name that nothing has. */
export function chooseParts(names: readonly string[] | null): readonly Part[] {
  const has = (part: Part, name: string) => part.name === name || part.figures.includes(name);
  const unknown = names?.find((name) => !parts.some((part) => has(part, name)));
  if (unknown !== undefined) {
    const known = parts.map(({ name }) => name).join(', ');
    throw new UsageError(`--only does not know "${unknown}": give parts (${known}) or names of figures.`);
  }
  return names === null ? parts : parts.filter((part) => names.some((name) => has(part, name)));
}

/** Measures one part after the other. One that fails is named; its figures are null. */
export async function measure(
  chosen: readonly Part[],
  size: Size,
): Promise<{ figures: Figures; failed: string[] }> {
  const figures: Figures = {};
  const failed: string[] = [];
  for (const part of chosen) {
    await say(`── ${part.name}`);
    Object.assign(figures, Object.fromEntries(part.figures.map((name) => [name, null])));
    try {
      Object.assign(figures, await part.measure({ size, say }));
    } catch (error) {
      failed.push(part.name);
      await say(`${part.name} failed: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  return { figures, failed };
}
