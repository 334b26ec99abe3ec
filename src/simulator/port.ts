import { readFileSync } from 'node:fs';

const KERNELS_RANGE = '/proc/sys/net/ipv4/ip_local_port_range';
/** Where Linux begins to give ports by itself, unless told otherwise; elsewhere it is higher. */
const USUAL_END = 32_768;
const HOW_MANY = 12_000;
const FIRST_FOR_USERS = 1_024;
/** Processes that are started together have ids close together: this sets them far apart. */
const STRIDE = 7_919;

const end = endOfRange();
let given = 0;

/**
 * A port of this address to listen on, now and again later: nobody has it, the kernel gives it to nobody who asks for
 * any, this process never gets it twice, and another that asks here begins elsewhere.
 */
export function freePort(hostname = '127.0.0.1'): number {
  while (given < HOW_MANY) {
    const port = end - HOW_MANY + ((process.pid * STRIDE + given++) % HOW_MANY);
    if (isFree(port, hostname)) {
      return port;
    }
  }
  throw new Error(`No port of the ${HOW_MANY} below ${end} is free on ${hostname}.`);
}

function isFree(port: number, hostname: string): boolean {
  try {
    void Bun.serve({ port, hostname, reusePort: false, fetch: () => new Response() }).stop(true);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE') {
      return false;
    }
    throw error;
  }
}

function endOfRange(): number {
  const kernels = Number(readRange().split(/\s/)[0]);
  return kernels >= FIRST_FOR_USERS + HOW_MANY ? kernels : USUAL_END;
}

/** Only Linux says it. */
function readRange(): string {
  try {
    return readFileSync(KERNELS_RANGE, 'utf8');
  } catch {
    return '';
  }
}
