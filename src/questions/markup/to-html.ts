// The three ways of reading an author's text as HTML, before it is made safe.
import type { Content } from '../content.ts';
import { escapeHtml } from './escape-html.ts';
import { allowedTags, droppedTags } from './sanitise.ts';

const name = [...allowedTags, ...droppedTags].sort((one, other) => other.length - one.length).join('|');
const attribute = String.raw`\s+[\w:-]+\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'<>=]+)`;
const tag = new RegExp(String.raw`</?(?:${name})(?:${attribute})*\s*/?>`, 'gi');

/** The HTML that a source stands for; not safe yet. */
export function toHtml({ format, source }: Content): string {
  switch (format) {
    case 'html':
      return source;
    case 'plain':
    case 'markdown':
      return escapeHtml(source).replaceAll('\n', '<br>');
    case 'auto':
      return fromAuto(source);
  }
}

/**
 * Moodle's "auto-format": tags are tags, but a `<` that opens no known element is a less-than sign (`a<b`, `<stdio.h>`);
 * a new line is a line break, unless it stands next to a tag.
 */
function fromAuto(source: string): string {
  const tags = [...source.matchAll(tag)];
  let html = '';
  let done = 0;
  for (const match of tags) {
    html += broken(source.slice(done, match.index), done > 0, true) + match[0];
    done = match.index + match[0].length;
  }
  return html + broken(source.slice(done), done > 0, false);
}

function broken(text: string, isAfterTag: boolean, isBeforeTag: boolean): string {
  const start = isAfterTag ? text.trimStart() : text;
  const core = isBeforeTag ? start.trimEnd() : start;
  const before = text.length > start.length ? ' ' : '';
  const after = start.length > core.length ? ' ' : '';
  return before + core.replaceAll('<', '&lt;').replaceAll('\n', '<br>') + after;
}
