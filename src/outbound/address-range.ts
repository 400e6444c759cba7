// Which network an IP address belongs to, and whether that is the public internet.
import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';

/** A public address behind which a large cloud answers its own machines about themselves. */
const cloudHost = '168.63.129.16';
/** Given up by RFC 4291; the parser would take it for an IPv4-mapped one. */
const ipv4Compatible = /^::\d+\./;
const globalUnicast = ipaddr.IPv6.parse('2000::');

/**
 * The name of the network that keeps `address` from being public, or null if it is public unicast. Not public:
 *
 * - IPv4: unspecified 0/8, private 10/8, 172.16/12 and 192.168/16, carrier-grade NAT 100.64/10, loopback 127/8,
 *   link-local 169.254/16 (cloud metadata among it), multicast 224/4, broadcast, and what is reserved for protocols,
 *   tests and documentation (192.0.0/24, 192.0.2/24, 192.88.99/24, 198.18/15, 198.51.100/24, 203.0.113/24, 240/4)
 * - IPv6: all outside 2000::/3 (so ::, ::1, unique-local fc00::/7, link-local fe80::/10, multicast ff00::/8), and within
 *   it what is reserved (documentation, benchmarking, ORCHID) or has an IPv4 address wrapped in it (6to4, Teredo)
 * - IPv4-mapped IPv6 and NAT64 64:ff9b::/96: what the IPv4 address within is; the local NAT64 prefix is never public
 *
 * @param address in any spelling of an IPv4 or IPv6 address; what is none belongs to `unknown`
 * @see https://www.iana.org/assignments/iana-ipv4-special-registry and iana-ipv6-special-registry
 */
export function privateRangeOf(address: string): string | null {
  if (isIP(address) === 0) return 'unknown';
  if (ipv4Compatible.test(address)) return 'reserved';
  const parsed = ipaddr.process(address);
  if (parsed instanceof ipaddr.IPv4) return rangeOfIpv4(parsed);
  const wrapped = wrappedByNat64(parsed);
  if (wrapped) return rangeOfIpv4(wrapped);
  const range = parsed.range();
  if (range !== 'unicast') return range;
  return parsed.match(globalUnicast, 3) ? null : 'reserved';
}

function rangeOfIpv4(address: ipaddr.IPv4): string | null {
  if (address.toString() === cloudHost) return 'cloudHost';
  const range = address.range();
  return range === 'unicast' ? null : range;
}

/** An IPv6-only network reaches every IPv4 host in this way (RFC 6052). */
function wrappedByNat64(address: ipaddr.IPv6): ipaddr.IPv4 | null {
  const isWrapped = address.match(ipaddr.IPv6.parse('64:ff9b::'), 96);
  return isWrapped ? new ipaddr.IPv4(address.toByteArray().slice(12)) : null;
}
