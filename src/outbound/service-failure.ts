// How an answer of a gradebook service that is not a success is read: by status first, because bodies and content
// types of real platforms cannot be relied upon (errors with the body `[]`, HTML pages, empty bodies).
import { summarizeAnswer } from './answer-summary.ts';
import type { ArrivedAnswer, FailedAnswer, PlatformAnswer } from './platform-http.ts';
import { retryAfterSeconds } from './retry-after.ts';

export interface ServiceFailure {
  /**
   * `unauthorized`: drop the access token and try once more with a new one. `unavailable`: the same request may succeed
   * later. `refused`: it will not, whoever repeats it.
   */
  kind: 'unauthorized' | 'unavailable' | 'refused';
  /** The HTTP status, or null when none arrived. */
  status: number | null;
  /** What kept a whole answer from us; null when one arrived. `nobody-may`: nobody in whose name we could have asked has the right. */
  fault: FailedAnswer['code'] | 'nobody-may' | null;
  /** At most 300 printable characters of the answer, or the name of the network fault; never a secret. */
  detail: string;
  retryAfterSeconds: number | null;
}

const temporaryStatuses = [408, 425, 429];
const lastingFailures = ['redirect', 'too-large', 'address-refused'];
const usedUp = /rate limit exceeded/i;

/**
 * Whether the same request may succeed later: 408, 425, 429, any 5xx, and a 403 that is a used-up rate limit, be it in
 * a header or in words.
 */
export function isTemporary({ status, headers, text }: ArrivedAnswer): boolean {
  if (status === 403) return Number.parseFloat(headers.get('x-rate-limit-remaining') ?? '') <= 0 || usedUp.test(text);
  return status >= 500 || temporaryStatuses.includes(status);
}

/**
 * Sorts an answer that is not a success: 401 is `unauthorized`; no answer in time, no connection and what
 * `isTemporary` says are `unavailable`; every other status, a redirect and an address we do not call are `refused`.
 */
export function classifyFailure(answer: PlatformAnswer, secrets: string[], now: Date): ServiceFailure {
  const { status } = answer;
  if (!answer.ok) {
    const isLasting = lastingFailures.includes(answer.code);
    const detail = `${answer.code}: ${answer.detail}`;
    const kind = isLasting ? 'refused' : 'unavailable';
    return { kind, status, fault: answer.code, detail, retryAfterSeconds: null };
  }
  const { headers, text, reason } = answer;
  // A platform exists that says why beside the status alone (lti.md §2.7).
  const detail = summarizeAnswer(/^(\[\])?$/.test(text.trim()) && reason !== '' ? reason : text, secrets);
  const wait = retryAfterSeconds(headers, now);
  const kind = isTemporary(answer) ? 'unavailable' : 'refused';
  return { kind: status === 401 ? 'unauthorized' : kind, status, fault: null, detail, retryAfterSeconds: wait };
}

/** Whether an answer says that there is nothing at that address, or nothing any more. */
export function isNotThere({ kind, status }: { kind: string; status?: number | null }): boolean {
  return kind === 'refused' && (status === 404 || status === 410);
}

/** A success that does not say what it should (a maintenance page, a proxy's login): `unavailable`. */
export function unreadable({ status, text }: ArrivedAnswer, secrets: string[]): ServiceFailure {
  return { kind: 'unavailable', status, fault: null, detail: summarizeAnswer(text, secrets), retryAfterSeconds: null };
}
