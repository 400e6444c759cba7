// What stands in a gap of Moodle's `cloze`: `{2:MULTICHOICE:=right#feedback~%50%half~wrong}`. `}`, `~`, `#` and `\` belong to a text
// only behind a backslash.

/** A gap as written: its points, its kind in capitals, and its answers with shares in percent. */
export type GapText = { points: string; kind: string; answers: { percent: string; text: string; feedback: string }[] };

/** A text between gaps, or a gap. */
export type ClozePart = { text: string } | { gap: GapText };

const opening = /\{(\d{0,6}):([A-Z_]{2,20}):/g;
const share = /^(?:=|%(-?\d{1,9}(?:\.\d{1,12})?)%)/;

/** Takes a text with gaps apart. A gap that is never closed is text. Takes time in proportion to the length. */
export function clozeParts(source: string): ClozePart[] {
  const parts: ClozePart[] = [];
  let done = 0;
  opening.lastIndex = 0;
  for (let match = opening.exec(source); match; match = opening.exec(source)) {
    const [prefix, points = '', kind = ''] = match;
    const body = splitUnescaped(source, match.index + prefix.length);
    if (!body) break;
    parts.push(
      { text: source.slice(done, match.index) },
      { gap: { points: points || '1', kind, answers: body.answers } },
    );
    done = body.end;
    opening.lastIndex = done;
  }
  return [...parts, { text: source.slice(done) }];
}

/** Writes a gap. */
export function gapText({ points, kind, answers }: GapText): string {
  const written = answers.map(({ percent, text, feedback }) => {
    const sign = percent === '100' ? '=' : percent === '0' ? '' : `%${percent}%`;
    // A text that begins like a share would be read as one.
    const isShare = sign === '' && share.test(text);
    return `${isShare ? '%0%' : sign}${escaped(text)}${feedback === '' ? '' : `#${escaped(feedback)}`}`;
  });
  return `{${points}:${kind}:${written.join('~')}}`;
}

/** The answers from `start` to the first `}` that is not escaped; null if there is none. */
function splitUnescaped(source: string, start: number): { answers: GapText['answers']; end: number } | null {
  const answers: GapText['answers'] = [];
  const signs = /\\[^]|[}~#]/g;
  signs.lastIndex = start;
  let from = start;
  let text: string | null = null;
  for (let match = signs.exec(source); match; match = signs.exec(source)) {
    const [sign] = match;
    if (sign.length > 1 || (sign === '#' && text !== null)) continue;
    const piece = source.slice(from, match.index);
    from = match.index + 1;
    if (sign === '#') {
      text = piece;
      continue;
    }
    answers.push(answerOf(text ?? piece, text === null ? '' : piece));
    text = null;
    if (sign === '}') return { answers, end: from };
  }
  return null;
}

function answerOf(written: string, feedback: string): GapText['answers'][number] {
  const text = written.trim();
  const [prefix = '', percent] = share.exec(text) ?? [];
  const meant = prefix === '=' ? '100' : (percent ?? '0');
  return { percent: meant, text: unescaped(text.slice(prefix.length)), feedback: unescaped(feedback) };
}

function escaped(text: string): string {
  return text.replace(/[\\}~#]/g, '\\$&');
}

function unescaped(text: string): string {
  return text.replace(/\\([\\}~#/"])/g, '$1').trim();
}
