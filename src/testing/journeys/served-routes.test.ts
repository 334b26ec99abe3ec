import { afterAll, beforeAll, expect, test } from 'bun:test';
import { dirname, join, relative } from 'node:path';
import { createApp } from '#src/app.ts';
import { type Box, openBox } from '../box.ts';

const SRC = join(import.meta.dir, '../..');

let box: Box;

beforeAll(async () => {
  box = await openBox();
});

afterAll(() => box.close());

test('the product serves no route of the simulator or of the demonstration', async () => {
  const paths = createApp(box.services).routes.map(({ path }) => path);
  expect(paths.length).toBeGreaterThan(10);
  expect(paths.filter((path) => /^\/(phone|demo|debug_token|v\d|:)/.test(path))).toEqual([]);

  for (const path of ['/phone', '/demo/login/x', `/v25.0/${box.number.phoneNumberId}`, '/debug_token']) {
    expect((await box.anonymous.get(path)).status).toBe(404);
  }
});

test('the program loads the simulator only when the demonstration is asked for', async () => {
  const loaded = await staticallyImported(join(SRC, 'cli/run.ts'));
  expect(loaded).toContain('app.ts');
  expect(loaded.filter((path) => /^(simulator|demo|testing)\//.test(path))).toEqual([]);
});

test('what most installs never use costs them no memory: it is loaded when it is asked for', async () => {
  const loaded = await staticallyImported(join(SRC, 'cli/run.ts'));
  expect(loaded).toContain('ops/metrics.ts');
  expect(loaded).not.toContain('ops/prometheus.ts');
});

/** Our own files that are loaded whenever the entry is, by their paths below `src`. */
async function staticallyImported(entry: string): Promise<string[]> {
  const transpilers = {
    ts: new Bun.Transpiler({ loader: 'ts' }),
    tsx: new Bun.Transpiler({ loader: 'tsx' }),
  };
  const found = new Set([entry]);
  for (const file of found) {
    const code = await Bun.file(file).text();
    const { imports } = transpilers[file.endsWith('.tsx') ? 'tsx' : 'ts'].scan(code);
    for (const { kind, path } of imports) {
      if (kind === 'import-statement' && /^(#src\/|\.)/.test(path)) {
        const named = path.startsWith('#src/') ? join(SRC, path.slice('#src/'.length)) : path;
        const resolved = Bun.resolveSync(named, dirname(file));
        if (/\.tsx?$/.test(resolved)) {
          found.add(resolved);
        }
      }
    }
  }
  return [...found].map((path) => relative(SRC, path));
}
