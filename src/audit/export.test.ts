import { afterAll, beforeAll, expect, test } from 'bun:test';
import { openTemporaryInstall, type TemporaryInstall } from '#src/accounts/temporary-install.ts';
import { insertRows } from '#src/db/rows.ts';
import { audit } from '#src/db/schema/inbox/index.ts';
import { exportAudit, streamOf } from './export.ts';
import type { AuditFilter } from './filter.ts';

const MANY = 2_600;
const everything: AuditFilter = { by: null, kind: null, object: null, since: null, until: null };

let install: TemporaryInstall;
let accountId: number;

beforeAll(async () => {
  install = await openTemporaryInstall();
  ({ accountId } = await install.createAdasAccount());
  await install.services.accounts.use(accountId, (inbox) =>
    inbox.write(
      'normal',
      insertRows(
        audit,
        Array.from({ length: MANY }, (_, index) => ({
          id: inbox.nextId(),
          at: install.clock.now,
          actorKind: 'system' as const,
          action: 'tide.turned',
          object: index % 2 === 0 ? '=HYPERLINK("http://x")' : 'tide:1',
          data: JSON.stringify({ note: '+1' }),
        })),
      ),
    ),
  );
});
afterAll(() => install.close());

const start = (format: 'csv' | 'json') =>
  exportAudit(install.services, accountId, everything, { format, say: ({ action }) => `@${action}` });

test('between the pages of an export everybody else has a turn', async () => {
  let turns = 0;
  let isOver = false;
  const count = () => {
    turns += 1;
    if (!isOver) {
      setImmediate(count);
    }
  };
  setImmediate(count);
  const turnsAt: number[] = [];
  for await (const _ of start('json')) {
    turnsAt.push(turns);
  }
  isOver = true;
  // The beginning, six pages of at most 500 rows, and the end.
  expect(turnsAt).toHaveLength(8);
  const pages = turnsAt.slice(1, -1);
  expect(new Set(pages).size).toBe(pages.length);
});

test('cells that a spreadsheet would run are disarmed, in every column', async () => {
  let text = '';
  for await (const part of start('csv')) {
    text += part;
  }
  const lines = text.trimEnd().split('\r\n');
  const [, newest = '', before = ''] = lines;
  expect(before).toContain('"\'=HYPERLINK(""http://x"")"');
  expect(newest).toContain('"\'@tide.turned"');
  expect(lines.filter((line) => /(^|,)"?[=+\-@]/.test(line))).toEqual([]);
  expect(lines.length).toBeGreaterThan(MANY);
});

test('who stops taking it in ends the reading', async () => {
  const texts = start('json');
  const reader = streamOf(texts).getReader();
  expect(new TextDecoder().decode((await reader.read()).value)).toStartWith('{"data":[');
  await reader.cancel();
  expect(await texts.next()).toEqual({ done: true, value: undefined });
});
