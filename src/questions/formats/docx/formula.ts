// Word's formulas (Office MathML, ECMA-376 part 1 §22.1) as TeX. What is common in teachers' papers; the rest is named.
import { childOf, elementsOf, textOf } from '../archive/read-xml.ts';
import type { XmlElement } from '../archive/read-xml.ts';
import { texOfText } from './formula-signs.ts';

/** A formula, and the elements of it that were not understood, whose content stands in it all the same. */
export type ReadFormula = { tex: string; unknown: string[] };

const nary: Readonly<Record<string, string>> = {
  '∑': '\\sum',
  '∏': '\\prod',
  '∫': '\\int',
  '∬': '\\iint',
  '∭': '\\iiint',
  '∮': '\\oint',
  '⋃': '\\bigcup',
  '⋂': '\\bigcap',
};

const accents: Readonly<Record<string, string>> = {
  '\u0302': '\\hat',
  '\u0303': '\\tilde',
  '\u0304': '\\bar',
  '\u0305': '\\overline',
  '\u0307': '\\dot',
  '\u0308': '\\ddot',
  '\u20d7': '\\vec',
  '\u20d1': '\\vec',
};

const brackets: Readonly<Record<string, string>> = {
  '{': '\\{',
  '}': '\\}',
  '⟨': '\\langle',
  '⟩': '\\rangle',
  '‖': '\\|',
  '': '.',
};

/** Reads `m:oMath` or `m:oMathPara`. Never throws. */
export function readFormula(element: XmlElement): ReadFormula {
  const unknown = new Set<string>();
  const tex = texOf(element, unknown).replace(/\s+/g, ' ').trim();
  return { tex, unknown: [...unknown] };
}

function texOf(parent: XmlElement | undefined, unknown: Set<string>): string {
  return elementsOf(parent)
    .map((element) => one(element, unknown))
    .join(' ');
}

function one(element: XmlElement, unknown: Set<string>): string {
  const part = (name: string) => texOf(childOf(element, name), unknown);
  const property = (name: string) => childOf(childOf(element, `${element.name}Pr`), name)?.attributes['val'];
  const parts = (name: string) => elementsOf(element, name).map((child) => texOf(child, unknown));
  /** A function has its index at its name, which braces would keep from it. */
  const base = () => (isSign(part('e')) ? part('e').trim() : `{${part('e')}}`);
  switch (element.name) {
    case 'r':
      return run(element);
    case 'f':
      return property('type') === 'lin' ? `${part('num')}/${part('den')}` : `\\frac{${part('num')}}{${part('den')}}`;
    case 'sSup':
      if (part('sup').trim() === '′') return `{${part('e')}}'`;
      return `${base()}^${isSign(part('sup')) ? part('sup').trim() : `{${part('sup')}}`}`;
    case 'sSub':
      return `${base()}_{${part('sub')}}`;
    case 'sSubSup':
      return `${base()}_{${part('sub')}}^{${part('sup')}}`;
    case 'sPre':
      return `{}_{${part('sub')}}^{${part('sup')}}{${part('e')}}`;
    case 'rad': {
      const degree = part('deg');
      return degree.trim() === '' ? `\\sqrt{${part('e')}}` : `\\sqrt[${degree}]{${part('e')}}`;
    }
    case 'nary': {
      const sign = property('chr') ?? '∫';
      const [sub, sup] = [part('sub'), part('sup')];
      if (!nary[sign]) unknown.add(sign);
      return `${nary[sign] ?? '\\int'}${sub.trim() && `_{${sub}}`}${sup.trim() && `^{${sup}}`} ${part('e')}`;
    }
    case 'd': {
      const open = property('begChr') ?? '(';
      const close = property('endChr') ?? ')';
      const inner = parts('e').join(` ${property('sepChr') ?? '|'} `);
      return `\\left${brackets[open] ?? open} ${inner} \\right${brackets[close] ?? close}`;
    }
    case 'func':
      return `${part('fName')} ${part('e')}`;
    case 'limLow':
      return `${base()}_{${part('lim')}}`;
    case 'limUpp':
      return `{${part('e')}}^{${part('lim')}}`;
    case 'acc': {
      const sign = property('chr') ?? '\u0302';
      if (!accents[sign]) unknown.add(sign);
      return `${accents[sign] ?? '\\hat'}{${part('e')}}`;
    }
    case 'bar':
      return `${property('pos') === 'top' ? '\\overline' : '\\underline'}{${part('e')}}`;
    case 'groupChr':
      return `${property('pos') === 'top' ? '\\overbrace' : '\\underbrace'}{${part('e')}}`;
    case 'm':
      return `\\begin{matrix}${elementsOf(element, 'mr')
        .map((row) => rowOf(row, unknown))
        .join(' \\\\ ')}\\end{matrix}`;
    case 'eqArr':
      return `\\begin{aligned}${parts('e').join(' \\\\ ')}\\end{aligned}`;
    case 'borderBox':
      return `\\boxed{${part('e')}}`;
    case 'oMath':
    case 'box':
    case 'phant':
    case 'e':
      return texOf(element, unknown);
    default:
      // Properties say how it looks; anything else holds something that people see.
      if (/Pr$/.test(element.name)) return '';
      unknown.add(element.name);
      return texOf(element, unknown) || texOfText(textOf(element));
  }
}

/** Whether TeX is one command and nothing else, which in braces would be set otherwise. */
function isSign(tex: string): boolean {
  return /^\s*\\[a-z]+\s*$/i.test(tex);
}

function rowOf(row: XmlElement, unknown: Set<string>): string {
  return elementsOf(row, 'e')
    .map((cell) => texOf(cell, unknown))
    .join(' & ');
}

function run(element: XmlElement): string {
  const text = elementsOf(element, 't').map(textOf).join('');
  const isUpright = childOf(childOf(element, 'rPr'), 'nor') !== undefined;
  if (isUpright) return `\\text{${text.replace(/[\\{}$%&#_^~]/g, ' ')}}`;
  const tex = texOfText(text);
  const isRoman = childOf(childOf(element, 'rPr'), 'sty')?.attributes['val'] === 'p';
  return isRoman && tex === text && /^\p{L}+$/u.test(text) ? `\\mathrm{${text}}` : tex;
}
