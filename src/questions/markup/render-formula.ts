// TeX to MathML, on the server: no script, no font, no inline style (the content security policy would refuse it).
import sanitizeHtml from 'sanitize-html';
import temml from 'temml';
import { escapeHtml } from './escape-html.ts';
import type { Formula } from './maths.ts';

const maximumLength = 2000;

// What MathML Core needs to look right; `style`, `class`, `href` and the rest of what TeX can ask for is dropped.
const mathml: sanitizeHtml.IOptions = {
  allowedTags: [
    ...[
      'math',
      'mrow',
      'mi',
      'mn',
      'mo',
      'ms',
      'mtext',
      'mspace',
      'mfrac',
      'msqrt',
      'mroot',
      'msub',
      'msup',
      'msubsup',
    ],
    ...['munder', 'mover', 'munderover', 'mmultiscripts', 'mprescripts', 'mtable', 'mtr', 'mtd', 'mpadded', 'mphantom'],
    ...['menclose', 'mstyle', 'merror'],
  ],
  allowedAttributes: {
    math: ['display'],
    mi: ['mathvariant'],
    mo: [
      'stretchy',
      'fence',
      'form',
      'separator',
      'symmetric',
      'movablelimits',
      'lspace',
      'rspace',
      'minsize',
      'maxsize',
    ],
    mspace: ['width', 'height', 'depth'],
    mpadded: ['width', 'height', 'depth', 'lspace', 'voffset'],
    mfrac: ['linethickness'],
    mtd: ['columnspan', 'rowspan'],
    menclose: ['notation'],
    mover: ['accent'],
    munder: ['accentunder'],
    munderover: ['accent', 'accentunder'],
    mrow: ['displaystyle', 'scriptlevel'],
    mstyle: ['displaystyle', 'scriptlevel'],
    mtable: ['displaystyle'],
  },
};

/** MathML for a formula; its source in `<code>` if it is not TeX we know or is too long. Never throws. */
export function renderFormula({ source, tex, isDisplay }: Formula): string {
  const markup = tex.length > maximumLength ? null : toMathml(tex, isDisplay);
  return markup ?? `<code>${escapeHtml(source)}</code>`;
}

function toMathml(tex: string, displayMode: boolean): string | null {
  try {
    const markup = temml.renderToString(tex, { displayMode, throwOnError: true, trust: false, maxExpand: 200 });
    return sanitizeHtml(markup, mathml);
  } catch {
    // Whatever the library stumbled over, an author's slip must not take the page with it.
    return null;
  }
}
