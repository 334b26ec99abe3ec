import { BlockList, isIP } from 'node:net';
import type { Config } from '#src/config.ts';

const HOPS_READ = 16;

/** Whose X-Forwarded-For is believed: addresses and networks such as `10.0.0.0/8`. */
export type TrustedProxies = { has(address: string): boolean };

/** Throws when one of them is neither an address nor a network. */
export function readTrustedProxies(list: readonly string[]): TrustedProxies {
  const proxies = new BlockList();
  for (const entry of list) {
    const [given = '', prefix] = entry.split('/');
    const address = plain(given);
    const family = isIP(address);
    const widest = family === 4 ? 32 : 128;
    const bits = prefix === undefined ? widest : Number(prefix);
    if (family === 0 || !Number.isInteger(bits) || bits < 0 || bits > widest) {
      throw new Error(`"${entry}" is neither an address nor a network`);
    }
    proxies.addSubnet(address, bits, family === 4 ? 'ipv4' : 'ipv6');
  }
  return { has: (address) => proxies.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4') };
}

/**
 * The client's address: the socket's, or, when a trusted proxy holds the socket, the last hop that is not one
 * in X-Forwarded-For. What a client wrote into that header itself stands further left and is never reached.
 */
export function clientAddress(
  request: Request,
  socketAddress: string | null,
  proxies: TrustedProxies,
): string {
  const peer = plain(socketAddress ?? '');
  if (isIP(peer) === 0 || !proxies.has(peer)) {
    return peer === '' ? 'unknown' : peer;
  }
  const hops = (request.headers.get('x-forwarded-for') ?? '').split(',').map((hop) => plain(hop.trim()));
  let client = peer;
  for (const hop of hops.reverse().slice(0, HOPS_READ)) {
    if (isIP(hop) === 0) {
      break;
    }
    client = hop;
    if (!proxies.has(hop)) {
      break;
    }
  }
  return client;
}

type Socket = { requestIP(request: Request): { address: string } | null } | null;

/** Finds the address of whoever sends a request, by the configuration's trusted proxies. */
export function clientAddressOf({ trustedProxies }: Pick<Config, 'trustedProxies'>) {
  const proxies = readTrustedProxies(trustedProxies);
  return (request: Request, server: Socket): string =>
    clientAddress(request, server?.requestIP(request)?.address ?? null, proxies);
}

/** Tells whether a request came through one of our own proxies. */
export function createTrust({ trustedProxies }: Pick<Config, 'trustedProxies'>) {
  const proxies = readTrustedProxies(trustedProxies);
  return (request: Request, server: Socket): boolean => {
    const peer = trustedProxies.length === 0 ? null : server?.requestIP(request);
    return peer != null && proxies.has(plain(peer.address));
  };
}

/** Whom to count together: an IPv6 customer has a whole /64 to choose addresses from. */
export function addressGroup(address: string): string {
  return isIP(address) === 6 ? `${groupsOf(address).slice(0, 4).join(':')}::/64` : address;
}

/** The eight groups of an IPv6 address, however it was abbreviated. */
function groupsOf(address: string): string[] {
  const [head = '', tail] = new URL(`http://[${address}]`).hostname.slice(1, -1).split('::');
  const first = head === '' ? [] : head.split(':');
  const last = tail === undefined || tail === '' ? [] : tail.split(':');
  return [...first, ...Array(8 - first.length - last.length).fill('0'), ...last];
}

/** An IPv4 address that arrived on an IPv6 socket is written the IPv4 way. */
function plain(address: string): string {
  return address.replace(/^::ffff:(?=\d+\.)/i, '');
}
