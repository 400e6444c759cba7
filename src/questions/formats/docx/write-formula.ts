// TeX as a formula of Word (Office MathML). Only what reads back as the same formula is written so; the rest stays TeX, which is read
// as well, and loses nothing.
import { mml2omml } from 'mathml2omml';
import type { Formula } from '../../markup/maths.ts';
import { renderFormula } from '../../markup/render-formula.ts';
import { readXml } from '../archive/read-xml.ts';
import { readFormula } from './formula.ts';

const spaces = ' xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"';

/** A formula of Word: the inside of its `m:oMath`, with the prefix `m`, and the TeX as which it is read. */
export type WordFormula = { omml: string; tex: string };

/** Null where Word's own formulas cannot say it, or we could not read it again. */
export function wordFormulaOf(formula: Formula): WordFormula | null {
  const mathml = renderFormula(formula);
  if (!mathml.startsWith('<math')) return null;
  try {
    // What is upright stays so by what it is, and what the library makes of the attribute is no valid document.
    const omml = mml2omml(mathml.replace(/ mathvariant="normal"/g, ''), { disableDecode: true });
    const inner = /^<m:oMath\b[^>]*>([^]*)<\/m:oMath>$/.exec(omml)?.[1] ?? '';
    if (/<w:|undefined/.test(inner)) return null;
    const root = readXml(new TextEncoder().encode(`<m:oMath${spaces}>${inner}</m:oMath>`), '');
    const { tex, unknown } = readFormula(root);
    const isSame = unknown.length === 0 && renderFormula({ ...formula, tex }) === mathml;
    return isSame && tex !== '' ? { omml: inner, tex } : null;
  } catch {
    // Whatever the library stumbled over, the TeX remains.
    return null;
  }
}
