// How far a platform's clock is from ours, by the time it writes on every answer.
import type { PlatformAnswer } from '../outbound/platform-http.ts';

/**
 * By how many whole seconds the platform's clock is ahead of ours (negative: behind); null when no answer came, or one that does not
 * tell its time. The header counts whole seconds, and the answer was on its way for a moment, too.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9110#field.date
 */
export function clockAheadSeconds(answer: PlatformAnswer, now: Date): number | null {
  const theirs = answer.ok ? Date.parse(answer.headers.get('date') ?? '') : NaN;
  return Number.isNaN(theirs) ? null : Math.round((theirs - now.getTime()) / 1000);
}
