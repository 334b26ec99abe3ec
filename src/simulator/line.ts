import { freePort } from './port.ts';

/** The way to the Graph API: an address of its own, so that it can be lost while the phone goes on. */
export type Line = {
  /** An origin without a trailing slash. */
  url: string;
  isCut(): boolean;
  /** From here on connections are refused, and those that are open end. */
  cut(): void;
  /** The same address answers again. */
  restore(): void;
  end(): Promise<void>;
};

type Options = { hostname: string; fetch: (request: Request) => Response | Promise<Response> };

export function createLine(options: Options): Line {
  const port = freePort(options.hostname);
  const listen = () => Bun.serve({ ...options, port, reusePort: false, idleTimeout: 0 });
  const first = listen();
  const { url } = first;
  let server: Bun.Server<undefined> | null = first;

  return {
    url: url.origin,
    isCut: () => server === null,
    cut() {
      // Its promise waits for what is under way, which ends with the connection.
      void server?.stop(true);
      server = null;
    },
    restore() {
      server ??= listen();
    },
    async end() {
      await server?.stop(true);
      server = null;
    },
  };
}
