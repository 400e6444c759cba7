// TeX as a formula of Word (Office MathML). Only what reads back as the same formula is written so; the rest stays TeX, which is read
// as well, and loses nothing.
import { mml2omml } from 'mathml2omml';
import type { Formula } from '../../markup/maths.ts';
import { renderFormula } from '../../markup/render-formula.ts';
import { readXml } from '../archive/read-xml.ts';
import { readFormula } from './formula.ts';
import type { Span } from './span.ts';

/** Stands for brackets while the library is at work: a character for private use. */
const standIn = '\uE0F2';
const text = '<m:t xml:space="preserve">';

const spaces = ' xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"';

/** A formula of Word: the inside of its `m:oMath`, with the prefix `m`, and the TeX as which it is read. */
export type WordFormula = { omml: string; tex: string };

/** How the XML of a formula begins that stands apart from the text, on a line of its own. */
export const apart = '<m:oMathPara>';

/** Whether a span is such a formula. */
export function isApart({ xml }: Span): boolean {
  return xml?.startsWith(apart) ?? false;
}

/** Null where Word's own formulas cannot say it, or we could not read it again. */
export function wordFormulaOf(formula: Formula): WordFormula | null {
  const mathml = renderFormula(formula);
  if (!mathml.startsWith('<math')) return null;
  try {
    // Set apart, Word gives limits their place by itself; the library knows them beside their sign.
    const inLine = renderFormula({ ...formula, isDisplay: false }).replace(/^<math[^>]*>|<\/math>$/g, '');
    const omml = formula.isDisplay ? ommlOf(inLine).replaceAll('"subSup"', '"undOvr"') : ommlOf(inLine);
    // What is no valid document would keep Word from opening any of it; what is empty is a box in Word.
    if (/<w:|undefined|<m:e>\s*<\/m:e>|<m:e\/>/.test(omml)) return null;
    const root = readXml(new TextEncoder().encode(`<m:oMath${spaces}>${omml}</m:oMath>`), '');
    const { tex, unknown } = readFormula(root);
    const isSame = unknown.length === 0 && renderFormula({ ...formula, tex }) === mathml;
    return isSame && tex !== '' ? { omml, tex } : null;
  } catch {
    // Whatever the library stumbled over, the TeX remains.
    return null;
  }
}

const prefix = '<mo fence="true" form="prefix" stretchy="true">';
const postfix = '<mo fence="true" form="postfix" stretchy="true">';
/** Brackets that grow with what is in them, and hold none like them. */
const bracketed = new RegExp(`<mrow>${prefix}([^<]*)</mo>((?:(?!${prefix})[^])*?)${postfix}([^<]*)</mo></mrow>`);
const oneLetterUnder = /<mover>(?=<mi[^>]*>[^<]*<\/mi><mo stretchy="false">[^<]*<\/mo><\/mover>)/g;

/** What the library does not know of brackets, accents and upright letters is done around it. */
function ommlOf(mathml: string): string {
  const inner = bracketed.exec(mathml);
  if (inner) {
    const [whole, open = '', content = '', close = ''] = inner;
    const properties = `<m:dPr><m:begChr m:val="${open}"/><m:endChr m:val="${close}"/></m:dPr>`;
    const brackets = `<m:d>${properties}<m:e>${ommlOf(content)}</m:e></m:d>`;
    const [before = '', after = ''] = ommlOf(mathml.replace(whole, `<mi>${standIn}</mi>`)).split(standIn);
    return `${before}</m:t></m:r>${brackets}<m:r>${text}${after}`.replaceAll(`<m:r>${text}</m:t></m:r>`, '');
  }
  const omml = mml2omml(`<math>${mathml.replace(oneLetterUnder, '<mover accent="true">')}</math>`, {
    disableDecode: true,
  });
  return omml
    .replace(/^<m:oMath\b[^>]*>|<\/m:oMath>$/g, '')
    .replaceAll('<w:rPr/><m:rPr><m:nor/><m:sty m:val="undefined"/></m:rPr>', '<m:rPr><m:sty m:val="p"/></m:rPr>');
}
