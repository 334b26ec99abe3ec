import packageJson from '#package' with { type: 'json' };
import type { Program } from './command.ts';
import { printResult } from './output.ts';
import { serve } from './serve.ts';

const json = { json: { summary: 'prints one line of JSON' } };

/** What runs as a program of its own, in the order of the help. */
export const programs: readonly Program[] = [
  { words: 'serve', summary: 'runs OonoBox on the data folder', options: json, run: serve },
  {
    words: 'demo',
    summary: 'runs a demonstration in a temporary folder, with a simulated WhatsApp; sends nothing anywhere',
    options: {
      port: { value: 'N', summary: 'the port of the pages (OONOBOX_PORT, else 3000)' },
      host: { value: 'H', summary: 'the address to listen on (OONOBOX_HOST, else 127.0.0.1)' },
      ...json,
    },
    // The simulator is loaded here only: no other program has any of it.
    run: async (options) => (await import('#src/demo/demo.ts')).demo(options),
  },
  {
    words: 'version',
    summary: 'prints the version',
    options: json,
    run: async (options) => {
      await printResult({ version: packageJson.version }, options.json === true);
      return 0;
    },
  },
];
