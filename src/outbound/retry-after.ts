// The Retry-After header, as seconds from now.

const longestSeconds = 24 * 60 * 60;

/**
 * How many seconds a platform asks us to wait, or null when it does not say so in a form we understand: whole seconds
 * or an HTTP date. Never negative, never more than a day.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9110#field.retry-after
 */
export function retryAfterSeconds(headers: Headers, now: Date): number | null {
  const value = headers.get('retry-after')?.trim() ?? '';
  const seconds = /^\d+$/.test(value) ? Number(value) : secondsUntil(value, now);
  return seconds === null ? null : Math.min(Math.max(seconds, 0), longestSeconds);
}

function secondsUntil(value: string, now: Date): number | null {
  const moment = value.endsWith('GMT') ? Date.parse(value) : NaN;
  return Number.isNaN(moment) ? null : Math.ceil((moment - now.getTime()) / 1000);
}
