// The characters of a formula as TeX: what TeX would misread is escaped, function names become commands.

const signs: Readonly<Record<string, string>> = {
  '\\': '\\backslash ',
  '{': '\\{',
  '}': '\\}',
  '%': '\\%',
  '&': '\\&',
  '#': '\\#',
  $: '\\$',
  _: '\\_',
  '^': '\\hat{}',
  '~': '\\sim ',
  '−': '-',
  '×': '\\times ',
  '⋅': '\\cdot ',
  '∙': '\\cdot ',
  '·': '\\cdot ',
  '÷': '\\div ',
  '±': '\\pm ',
  '∓': '\\mp ',
  '≤': '\\le ',
  '≥': '\\ge ',
  '≠': '\\ne ',
  '≈': '\\approx ',
  '≡': '\\equiv ',
  '∞': '\\infty ',
  '→': '\\to ',
  '⇒': '\\Rightarrow ',
  '⇔': '\\Leftrightarrow ',
  '∈': '\\in ',
  '∉': '\\notin ',
  '⊂': '\\subset ',
  '∪': '\\cup ',
  '∩': '\\cap ',
  '∅': '\\emptyset ',
  '∀': '\\forall ',
  '∃': '\\exists ',
  '∂': '\\partial ',
  '∇': '\\nabla ',
  '°': '^{\\circ}',
  '∘': '\\circ ',
  // That a function is applied to something is seen without a sign.
  '\u2061': '',
  '√': '\\surd ',
  '…': '\\dots ',
};

const functions = /\b(?:arcsin|arccos|arctan|sinh|cosh|tanh|sin|cos|tan|cot|log|ln|lg|lim|max|min|exp)\b/g;

/** TeX for the text of a formula; Greek and other letters stay as they are. */
export function texOfText(text: string): string {
  // Word writes variables with mathematical italic letters too (𝑥); they are those letters.
  const letters = text.normalize('NFKC');
  const escaped = [...letters].map((character) => signs[character] ?? character).join('');
  return escaped.replace(functions, (name) => `\\${name} `);
}
