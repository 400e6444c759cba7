// Reads a file of questions: every good one is kept, every bad one is reported with its line.
import type { fileFormats } from './formats/file-registry.ts';
import { unbalancedFormula } from './formula-faults.ts';
import { formats } from './formats/registry.ts';
import type { Problem, ReadResult, TextFormat } from './formats/format.ts';
import { questionSchema, typeOf } from './question.ts';

/** `gift`, `hemis`, `docx` … */
export type FormatName = (typeof formats)[number]['name'] | (typeof fileFormats)[number]['name'];

/** `format` is null if nobody said which it is and no format could make questions of the text. */
export type QuestionsRead = ReadResult & { format: FormatName | null };

/** The most characters a file may have if its format says nothing else; a teacher's largest bank is a tenth of it. */
export const maximumCharacters = 4_000_000;

const maximumOf = (format: TextFormat) => format.maximumCharacters ?? maximumCharacters;
const largestOfAll = Math.max(...formats.map(maximumOf));

const unknown: QuestionsRead = {
  format: null,
  questions: [],
  problems: [{ line: 1, code: 'format-unknown', params: {} }],
};

/**
 * Reads questions from the text of a file. Never throws; reading takes time in proportion to the length.
 *
 * @param formatName the format, or `auto` to find out; a text in which nothing is asked is then in no format we know
 */
export function readQuestions(text: string, formatName: FormatName | 'auto'): QuestionsRead {
  if (text.length > largestOfAll) return tooLarge(largestOfAll);
  const clean = normalised(text);
  const format = formats.find(({ name, looksLike }) =>
    formatName === 'auto' ? looksLike(clean) : name === formatName,
  );
  if (!format) return text.length > maximumCharacters ? tooLarge(maximumCharacters) : unknown;
  const maximum = maximumOf(format);
  if (text.length > maximum) return tooLarge(maximum);

  const read = format.read(clean);
  if (formatName === 'auto' && asksNothing(read)) return unknown;
  const { questions, problems } = storable(read);
  const { assets = [] } = read;
  const warnings = [...(read.warnings ?? []), ...questions.flatMap(formulaWarning)].sort(byLine);
  const isEmpty = questions.length === 0 && problems.length === 0;
  return {
    format: format.name,
    questions,
    problems: isEmpty ? [{ line: 1, code: 'no-questions', params: {} }] : problems,
    ...(warnings.length > 0 ? { warnings } : {}),
    ...(assets.length > 0 ? { assets } : {}),
  };
}

function tooLarge(maximum: number): QuestionsRead {
  const params = { megabytes: maximum / 1_000_000 };
  return { format: null, questions: [], problems: [{ line: 1, code: 'too-large', params }] };
}

/** Whether it was all taken for text between questions, which is what a file in another format looks like. */
function asksNothing({ questions, problems }: ReadResult): boolean {
  const asked = questions.some(({ question }) => typeOf(question).marking !== 'none');
  return questions.length > 0 && problems.length === 0 && !asked;
}

/**
 * One kind of line end; without a byte order mark and the characters no text uses (U+0000 no database keeps). Direction marks go too:
 * messengers and word processors leave them behind where nobody sees them, and with one a letter is no label and a number no number;
 * a script written from the right has its direction in its letters.
 */
function normalised(text: string): string {
  return text
    .replace(/[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/g, '')
    .replace(/\r\n?|[\u2028\u2029]/g, '\n')
    .replaceAll('\0', '')
    .replace(/[\uFEFF\uFDD0-\uFDEF\uFFFE\uFFFF]/g, '')
    .replace(/\p{Surrogate}/gu, '\uFFFD');
}

/** Takes out what the database would refuse: a name or an option longer than any sensible one. */
function storable(read: ReadResult): ReadResult {
  const questions: ReadResult['questions'] = [];
  const problems: Problem[] = [...read.problems];
  for (const item of read.questions) {
    if (questionSchema.safeParse(item.question).success) questions.push(item);
    else problems.push({ line: item.line, code: 'not-storable', params: {} });
  }
  return { questions, problems: problems.sort(byLine) };
}

function byLine(one: Problem, other: Problem): number {
  return one.line - other.line;
}

/** What to say of a question that holds a formula whose braces do not match; nothing if it holds none. */
export function formulaWarning({ line, question }: ReadResult['questions'][number]): Problem[] {
  const formula = unbalancedFormula(question);
  if (formula === null) return [];
  const params = { name: question.name, formula: formula.slice(0, 80), open: '{', close: '}' };
  return [{ line, code: 'formula-braces', params }];
}
