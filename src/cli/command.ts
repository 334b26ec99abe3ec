import type { CommandInput } from '#src/accounts/command-input.ts';
import type { Services } from '#src/services.ts';

export type Options = CommandInput['options'];

export type OptionSpec = {
  /** What stands for the value in the help; without one the option is a switch. */
  value?: string;
  summary: string;
  required?: boolean;
};

/** One thing the program can be told to do, by the words that call it. */
export type Invocation = {
  words: string;
  summary: string;
  options: Readonly<Record<string, OptionSpec>>;
};

/** A command on the data of an install: it runs inside the server when there is one, else in its own process. */
export type Command = Invocation & {
  /** The shape of the JSON it reads from stdin, as the help shows it; null when it reads none. */
  stdin: string | null;
  run(services: Services, input: CommandInput): Promise<object>;
};

/** A program of its own, which ends with an exit code. */
export type Program = Invocation & { run(options: Options): Promise<number> };
