// Dates and numbers as people of each language write them. The patterns stand in the language's JSON, because what browsers and
// Node know of Uzbek and Kyrgyz differs from one to the next (credits.md §4.2).
import { translator, type Language } from './i18n.ts';

/** Ways to write values for people; each gives text. */
export interface Formats {
  /** A moment to the minute, in the zone that was asked for. */
  dateTime(moment: Date): string;
  /** The time of day alone, for what is not far off. */
  time(moment: Date): string;
  /** The same as an `<input type="datetime-local">` takes it; `momentAt` (local-time.ts) reads what comes back. */
  inputTime(moment: Date): string;
  /** A number with at most `decimals` places (2 unless told), without trailing zeros. */
  number(value: number, decimals?: number): string;
  /** A share of one as whole per cent: `0.756` → `76%`. */
  percent(share: number): string;
}

/** @param timeZone an IANA zone, such as `Asia/Tashkent` */
export function formats(language: Language, timeZone: string): Formats {
  const t = translator(language);
  const clock = clockIn(timeZone);
  const partsOf = (moment: Date): Record<string, string> =>
    Object.fromEntries(clock.formatToParts(moment).map(({ type, value }) => [type, value]));
  const number = (value: number, decimals = 2) => {
    const [whole = '0', rest = ''] = Math.abs(value).toFixed(decimals).split('.');
    const grouped = whole.replace(/\B(?=(\d{3})+$)/g, t('language.group'));
    const places = rest.replace(/0+$/, '');
    const digits = places ? `${grouped}${t('language.decimal')}${places}` : grouped;
    return value < 0 && /[1-9]/.test(digits) ? `−${digits}` : digits;
  };
  return {
    dateTime: (moment) => t('language.dateTime', partsOf(moment)),
    time: (moment) => t('language.time', partsOf(moment)),
    inputTime: (moment) => {
      const { year, month, day, hour, minute } = partsOf(moment);
      return `${year}-${month}-${day}T${hour}:${minute}`;
    },
    number,
    percent: (share) => t('language.percent', { number: number(share * 100, 0) }),
  };
}

/** Making one takes a hundred times as long as using it. */
const clocks = new Map<string, Intl.DateTimeFormat>();

function clockIn(timeZone: string): Intl.DateTimeFormat {
  const known = clocks.get(timeZone);
  if (known) return known;
  const clock = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
  });
  clocks.set(timeZone, clock);
  return clock;
}
