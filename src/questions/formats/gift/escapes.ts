// GIFT's own use of eight characters, and the backslash that takes it away from them. Escaped characters are hidden
// behind noncharacters while the structure is read, and shown again in every text that is taken out.

const controls = ':#={}~\n';
const hiddenFrom = 0xfde0;
const longestFormula = 1000;

// `\n` is a new line, but in a formula these are TeX commands that happen to begin with n.
const texWithN =
  'abla|atural|cong|e|earrow|eg|eq|ewline|exists|geq|gtr|i|leq|less|mid|ot|otin|parallel|prec|sim|subseteq|succ|u|warrow';
const escape = /\\[\\:#={}~n([]/g;
const insideFormula = new RegExp(String.raw`\\n(?:${texWithN})(?![a-z])|\\[\\:#={}~n]|[:#={}~]`, 'gi');
const hidden = /[\uFDE0-\uFDE6]/g;

/**
 * The text with every escaped character hidden. `\(…\)` and `\[…\]` on one line are formulas: an author who forgot to
 * escape a brace or an equals sign there is understood all the same. Linear in the length of the text.
 */
export function hideEscapes(text: string): string {
  let out = '';
  let done = 0;
  const closings = { '\\(': nextIndex(text, '\\)'), '\\[': nextIndex(text, '\\]') };
  escape.lastIndex = 0;
  for (let match = escape.exec(text); match; match = escape.exec(text)) {
    const [found] = match;
    const isOpening = found === '\\(' || found === '\\[';
    const end = isOpening ? formulaEnd(text, match.index, closings[found]) : match.index;
    const body = isOpening ? hideInFormula(text.slice(match.index, end)) : hideOne(found);
    out += text.slice(done, match.index) + body;
    done = isOpening ? end : match.index + found.length;
    escape.lastIndex = Math.max(done, match.index + found.length);
  }
  return out + text.slice(done);
}

/** The text with what `hideEscapes` hid in it as plain characters. */
export function showEscapes(text: string): string {
  return text.replace(hidden, (character) => controls.charAt(character.charCodeAt(0) - hiddenFrom));
}

function hide(control: string): string {
  return String.fromCharCode(hiddenFrom + controls.indexOf(control));
}

function hideOne(escaped: string): string {
  const character = escaped.charAt(1);
  if (character === '\\') return '\\';
  return hide(character === 'n' ? '\n' : character);
}

function hideInFormula(formula: string): string {
  return formula.replace(insideFormula, (found) => {
    if (found.length === 1) return hide(found);
    return found.length === 2 ? hideOne(found) : found;
  });
}

/** Where the formula that opens at `start` ends; `start` itself if it does not close on its line. */
function formulaEnd(text: string, start: number, closing: (from: number) => number): number {
  const end = closing(start + 2);
  if (end < 0 || end - start > longestFormula) return start;
  return text.slice(start, end).includes('\n') ? start : end + 2;
}

/** `indexOf` for searches from rising positions, which does not look at any stretch of text twice. */
function nextIndex(text: string, wanted: string): (from: number) => number {
  let known = -2;
  return (from) => {
    if (known !== -1 && known < from) known = text.indexOf(wanted, from);
    return known;
  };
}
