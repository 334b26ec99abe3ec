import { BlockList, isIPv4, isIPv6 } from 'node:net';

/**
 * What nobody outside may make this machine connect to: its own network and itself, and what stands for them
 * (IANA's special-purpose registries, RFC 6890).
 */
const NOT_PUBLIC_4 = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
] as const;

/** Within 2000::/3, the only part of IPv6 that is given out: what carries an IPv4 address, and examples. */
const NOT_PUBLIC_6 = [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
] as const;

const notPublic = new BlockList();
for (const [network, bits] of NOT_PUBLIC_4) {
  notPublic.addSubnet(network, bits, 'ipv4');
}
for (const [network, bits] of NOT_PUBLIC_6) {
  notPublic.addSubnet(network, bits, 'ipv6');
}

const givenOut = new BlockList();
givenOut.addSubnet('2000::', 3, 'ipv6');

/** Whether an IP address is one of the public internet. What is no address at all is none. */
export function isPublicAddress(address: string): boolean {
  if (isIPv4(address)) {
    return !notPublic.check(address, 'ipv4');
  } else {
    return (
      isIPv6(address) &&
      !address.includes('%') &&
      givenOut.check(address, 'ipv6') &&
      !notPublic.check(address, 'ipv6')
    );
  }
}
