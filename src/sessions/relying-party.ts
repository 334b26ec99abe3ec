import { isIP } from 'node:net';
import type { Config } from '#src/config.ts';

/** For whom passkeys are made: the host's name, and the origin that pages have. */
export type RelyingParty = { id: string; origin: string };

type Socket = { requestIP(request: Request): { address: string } | null } | null;

const LOOPBACK = /^(?:127\.|::1$|::ffff:127\.)/;

/**
 * The configured address. Without one the host that was asked for counts, but only `localhost` asked from this very
 * machine: whoever may choose the name could have passkeys made for another one. Null where there can be no passkeys:
 * they need a name instead of numbers, and https (Web Authentication, §5.1.3).
 */
export function relyingPartyOf(
  request: Request,
  socket: Socket,
  { url }: Pick<Config, 'url'>,
): RelyingParty | null {
  if (url !== null) {
    const { hostname, protocol } = new URL(url);
    const isSecure = protocol === 'https:' || hostname === 'localhost';
    return isSecure && isIP(hostname) === 0 && !hostname.startsWith('[')
      ? { id: hostname, origin: url }
      : null;
  }
  const host = request.headers.get('host') ?? '';
  const isHere = LOOPBACK.test(socket?.requestIP(request)?.address ?? '');
  return isHere && /^localhost(?::\d{1,5})?$/.test(host)
    ? { id: 'localhost', origin: `http://${host}` }
    : null;
}
