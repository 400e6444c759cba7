// Tags of a question, in the comments above it as Moodle writes and reads them: `// [tag:mexanika] [tag:oʻrta]`.
import type { ReadResult } from '../format.ts';

const tag = /\[tag:((?:\\\]|[^\]])+)\]/g;

/** The questions of a text with the tags that the comment lines directly above each give it. */
export function withTags(text: string, read: ReadResult): ReadResult {
  const lines = text.split('\n');
  const questions = read.questions.map(({ line, question }) => {
    const tags = tagsAbove(lines, line);
    return { line, question: tags.length > 0 ? { ...question, tags } : question };
  });
  return { ...read, questions };
}

/** The comment line for a question's tags. */
export function tagsLine(tags: readonly string[]): string {
  return `// ${tags.map((text) => `[tag:${text.replaceAll(']', '\\]')}]`).join(' ')}`;
}

function tagsAbove(lines: readonly string[], line: number): string[] {
  const found: string[] = [];
  for (let at = line - 2; /^\s*\/\//.test(lines[at] ?? ''); at -= 1) {
    const tags = [...(lines[at] ?? '').matchAll(tag)].map(([, text = '']) => text.replaceAll('\\]', ']').trim());
    found.unshift(...tags);
  }
  return [...new Set(found)].filter((text) => text !== '');
}
