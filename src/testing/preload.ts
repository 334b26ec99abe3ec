import { afterAll, afterEach, beforeEach, setDefaultTimeout } from 'bun:test';
import { closeBrowser, preferHeadlessShell } from './browser.ts';
import { beginLog, unexpectedErrors } from './log.ts';
import { stayOnLoopback } from './loopback.ts';

// The setting of the same name in bunfig.toml has no effect.
setDefaultTimeout(30_000);
stayOnLoopback();
preferHeadlessShell();

beforeEach(beginLog);

afterEach(() => {
  const errors = unexpectedErrors();
  if (errors.length > 0) {
    throw new Error(`Unexpected errors in the log:\n${errors.join('')}`);
  }
});

afterAll(closeBrowser);
