import { createLog, type Logger } from '#src/log.ts';

const ERROR = 50;

let errors: string[] = [];
let expected: RegExp[] = [];
let lines: string[] = [];

/** A real log that writes nowhere: an error in it that the test did not expect fails the test. */
export function openTestLog(level = 'debug'): Logger {
  return createLog(level, {
    write(line: string) {
      lines.push(line);
      if (Number(JSON.parse(line).level) >= ERROR) {
        errors.push(line);
      }
    },
  });
}

/** Errors whose line matches may appear in the rest of this test. */
export function expectErrorInLog(pattern: RegExp): void {
  expected.push(pattern);
}

/** Every line logged since the test began. */
export function loggedLines(): readonly string[] {
  return lines;
}

export function beginLog(): void {
  errors = [];
  expected = [];
  lines = [];
}

export function unexpectedErrors(): string[] {
  return errors.filter((line) => !expected.some((pattern) => pattern.test(line)));
}
