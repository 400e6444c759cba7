// How the pages of the practice Google Classroom speak.
import { en } from './messages.en.ts';
import { uz } from './messages.uz.ts';

export type HostText = (key: keyof typeof en, params?: Record<string, string>) => string;

/** The texts in a language; in English if the pages do not have it. */
export function texts(language: string): HostText {
  const table = language === 'uz' ? uz : en;
  return (key, params = {}) => table[key].replaceAll(/\{\{(\w+)\}\}/g, (_, name: string) => params[name] ?? '');
}

/** What a scope lets a client do, in words; null for what is said of every client, and the scope itself for what nobody has put in words. */
export function scopeWords(t: HostText, scope: string): string | null {
  const name = scope.split('/').at(-1) ?? scope;
  if (name === 'openid' || name.startsWith('userinfo.')) return null;
  const key = `scope.${name}`;
  return isKey(key) ? t(key) : name;
}

function isKey(key: string): key is keyof typeof en {
  return Object.hasOwn(en, key);
}
