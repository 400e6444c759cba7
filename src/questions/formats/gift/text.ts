// A text inside a GIFT question: an optional `[html]`, `[moodle]`, `[plain]` or `[markdown]`, then the text itself.
import type { Content } from '../../content.ts';
import type { Fragment } from '../fragment.ts';
import { showEscapes } from './escapes.ts';

const formats: Readonly<Record<string, Content['format']>> = {
  html: 'html',
  moodle: 'auto',
  plain: 'plain',
  markdown: 'markdown',
};

/** The content of a fragment whose escapes are hidden; `inherited` is the format if it names none. */
export function giftContent({ text }: Fragment, inherited: Content['format']): Content {
  const [prefix = '', name = ''] = /^\s*\[(html|moodle|plain|markdown)\]/.exec(text) ?? [];
  return { format: formats[name] ?? inherited, source: showEscapes(text.slice(prefix.length)).trim() };
}

/** The same, but null if there is nothing in it. */
export function giftFeedback(fragment: Fragment, inherited: Content['format']): Content | null {
  const content = giftContent(fragment, inherited);
  return content.source === '' ? null : content;
}
