// Cuts a GIFT file into questions. They are separated by blank lines; but a blank line between braces belongs to the
// question, and a line that begins with `::` begins a question even where the blank line was forgotten.
import type { Fragment } from '../fragment.ts';

type Paragraph = {
  /** Index of its first line, and of the line after its last. */
  from: number;
  to: number;
  /** A brace is opened in it and not closed. */
  isOpen: boolean;
  firstBrace: string | undefined;
  /** Begins something new, whatever came before: a named question or a category. */
  isStart: boolean;
  isCategory: boolean;
};

/**
 * The questions of a file whose escapes are hidden, without comments and `$CATEGORY:` lines, in order. One whose braces
 * never close ends where the next question seems to begin, so it costs nobody but itself.
 */
export function giftBlocks(text: string): Fragment[] {
  const lines = text.split('\n').map((line) => (line.trimStart().startsWith('//') ? '//' : line));
  const paragraphs = paragraphsOf(lines);
  const blocks: Fragment[] = [];
  for (let index = 0; index < paragraphs.length; index += 1) {
    const paragraph = paragraphs[index]!;
    const closing = paragraph.isOpen ? closingParagraph(paragraphs, index) : index;
    const to = paragraphs[closing ?? index]!.to;
    const block = lines
      .slice(paragraph.from, to)
      .map((line) => (line === '//' ? '' : line))
      .join('\n');
    if (!paragraph.isCategory && block.trim() !== '') blocks.push({ text: block, line: paragraph.from + 1 });
    index = closing ?? lastLostParagraph(paragraphs, lines, index);
  }
  return blocks;
}

function paragraphsOf(lines: readonly string[]): Paragraph[] {
  const paragraphs: Paragraph[] = [];
  let current: Paragraph | null = null;
  for (const [index, line] of lines.entries()) {
    const text = line.trim();
    const isCategory = text.startsWith('$CATEGORY:');
    const isStart = isCategory || text.startsWith('::');
    if (text === '' || isCategory || (isStart && !current?.isOpen) || current?.isCategory) current = null;
    if (text === '') continue;
    if (!current) {
      current = { from: index, to: index, isOpen: false, firstBrace: undefined, isStart, isCategory };
      paragraphs.push(current);
    }
    current.to = index + 1;
    current.firstBrace ??= /[{}]/.exec(text)?.[0];
    const balance = text.lastIndexOf('{') - text.lastIndexOf('}');
    if (balance !== 0) current.isOpen = balance > 0;
  }
  return paragraphs;
}

/** The paragraph in which the braces of an open one close; null if another question begins first. */
function closingParagraph(paragraphs: readonly Paragraph[], open: number): number | null {
  for (let index = open + 1; index < paragraphs.length; index += 1) {
    const { isStart, firstBrace } = paragraphs[index]!;
    if (isStart || firstBrace === '{') return null;
    if (firstBrace === '}') return index;
  }
  return null;
}

/** Answers after a blank line in a question that never closes are part of what is lost, not questions. */
function lastLostParagraph(paragraphs: readonly Paragraph[], lines: readonly string[], open: number): number {
  let last = open;
  while (/^\s*[=~#]/.test(lines[paragraphs[last + 1]?.from ?? -1] ?? '')) last += 1;
  return last;
}
