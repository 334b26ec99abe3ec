import { type Config, readConfig } from '#src/config.ts';

const PATIENCE_MS = 3_000;

/** Asks the server of this configuration whether it lives: exit code 0 or 1. The image's HEALTHCHECK. */
export async function healthcheck(): Promise<number> {
  try {
    const { ok } = await fetch(`${near(readConfig())}/up`, { signal: AbortSignal.timeout(PATIENCE_MS) });
    return ok ? 0 : 1;
  } catch {
    return 1;
  }
}

/** The server's address from where it runs. */
function near({ host, port }: Config): string {
  if (host === '0.0.0.0' || host === '::') {
    return `http://127.0.0.1:${port}`;
  }
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
}
