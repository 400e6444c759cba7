// A stretch of a Word paragraph that looks the same all through; a paragraph is a list of them.
import { escapeHtml } from '../../markup/escape-html.ts';

/** How characters look. `colour`, `highlight` and `shade` are as the file names them, `''` where there is none. */
export type Look = {
  bold: boolean;
  italic: boolean;
  underline: boolean;
  raised: '' | 'sub' | 'sup';
  colour: string;
  highlight: string;
  shade: string;
};

/**
 * `html` is set for what is no text: a picture or a formula, whose `text` is the one character `\uFFFC`. `xml` is how that is written;
 * a reader leaves it out.
 */
export type Span = { text: string; look: Look; html?: string; xml?: string };

export const plainLook: Look = {
  bold: false,
  italic: false,
  underline: false,
  raised: '',
  colour: '',
  highlight: '',
  shade: '',
};

/** The characters of spans; what is no text counts as one. */
export function charactersOf(spans: readonly Span[]): string {
  return spans.map(({ text }) => text).join('');
}

/** The part from one character to another. */
export function cutSpans(spans: readonly Span[], from: number, to = Infinity): Span[] {
  const found: Span[] = [];
  let at = 0;
  for (const span of spans) {
    const text = span.text.slice(Math.max(0, from - at), Math.max(0, to - at));
    at += span.text.length;
    if (text !== '') found.push({ ...span, text });
  }
  return found;
}

/** Without white space at both ends. */
export function trimSpans(spans: readonly Span[]): Span[] {
  const characters = charactersOf(spans);
  const start = characters.length - characters.trimStart().length;
  return cutSpans(spans, start, characters.trimEnd().length);
}

/** Whether every visible character has that look; false where there is none. */
export function allLook(spans: readonly Span[], has: (look: Look) => boolean): boolean {
  const visible = spans.filter(({ text }) => text.trim() !== '');
  return visible.length > 0 && visible.every(({ look }) => has(look));
}

/** HTML with bold, italic, underlined, raised and lowered text. What is bold or underlined as a whole is so for no word's sake. */
export function spansToHtml(spans: readonly Span[]): string {
  const isBold = allLook(spans, ({ bold }) => bold);
  const isUnderlined = allLook(spans, ({ underline }) => underline);
  let open: string[] = [];
  let written = '';
  for (const { text, look, html } of merged(spans)) {
    const tags = [
      ...(look.bold && !isBold ? ['strong'] : []),
      ...(look.italic ? ['em'] : []),
      ...(look.underline && !isUnderlined ? ['u'] : []),
      ...(look.raised === '' ? [] : [look.raised]),
    ];
    const wanted = html === undefined ? tags : [];
    // What goes on into the next stretch stays open.
    const kept = open.findIndex((tag, place) => tag !== wanted[place]);
    const common = open.slice(0, kept < 0 ? open.length : kept);
    written += closing(open.slice(common.length)) + opening(wanted.slice(common.length));
    written += html ?? escapeHtml(text).replaceAll('\n', '<br>');
    open = wanted;
  }
  return written + closing(open);
}

/** The text as a text format reads it; only what that has no sign for is HTML. */
export function spansToText(spans: readonly Span[]): string {
  return merged(spans)
    .map(
      ({ text, look, html }) =>
        html ?? (look.raised === '' ? text : opening([look.raised]) + text + closing([look.raised])),
    )
    .join('');
}

function opening(tags: readonly string[]): string {
  return tags.map((tag) => `<${tag}>`).join('');
}

function closing(tags: readonly string[]): string {
  return tags
    .toReversed()
    .map((tag) => `</${tag}>`)
    .join('');
}

/** Word cuts text anywhere, for its spelling checker's sake; neighbours that look alike become one. */
function merged(spans: readonly Span[]): Span[] {
  const found: Span[] = [];
  for (const span of spans) {
    const last = found.at(-1);
    const same = last && last.html === undefined && span.html === undefined && isSameTag(last.look, span.look);
    if (same) found[found.length - 1] = { ...last, text: last.text + span.text };
    else found.push(span);
  }
  return found;
}

function isSameTag(one: Look, other: Look): boolean {
  return (
    one.bold === other.bold &&
    one.italic === other.italic &&
    one.underline === other.underline &&
    one.raised === other.raised
  );
}
