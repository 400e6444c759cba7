// What lets an add-on at a post that holds nothing of it yet: for one person, one client and one post, for an hour.
import { randomBytes } from 'node:crypto';
import type { ApiCall } from './api-call.ts';
import { denied } from './api-error.ts';
import type { AddOnToken, Item, State } from './state.ts';

const lifetimeMs = 60 * 60_000;

export function newAddOnToken(state: State, nowMs: number, whose: Omit<AddOnToken, 'token' | 'expiresAtMs'>): string {
  const token = randomBytes(16).toString('hex');
  state.addOnTokens.push({ ...whose, token, expiresAtMs: nowMs + lifetimeMs });
  return token;
}

export function checkAddOnToken(state: State, { caller, query, nowMs }: ApiCall, item: Item): void {
  const known = state.addOnTokens.find(({ token }) => token === query.get('addOnToken'));
  const isTheirs = known?.userId === caller.userId && known.clientId === caller.clientId && known.itemId === item.id;
  if (!isTheirs) throw denied('@InvalidAddOnToken The add-on token is invalid.');
  if (known.expiresAtMs <= nowMs) throw denied('@ExpiredAddOnToken The add-on token has expired.');
}
