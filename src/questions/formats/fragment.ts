// A piece of a file that still knows on which line it stands, so that whatever is wrong with it can be found again.

export type Fragment = {
  text: string;
  /** The line on which it begins, from 1. */
  line: number;
};

/** One of the pieces between separators; `separator` is the one before it, `''` for the first piece. */
export type Piece = Fragment & { separator: string };

/** Without white space at its ends. */
export function trimmed({ text, line }: Fragment): Fragment {
  const start = text.length - text.trimStart().length;
  return { text: text.trim(), line: line + lineEnds(text, 0, start) };
}

/** What is before `index`, and what is after the `length` characters there. */
export function cut({ text, line }: Fragment, index: number, length: number): [Fragment, Fragment] {
  const rest = index + length;
  return [
    { text: text.slice(0, index), line },
    { text: text.slice(rest), line: line + lineEnds(text, 0, rest) },
  ];
}

/**
 * The pieces between the matches of `separator` (a global expression), untrimmed; always at least one.
 *
 * @param most after that many the rest is one last piece: nobody's question has a thousand options
 */
export function pieces({ text, line }: Fragment, separator: RegExp, most = 1000): Piece[] {
  const found: Piece[] = [];
  let piece = { separator: '', start: 0, line };
  for (const match of text.matchAll(separator)) {
    if (found.length >= most) break;
    found.push({ separator: piece.separator, text: text.slice(piece.start, match.index), line: piece.line });
    const start = match.index + match[0].length;
    piece = { separator: match[0], start, line: piece.line + lineEnds(text, piece.start, start) };
  }
  found.push({ separator: piece.separator, text: text.slice(piece.start), line: piece.line });
  return found;
}

function lineEnds(text: string, from: number, to: number): number {
  let count = 0;
  for (let at = text.indexOf('\n', from); at >= 0 && at < to; at = text.indexOf('\n', at + 1)) count += 1;
  return count;
}
