import { programName } from '#src/ops/native/program.ts';
import type { Command, Invocation } from './command.ts';

/** One line for each thing the program can do. */
export function overview(known: readonly Invocation[]): string {
  const width = Math.max(...known.map((one) => one.words.length));
  const lines = known.map((one) => `  ${one.words.padEnd(width)}  ${one.summary}`);
  return [
    'OonoBox: a team inbox for the WhatsApp Business Platform.',
    '',
    `${programName} COMMAND [options]     (COMMAND --help says more)`,
    '',
    ...lines,
    '',
  ].join('\n');
}

/** What one command takes. */
export function describe(one: Invocation | Command): string {
  const options = Object.entries(one.options).map(([name, option]) => [
    `--${name}${option.value ? ` ${option.value}` : ''}`,
    `${option.summary}${option.required ? ' (needed)' : ''}`,
  ]);
  const width = Math.max(0, ...options.map(([name = '']) => name.length));
  const lines = [`${one.words}: ${one.summary}`, ''];
  lines.push(...options.map(([name = '', summary]) => `  ${name.padEnd(width)}  ${summary}`));
  if ('stdin' in one && one.stdin !== null) {
    lines.push('', `Reads JSON from stdin: ${one.stdin}`);
  }
  return `${lines.join('\n')}\n`;
}
