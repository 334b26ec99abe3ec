import type { Config } from '#src/config.ts';
import { Problem } from '#src/errors.ts';
import { addressGroup, clientAddressOf } from '#src/http/client-address.ts';
import { createRateLimit } from '#src/http/rate-limit.ts';

type Server = Parameters<ReturnType<typeof clientAddressOf>>[1];

/** For pages that anybody may send: so many at once from one client, then one every twenty seconds. */
const CLIENT = { perSecond: 1 / 20, burst: 20 };
/** Letters to one address: three at once, then one every twenty minutes. */
const MAILBOX = { perSecond: 1 / 1200, burst: 3 };

export type DoorLimit = {
  /** The client's address, for the records. */
  addressOf(request: Request, server: Server): string;
  /** Whether this client has asked too often. */
  isTooOften(request: Request, server: Server): boolean;
  /** Throws `Problem` 429 when it has. */
  admit(request: Request, server: Server): void;
  /** Whether this address has been written to too often. */
  isFlooded(email: string): boolean;
};

/** Throws `Problem` 429 when there is anything to wait for. */
export function refuseTooMany(waitMs: number): void {
  if (waitMs > 0) {
    throw new Problem(
      429,
      'too-many-requests',
      'Too many requests',
      'Nothing was changed. Wait a minute, then send it again.',
    );
  }
}

/** Slows down whoever guesses links, and spares mailboxes. */
export function createDoorLimit(config: Pick<Config, 'trustedProxies'>, now: () => number): DoorLimit {
  const addressOf = clientAddressOf(config);
  const clients = createRateLimit({ ...CLIENT, now });
  const mailboxes = createRateLimit({ ...MAILBOX, now });
  const isTooOften = (request: Request, server: Server) =>
    clients.take(addressGroup(addressOf(request, server))) > 0;
  return {
    addressOf,
    isTooOften,
    admit(request, server) {
      refuseTooMany(clients.take(addressGroup(addressOf(request, server))));
    },
    isFlooded: (email) => mailboxes.take(email) > 0,
  };
}
