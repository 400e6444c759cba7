// From an author's text to safe HTML with MathML in it.
import type { Content } from '../content.ts';
import { escapeHtml, unescapeHtml } from './escape-html.ts';
import { putMathsBack, setMathsAside } from './maths.ts';
import { renderFormula } from './render-formula.ts';
import { sanitise } from './sanitise.ts';
import { hasEntities, toHtml } from './to-html.ts';

const maximumFormulas = 300;

/**
 * Safe HTML for a content. Formulas come back only into text: markup put into an attribute could close it. In `<code>`
 * and `<pre>`, and after the 300th, TeX is shown as written.
 */
export function renderMarkup({ format, source }: Content): string {
  const { text, formulas } = setMathsAside(source, { hasCode: format === 'markdown' });
  const readable = formulas.map((formula) => ({
    ...formula,
    source: hasEntities(format) ? unescapeHtml(formula.source) : formula.source,
    tex: hasEntities(format) ? withoutEntities(formula.tex) : formula.tex,
  }));
  let rendered = 0;
  return sanitise(
    toHtml({ format, source: text }),
    (escaped, parentTag) =>
      putMathsBack(escaped, readable, (formula) => {
        rendered += 1;
        const isCode = parentTag === 'code' || parentTag === 'pre' || rendered > maximumFormulas;
        return isCode ? escapeHtml(formula.source) : renderFormula(formula);
      }),
    (value) => putMathsBack(value, readable, ({ source: tex }) => tex),
  );
}

/** An HTML editor writes `a &lt; b` and breaks lines inside a formula too. */
function withoutEntities(tex: string): string {
  return unescapeHtml(tex.replace(/<br\s*\/?>/gi, ' ')).replaceAll('\u00A0', ' ');
}
