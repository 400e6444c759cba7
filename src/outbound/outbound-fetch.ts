// The guarded `fetch`: whatever leaves this process leaves through it, and only towards hosts that a stranger may make
// us call. Checked is the address of the very connection, so a name that resolves otherwise a moment later gains nothing.
import type { LookupAddress } from 'node:dns';
import { lookup as systemLookup } from 'node:dns';
import type { LookupFunction } from 'node:net';
import { isIP } from 'node:net';
import { Agent, buildConnector, fetch } from 'undici';
import { privateRangeOf } from './address-range.ts';
import type { Fetch } from './platform-http.ts';
import { addressRefused } from './platform-http.ts';

export interface OutboundRules {
  /** Whether this machine itself may be called. */
  allowHttpLoopback: boolean;
  /** Host names or IP addresses, with or without `:port`, that may be called whatever network they are in. */
  allowedPrivateHosts: readonly string[];
}

/**
 * A `fetch` that connects to public unicast addresses only (`privateRangeOf` lists what is not), be they written in the
 * URL or found by DNS; to loopback while `allowHttpLoopback`; and to anywhere under the names in `allowedPrivateHosts`.
 * A name with several addresses is called at those that are allowed. No proxy of the environment is used.
 *
 * A refused address rejects like a failed connection, before a byte is sent; `requestPlatform` answers it as
 * `address-refused`. Which schemes are allowed is the business of `isAllowedEndpoint`.
 *
 * @param lookup DNS; the system's unless told
 * @throws RangeError for an entry of `allowedPrivateHosts` that is no host
 */
export function createOutboundFetch(rules: OutboundRules, lookup: LookupFunction = systemLookup): Fetch {
  const isListed = listedHosts(rules.allowedPrivateHosts);
  const connectAnywhere = buildConnector({ lookup });
  const connectGuarded = buildConnector({ lookup: guarded(lookup, rules) });
  const dispatcher = new Agent({
    connect: (target, callback) => {
      const { hostname } = target;
      if (isListed(hostname, portOf(target))) return connectAnywhere(target, callback);
      const range = isIP(hostname) === 0 ? null : refusedRange(hostname, rules);
      if (range !== null) return callback(new AddressRefused(hostname, range), null);
      connectGuarded(target, callback);
    },
  });
  // Node's own types of fetch describe an older undici; what the two have in common is all that we use.
  return ((url: string, init: object) => fetch(url, { ...init, dispatcher })) as unknown as Fetch;
}

/**
 * The network for which the address written in `url` is refused, or null: it is allowed, or only DNS can tell. For
 * whoever is about to keep an address that is called later.
 */
export function refusedLiteral(url: string, rules: OutboundRules): string | null {
  const target = new URL(url);
  const address = target.hostname.replace(/^\[(.*)\]$/, '$1');
  if (isIP(address) === 0 || listedHosts(rules.allowedPrivateHosts)(address, portOf(target))) return null;
  return refusedRange(address, rules);
}

class AddressRefused extends Error {
  readonly code = addressRefused;

  constructor(host: string, range: string) {
    super(`${host} is no public address (${range})`);
  }
}

function refusedRange(address: string, { allowHttpLoopback }: OutboundRules): string | null {
  const range = privateRangeOf(address);
  return range === 'loopback' && allowHttpLoopback ? null : range;
}

/** Leaves to the connection only the addresses that are allowed: whatever it picks of them has been checked. */
function guarded(lookup: LookupFunction, rules: OutboundRules): LookupFunction {
  return (hostname, options, callback) => {
    lookup(hostname, { ...options, all: true }, (error, found, family) => {
      if (error) return callback(error, found, family);
      const addresses: LookupAddress[] = typeof found === 'string' ? [{ address: found, family: family ?? 0 }] : found;
      const allowed = addresses.filter(({ address }) => refusedRange(address, rules) === null);
      const [first] = allowed;
      if (first === undefined) {
        const [refused] = addresses;
        const range = refused ? refusedRange(refused.address, rules) : null;
        return callback(new AddressRefused(hostname, range ?? 'unknown'), []);
      }
      return options.all === true ? callback(null, allowed) : callback(null, first.address, first.family);
    });
  };
}

/** An entry without a port holds for all of them. IPv6 addresses come with brackets or without. */
function listedHosts(entries: readonly string[]): (host: string, port: string) => boolean {
  const listed = new Set(entries.map(spelledAsInUrl));
  return (host, port) => {
    const spelled = spelledAsInUrl(host);
    return listed.has(spelled) || listed.has(`${spelled}:${port}`);
  };
}

/** Names in any case and addresses in any spelling become what `URL` makes of them; a port stays as it is. */
function spelledAsInUrl(entry: string): string {
  const bracketed = isIP(entry) === 6 ? `[${entry}]` : entry;
  const [, host = '', port = ''] = /^(\[.+\]|[^:/?#@\\]+)(:\d+)?$/.exec(bracketed) ?? [];
  if (!URL.canParse(`http://${host}`)) throw new RangeError(`No host: ${entry}`);
  return new URL(`http://${host}`).hostname + port;
}

function portOf({ port, protocol }: { port: string; protocol: string }): string {
  return port || (protocol === 'https:' ? '443' : '80');
}
