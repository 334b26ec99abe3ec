/** How long a transfer may take: so long for nothing at all, and at least so many bytes a second over all of it. */
export type Patience = { silenceMs: number; bytesPerSecond: number };

/** Slow lines get their file, and nobody holds a connection with a byte a second. */
export const PATIENCE: Patience = { silenceMs: 30_000, bytesPerSecond: 8 * 1024 };

export type Transfer = {
  /** Aborts with a `TimeoutError` when patience is over, and with the outer signal's reason when that says so. */
  signal: AbortSignal;
  /** So many bytes came or went. */
  moved(bytes: number): void;
  /** It has ended: nothing is timed any more. */
  end(): void;
};

/** Times one transfer: the more has moved, the longer it may go on. */
export function beginTransfer({ silenceMs, bytesPerSecond }: Patience, outer?: AbortSignal): Transfer {
  const control = new AbortController();
  const began = performance.now();
  let bytes = 0;
  let timer: NodeJS.Timeout | undefined;

  const giveUp = () => control.abort(new DOMException('The transfer took too long.', 'TimeoutError'));
  const follow = () => {
    const earned = silenceMs + (bytes / bytesPerSecond) * 1000 - (performance.now() - began);
    clearTimeout(timer);
    timer = setTimeout(giveUp, Math.max(0, Math.min(silenceMs, earned)));
  };
  follow();
  return {
    signal: outer ? AbortSignal.any([control.signal, outer]) : control.signal,
    moved(more) {
      bytes += more;
      follow();
    },
    end: () => clearTimeout(timer),
  };
}
