// Contents as they stand in QTI: XHTML, pictures as files of the package. Formulas stay TeX in `\( \)`, as authors wrote them: players
// show it (with MathJax), and we read it back without a loss.
import { plainText } from '../../content.ts';
import type { Content } from '../../content.ts';
import { escapeHtml, unescapeHtml } from '../../markup/escape-html.ts';
import { putMathsBack, setMathsAside } from '../../markup/maths.ts';
import { sanitise } from '../../markup/sanitise.ts';
import { toHtml } from '../../markup/to-html.ts';
import { elementsOf, readXml } from '../archive/read-xml.ts';
import { escapeXml } from '../archive/xml-text.ts';
import { looksAlike, withoutPictures } from '../content-losses.ts';
import type { Said } from '../content-losses.ts';
import { putPicturesBack, setPicturesAside } from '../pictures-aside.ts';
import { htmlOf } from './markup-in.ts';

/** The place of a picture in the package, as seen from a question; null if there is no such picture. */
export type PathOf = (sha256: string) => string | null;

/** A content as XHTML. What would not be read back as it looks is written as its words alone, and what shows nothing as `…`. */
export function xhtmlOf(content: Content, pathOf: PathOf): Said<string> {
  const { text, pictures } = setPicturesAside(content.source);
  const losses = pictures.some(({ sha256 }) => pathOf(sha256) === null) ? (['picture'] as const) : [];
  const xhtml = putPicturesBack(wellFormed({ ...content, source: text }), pictures, ({ sha256, alt }) => {
    const path = pathOf(sha256);
    return path === null ? escapeXml(alt) : `<img src="${escapeXml(path)}" alt="${escapeXml(alt)}"/>`;
  });
  if (isReadBack(xhtml, content)) return { said: xhtml, losses: [...losses] };
  return { said: escapeXml(plainText(withoutPictures(content).said)) || '…', losses: [...losses, 'markup'] };
}

function wellFormed({ format, source }: Content): string {
  const { text, formulas } = setMathsAside(source);
  const readable = formulas.map((formula) => ({
    ...formula,
    source: format === 'plain' ? formula.source : unescapeHtml(formula.source),
  }));
  return sanitise(
    toHtml({ format, source: text }),
    (escaped) => putMathsBack(escaped, readable, (formula) => escapeHtml(formula.source)),
    (value) => putMathsBack(value, readable, (formula) => formula.source),
  );
}

function isReadBack(xhtml: string, content: Content): boolean {
  try {
    const root = readXml(new TextEncoder().encode(`<div>${xhtml}</div>`), '');
    const source = htmlOf(root.children, (path) => path).trim();
    return (source !== '' || elementsOf(root).length > 0) && looksAlike({ format: 'html', source }, content);
  } catch {
    // Not well-formed: an author's HTML may hold what no cleaning makes XML of.
    return false;
  }
}
