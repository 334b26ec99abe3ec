import { mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Undoing } from '../undoing.ts';

// What takes minutes to make is kept in the temporary folder for a day: windows close and waiting grows old, so that
// an older past is no longer what it was made as.

const KEPT = join(tmpdir(), 'oonobox-bench-kept');
const KEPT_MS = 24 * 60 * 60_000;

/** The folder of this name: as it was kept, or made anew. What `make` leaves half done is never taken for whole. */
export async function keep(
  undoing: Undoing,
  name: string,
  { fresh }: { fresh: boolean },
  make: (folder: string) => Promise<void>,
): Promise<string> {
  forgetOld();
  const kept = join(KEPT, name);
  if (fresh || !statSync(kept, { throwIfNoEntry: false })) {
    const partial = join(KEPT, `.${name}.${process.pid}`);
    undoing.defer(() => rmSync(partial, { recursive: true, force: true }));
    mkdirSync(partial, { recursive: true });
    await make(partial);
    rmSync(kept, { recursive: true, force: true });
    renameSync(partial, kept);
  }
  return kept;
}

function forgetOld(): void {
  mkdirSync(KEPT, { recursive: true });
  for (const name of readdirSync(KEPT)) {
    const made = statSync(join(KEPT, name), { throwIfNoEntry: false });
    if (made && Date.now() - made.mtimeMs > KEPT_MS) {
      rmSync(join(KEPT, name), { recursive: true, force: true });
    }
  }
}
