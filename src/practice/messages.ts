// How the practice LMS's own pages speak. It is another company's product: it shares no text with the tool.
import { en } from './messages.en.ts';
import { uz } from './messages.uz.ts';

export type Text = (key: keyof typeof en, params?: Record<string, string>) => string;

/** The languages that the pages have, by code, each with the name it has for itself. */
export const pageLanguages = [
  { code: 'en', name: 'English' },
  { code: 'uz', name: 'Oʻzbekcha' },
] as const;

/** The texts in a language; in English if the pages do not have it. */
export function texts(language: string): Text {
  const table = language === 'uz' ? uz : en;
  return (key, params = {}) => table[key].replaceAll(/\{\{(\w+)\}\}/g, (_, name: string) => params[name] ?? '');
}

/** Points with at most two digits behind the point, or comma. */
export function formatPoints(points: number, language: string): string {
  const text = String(Math.round(points * 100) / 100);
  return language === 'uz' ? text.replace('.', ',') : text;
}

/** Day, month, year and time of unix seconds, in an IANA time zone. */
export function formatTime(unix: number, timeZone: string): string {
  const format = new Intl.DateTimeFormat('de-DE', { timeZone, dateStyle: 'medium', timeStyle: 'medium' });
  return format.format(new Date(unix * 1000)).replace(',', '');
}
