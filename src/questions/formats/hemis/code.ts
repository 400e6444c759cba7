// Code in HEMIS's text, between `[[[` and `]]]`. What separates questions and options elsewhere is code in there, so it is
// hidden behind noncharacters while a file is cut up.
import { escapeHtml } from '../../markup/escape-html.ts';

const hiddenEquals = '\uFDE0';
const hiddenPlus = '\uFDE1';

/** The text with every `=` and `+` of its code hidden; of the same length and with the same lines. */
export function hideInCode(text: string): string {
  return mapCode(text, (code) => `[[[${code.replaceAll('=', hiddenEquals).replaceAll('+', hiddenPlus)}]]]`);
}

/** The text with its code as HTML, nothing hidden; what is never closed stays as it was written. */
export function codeAsHtml(text: string): string {
  return mapCode(text, (code) => {
    const shown = code.replaceAll(hiddenEquals, '=').replaceAll(hiddenPlus, '+');
    return `<pre><code>${escapeHtml(shown)}</code></pre>`;
  });
}

/** A `[[[` that another one follows before any `]]]` opens nothing, so a forgotten end costs only its own question. */
function mapCode(text: string, write: (code: string) => string): string {
  const [before = '', ...rest] = text.split('[[[');
  const parts = rest.map((part) => {
    const end = part.indexOf(']]]');
    return end < 0 ? `[[[${part}` : write(part.slice(0, end)) + part.slice(end + 3);
  });
  return [before, ...parts].join('');
}
