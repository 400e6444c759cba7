// Dates as people type them into a form, `2026-11-21T18:30`, meant in the zone of the installation.

const dayMs = 24 * 60 * 60 * 1000;
const pattern = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d)(?::\d\d)?$/;

/**
 * The moment that a clock in `timeZone` shows as `local`; null for what is no date. Where clocks were put back and show it
 * twice, the first of the two; where they were put forward and never show it, as many minutes after the gap as it is after its
 * beginning.
 *
 * @param local the value of an `<input type="datetime-local">`
 * @param timeZone an IANA zone
 */
export function momentAt(local: string, timeZone: string): Date | null {
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0] = (pattern.exec(local) ?? []).slice(1).map(Number);
  const asUtc = new Date(Date.UTC(year, month - 1, day, hour, minute));
  // The 31st of February would be taken for a day in March.
  if (year < 1970 || asUtc.toISOString().slice(0, 16) !== local.slice(0, 16)) return null;
  const candidates = [...new Set([dayMs, -dayMs].map((shift) => offsetMs(shift + asUtc.getTime(), timeZone)))].map(
    (offset) => asUtc.getTime() - offset,
  );
  const shown = candidates.filter((time) => time + offsetMs(time, timeZone) === asUtc.getTime());
  return new Date(shown.length > 0 ? Math.min(...shown) : Math.max(...candidates));
}

/** By how much clocks in a zone are ahead of UTC at a moment. */
function offsetMs(time: number, timeZone: string): number {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  }).formatToParts(new Date(time));
  const part = (name: string) => Number(parts.find(({ type }) => type === name)?.value);
  const shown = Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second'));
  return shown - Math.floor(time / 1000) * 1000;
}
