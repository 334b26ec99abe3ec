import { expect, test } from 'bun:test';
import { DrizzleQueryError } from 'drizzle-orm';
import { createLog } from './log.ts';

const TOKEN = 'EAAGm0PX4ZCpsBAcanary';
const PHONE = '+263 77 555 0142';
const TEXT = 'canary: where is my cement?';

function logged(write: (log: ReturnType<typeof createLog>) => void): string {
  let lines = '';
  const log = createLog('trace', {
    write(line: string) {
      lines += line;
    },
  });
  write(log);
  return lines;
}

test('tokens, phone numbers and message text never reach a line, wherever they stand', () => {
  const lines = logged((log) => {
    log.info(
      { token: TOKEN, phone: PHONE, text: TEXT, number: { access_token: TOKEN, to: PHONE } },
      'fields',
    );
    log.warn(`sending to ${PHONE} with Bearer ${TOKEN}`);
    log.error(
      { err: new Error(`GET https://graph.example/v25.0/me?access_token=${TOKEN} for ${PHONE}`) },
      'failed',
    );
    log.error(
      { err: new DrizzleQueryError('insert into messages values (?)', [TEXT, PHONE], new Error('full')) },
      'query',
    );
  });
  for (const canary of [TOKEN, PHONE, TEXT]) {
    expect(lines).not.toContain(canary);
  }
  expect(lines.trim().split('\n')).toHaveLength(4);
  expect(lines).toContain('insert into messages');
});

test('an error keeps its kind, its code and its cause', () => {
  const error = Object.assign(new Error('outer', { cause: new TypeError('inner') }), { code: 'SQLITE_FULL' });
  const line = JSON.parse(logged((log) => log.error({ err: error }, 'failed')));
  expect(line.err).toMatchObject({
    type: 'Error',
    code: 'SQLITE_FULL',
    message: 'outer',
    cause: { type: 'TypeError' },
  });
});
