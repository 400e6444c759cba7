// The platforms' public keys, kept in memory: one shelf per JWKS address, shared by every launch of this process.
import type { CryptoKey } from 'jose';
import type { VerificationKeys } from './jwks-document.ts';
import { keySetLifetimeMs, readKeySet } from './jwks-document.ts';
import type { Fetch } from '../outbound/platform-http.ts';
import { requestPlatform } from '../outbound/platform-http.ts';

export type KeyLookup =
  { ok: true; key: CryptoKey } | { ok: false; code: 'key-unknown' | 'keys-unreachable'; detail: string };

export interface PlatformKeys {
  find(jwksUrl: string, kid: string): Promise<KeyLookup>;
}

interface Shelf {
  held: { keys: VerificationKeys; fetchedAtMs: number; freshUntilMs: number } | null;
  lastAttemptEndedAtMs: number;
  lastFailure: string | null;
  underWay: Promise<void> | null;
}

const cooldownMs = 5_000;
const staleIfErrorMs = 24 * 60 * 60_000;
const maxAddresses = 500;

/**
 * A cache of the platforms' verification keys. `find` answers from memory while a key set is fresh (ten minutes, or
 * less if the platform says so) and asks again for a `kid` it does not know, at most once every 5 s per address and
 * once at a time. While a platform cannot be reached its last key set serves for up to 24 h.
 *
 * Refusals: `key-unknown` (the platform's current key set has no such key), `keys-unreachable` (there is no current
 * key set to look in; the detail says why).
 */
export function createPlatformKeys({ fetch, now }: { fetch: Fetch; now: () => Date }): PlatformKeys {
  const shelves = new Map<string, Shelf>();

  async function refill(jwksUrl: string, shelf: Shelf): Promise<void> {
    const fetched = await fetchKeySet(fetch, jwksUrl);
    const endedAtMs = now().getTime();
    shelf.lastAttemptEndedAtMs = endedAtMs;
    shelf.lastFailure = fetched.ok ? null : fetched.detail;
    if (!fetched.ok) return;
    shelf.held = { keys: fetched.keys, fetchedAtMs: endedAtMs, freshUntilMs: endedAtMs + fetched.lifetimeMs };
  }

  return {
    async find(jwksUrl, kid) {
      const shelf = shelfFor(shelves, jwksUrl);
      const nowMs = now().getTime();
      if (!hasFresh(shelf, kid, nowMs) && (shelf.underWay || nowMs - shelf.lastAttemptEndedAtMs >= cooldownMs)) {
        shelf.underWay ??= refill(jwksUrl, shelf).finally(() => {
          shelf.underWay = null;
        });
        await shelf.underWay;
      }
      return lookUp(shelf, kid, now().getTime());
    },
  };
}

function hasFresh({ held }: Shelf, kid: string, nowMs: number): boolean {
  return held !== null && nowMs < held.freshUntilMs && held.keys.has(kid);
}

function lookUp({ held, lastFailure }: Shelf, kid: string, nowMs: number): KeyLookup {
  const usable = held !== null && nowMs - held.fetchedAtMs < staleIfErrorMs ? held.keys : null;
  const key = usable?.get(kid);
  if (key) return { ok: true, key };
  if (usable === null || lastFailure !== null) {
    return { ok: false, code: 'keys-unreachable', detail: lastFailure ?? 'not fetched yet' };
  }
  return { ok: false, code: 'key-unknown', detail: `none of ${usable.size} usable keys` };
}

/** Also moves the address to the end of the Map, so that the one dropped for room is the one unused for longest. */
function shelfFor(shelves: Map<string, Shelf>, jwksUrl: string): Shelf {
  const shelf = shelves.get(jwksUrl) ?? {
    held: null,
    lastAttemptEndedAtMs: -Infinity,
    lastFailure: null,
    underWay: null,
  };
  shelves.delete(jwksUrl);
  shelves.set(jwksUrl, shelf);
  const [longestUnused] = shelves.keys();
  if (shelves.size > maxAddresses && longestUnused !== undefined) shelves.delete(longestUnused);
  return shelf;
}

type FetchedKeySet = { ok: true; keys: VerificationKeys; lifetimeMs: number } | { ok: false; detail: string };

async function fetchKeySet(fetch: Fetch, jwksUrl: string): Promise<FetchedKeySet> {
  const headers = { accept: 'application/json' };
  const answer = await requestPlatform(fetch, { url: jwksUrl, method: 'GET', headers });
  if (!answer.ok) return { ok: false, detail: `${answer.code}: ${answer.detail}` };
  if (answer.status !== 200) return { ok: false, detail: `status ${answer.status}` };
  const keys = await readKeySet(answer.text);
  return keys ? { ok: true, keys, lifetimeMs: keySetLifetimeMs(answer.headers) } : { ok: false, detail: 'no key set' };
}
