import type { Logger } from '#src/log.ts';
import { type Counts, countRequest } from '#src/ops/counts.ts';
import { requestIdOf } from './request-id.ts';

/** Longer than any page may take: somebody should look. */
const SLOW_S = 1;

/** Stands for every address that leads nowhere: what strangers ask for must not become a label or a log line. */
const NOWHERE = { method: 'any', route: 'none' };

type Begun = { at: number; status: number | null };
const begun = new WeakMap<Request, Begun>();

/** Called when a request has come. */
export function beginRequest(request: Request): void {
  begun.set(request, { at: performance.now(), status: null });
}

/** Called when an error is answered, whose status is known nowhere else. */
export function noteStatus(request: Request, status: number): void {
  const started = begun.get(request);
  if (started) {
    started.status = status;
  }
}

/** Called after a wait that is meant to be: it does not make the request a slow one. */
export function forgiveWait(request: Request, ms: number): void {
  const started = begun.get(request);
  if (started) {
    started.at += ms;
  }
}

type Answered = {
  /** The pattern, never the path, which may hold a secret; undefined when none matched. */
  route: string | undefined;
  /** What the handler returned. */
  response: unknown;
  /** What it set, by number or by name. */
  status: number | string | undefined;
};

/** Called when a request was answered: counts it, and logs it when asked to, or when it was slow. */
export function endRequest(
  { log, counts }: { log: Logger; counts: Counts },
  request: Request,
  answered: Answered,
): void {
  const started = begun.get(request);
  if (!started) {
    return;
  }
  const seconds = Math.max(0, performance.now() - started.at) / 1000;
  const place = answered.route ? { method: request.method, route: answered.route } : NOWHERE;
  const status = started.status ?? statusOf(request, answered);
  countRequest(counts, { ...place, status, seconds });
  if (seconds > SLOW_S || log.isLevelEnabled('debug')) {
    const about = { requestId: requestIdOf(request), ...place, status, ms: Math.round(seconds * 1000) };
    log[seconds > SLOW_S ? 'warn' : 'debug'](about, seconds > SLOW_S ? 'a request was slow' : 'a request');
  }
}

function statusOf(request: Request, { response, status }: Answered): number {
  if (response instanceof Response) {
    return response.status;
  } else if (response === undefined && request.headers.get('upgrade')?.toLowerCase() === 'websocket') {
    return 101;
  } else {
    return typeof status === 'number' ? status : 200;
  }
}
