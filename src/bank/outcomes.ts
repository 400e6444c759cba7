// The learning outcomes of a course as its teachers write them: one a line, a short code before the words.

/** One outcome. */
export interface WrittenOutcome {
  code: string;
  text: string;
}

/** The most that a course may have. */
export const mostOutcomes = 200;

/**
 * Reads a list: `LO1 Solves problems with Newton's laws`, with a colon, a full stop, a bracket or a tab after the code if one likes.
 * A line of one word is a code without words. Of two lines with one code the later stands. Never throws.
 */
export function readOutcomes(typed: string): WrittenOutcome[] {
  const lines = typed
    .normalize('NFC')
    .replaceAll('\0', '')
    .split(/\r\n?|\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const byCode = new Map<string, WrittenOutcome>();
  for (const line of lines) {
    const [, code = '', text = ''] = /^(\S+?)[:.)–—-]*(?:\s+[:–—-]?\s*(.*))?$/u.exec(line) ?? [];
    if (code !== '') byCode.set(code.slice(0, 40), { code: code.slice(0, 40), text: text.slice(0, 500) });
  }
  return [...byCode.values()].slice(0, mostOutcomes);
}

/** The list as text, to be changed. */
export function writeOutcomes(outcomes: readonly WrittenOutcome[]): string {
  return outcomes.map(({ code, text }) => `${code} ${text}`.trim()).join('\n');
}
