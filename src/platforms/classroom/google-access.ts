// Tokens to act in people's names, made from what they agreed to and shared until shortly before they expire.
import { refreshAccess, type TokenRefusal } from '../../classroom/tokens.ts';
import type { GoogleClient } from '../../classroom/google-client.ts';
import type { Database } from '../../database/database.ts';
import type { Fetch } from '../../outbound/platform-http.ts';
import { loseGrant, type Grant } from './grant.store.ts';

export type PersonAccess = { kind: 'granted'; token: string } | TokenRefusal;

export interface GoogleAccess {
  /**
   * A token to act in the name of who gave this grant. A grant that Google no longer takes is noted as lost. No transaction may be
   * open: this may wait for another machine.
   */
  tokenOf(client: GoogleClient, grant: Grant): Promise<PersonAccess>;
  /** Drops the token of who gave this grant: it was refused. */
  forget(grant: Grant): void;
}

interface HeldToken {
  token: string;
  usableUntilMs: number;
}

const marginMs = 60_000;
const mostHeld = 2_000;

/** One renewal at a time for each grant; failures are not kept. @param tools.fetch the guarded way out */
export function createGoogleAccess(tools: { db: Database; fetch: Fetch; now: () => Date }): GoogleAccess {
  const { db, now } = tools;
  const held = new Map<string, HeldToken>();
  const underWay = new Map<string, Promise<PersonAccess>>();

  async function renew(key: string, client: GoogleClient, grant: Grant): Promise<PersonAccess> {
    const answer = await refreshAccess(tools, { client, refreshToken: grant.refreshToken });
    if (answer.kind === 'grant-lost') await loseGrant(db, grant, now());
    if (answer.kind !== 'granted') return answer;
    hold(held, key, { token: answer.accessToken, usableUntilMs: answer.expiresAt.getTime() - marginMs });
    return { kind: 'granted', token: answer.accessToken };
  }

  return {
    tokenOf(client, grant) {
      const key = keyOf(grant);
      const kept = held.get(key);
      if (kept && kept.usableUntilMs > now().getTime()) return Promise.resolve({ kind: 'granted', token: kept.token });
      const flight = underWay.get(key) ?? renew(key, client, grant).finally(() => underWay.delete(key));
      underWay.set(key, flight);
      return flight;
    },
    forget: (grant) => void held.delete(keyOf(grant)),
  };
}

/** Whoever agrees anew gets another token. */
function keyOf({ personId, grantedAt, scopes }: Grant): string {
  return `${personId} ${grantedAt.getTime()} ${scopes.join(' ')}`;
}

/** A Map keeps insertion order, so the first key is the oldest. */
function hold(held: Map<string, HeldToken>, key: string, token: HeldToken): void {
  held.delete(key);
  held.set(key, token);
  const [oldest] = held.keys();
  if (held.size > mostHeld && oldest !== undefined) held.delete(oldest);
}
