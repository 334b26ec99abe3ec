import { UsageError } from '#src/cli/usage-error.ts';
import { createInstallMaker } from './install.ts';
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
import { withUndoing } from './undoing.ts';

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

export type Measured = { figures: Figures /** The names of the parts that failed. */; failed: string[] };

/** Measures one part after the other. One that fails is named; its figures are null. */
export function measure(chosen: readonly Part[], size: Size, say: (text: string) => void): Promise<Measured> {
  return withUndoing(async (undoing) => {
    const surroundings = { size, say, makeInstall: createInstallMaker(undoing) };
    const figures: Figures = Object.fromEntries(
      chosen.flatMap((part) => part.figures.map((name) => [name, null])),
    );
    const failed: string[] = [];
    for (const part of chosen) {
      say(`── ${part.name}`);
      try {
        Object.assign(figures, await part.measure(surroundings));
      } catch (error) {
        failed.push(part.name);
        say(`${part.name} failed: ${error instanceof Error ? error.message : String(error)}`);
      }
    }
    return { figures, failed };
  });
}
