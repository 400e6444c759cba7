// How the pages of the practice Google Classroom speak.
import { en } from './messages.en.ts';
import { uz } from './messages.uz.ts';

export type HostText = (key: keyof typeof en, params?: Record<string, string>) => string;

/** The texts in a language; in English if the pages do not have it. */
export function texts(language: string): HostText {
  const table = language === 'uz' ? uz : en;
  return (key, params = {}) => table[key].replaceAll(/\{\{(\w+)\}\}/g, (_, name: string) => params[name] ?? '');
}
