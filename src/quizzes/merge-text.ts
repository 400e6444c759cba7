// A whole quiz written as text, and the list of questions it is to become. Questions that the text leaves as they were keep their
// keys, and whatever the text has no words for. What cannot be said in text at all stands in it as a mark, `// [keep:1a2b3c4d] Name`:
// such a question stays as it is, where its mark stands, and a mark that is taken out loses nothing.
import { gift } from '../questions/formats/gift.ts';
import type { LossCode } from '../questions/formats/format.ts';
import { questionSchema, type Question } from '../questions/question.ts';
import { shownQuestion, type DraftQuestion, type QuestionContent } from './draft-question.ts';

/** A question of the list to be: one of the draft by its key, or a new one. */
export type MergedQuestion = { key: string | null } & QuestionContent;

type Finished = DraftQuestion & { question: Question };

const mark = /^[^\S\n]*\/\/ ?\[keep:([0-9a-f]{8})\].*$/gm;
const markKeyLength = 8;

/** The draft as a text in GIFT, and what stands in it only as a mark: unfinished forms, and what GIFT cannot say. */
export function writeDraft(draft: readonly DraftQuestion[]): { source: string; outside: DraftQuestion[] } {
  const outside = draft.filter((one) => !isFinished(one) || !isSayable(one.question));
  const blocks = draft.map((one) =>
    isFinished(one) && !outside.includes(one) ? gift.write([one.question]).body.trimEnd() : markOf(one),
  );
  return { source: blocks.length === 0 ? '' : `${blocks.join('\n\n')}\n`, outside };
}

/** The text as readers of any format are given it: marks are empty lines, so that the lines keep their numbers. */
export function withoutMarks(source: string): string {
  return source.replace(mark, '');
}

/** The questions of a draft that a text marks, each with its line; the first of two marks counts. */
export function marksIn(source: string, draft: readonly DraftQuestion[]): { line: number; row: DraftQuestion }[] {
  const found = new Map<string, { line: number; row: DraftQuestion }>();
  for (const { 1: begin = '', index } of source.matchAll(mark)) {
    const row = draft.find(({ key }) => key.startsWith(begin));
    const line = source.slice(0, index).split('\n').length;
    if (row && !found.has(row.key)) found.set(row.key, { line, row });
  }
  return [...found.values()];
}

/** Whether every mark of a text means a question of this draft: not so in the copy of a quiz. */
export function areMarksKnown(source: string, draft: readonly DraftQuestion[]): boolean {
  return [...source.matchAll(mark)].every(([, begin = '']) => draft.some(({ key }) => key.startsWith(begin)));
}

/** The text with the marks at its end that it should have and has not. */
export function withMarks(source: string, draft: readonly DraftQuestion[], rows: readonly DraftQuestion[]): string {
  const there = new Set(marksIn(source, draft).map(({ row }) => row.key));
  const missing = rows.filter(({ key }) => !there.has(key)).map(markOf);
  return missing.length === 0 ? source : `${source.trimEnd()}\n\n${missing.join('\n\n')}\n`;
}

/**
 * The list that a text makes of a draft.
 *
 * @param text the text with its marks, and what was understood of it
 * @param marked the questions that the text had marks for when it was shown: without them, they stay, at the end
 */
export function mergeText(
  draft: readonly DraftQuestion[],
  text: { source: string; questions: readonly { line: number; question: Question }[] },
  marked: readonly DraftQuestion[],
): MergedQuestion[] {
  const marks = marksIn(text.source, draft);
  const staying = new Set([...marks.map(({ row }) => row), ...marked, ...draft.filter((one) => !isFinished(one))]);
  const rows = draft.filter(isFinished).filter((row) => !staying.has(row));
  const unused = new Set(rows);
  const byText = new Map<string, Finished[]>();
  for (const row of rows) {
    for (const said of new Set([asText(row.question), asText(rewritten(row.question))])) {
      byText.set(said, [...(byText.get(said) ?? []), row]);
    }
  }
  const take = (row: Finished | undefined) => (row && unused.delete(row) ? row : null);
  // First what is unchanged, so that no changed question takes its key.
  const same = text.questions.map(({ question }) => take(byText.get(asText(question))?.find((row) => unused.has(row))));
  const said = text.questions.map(({ line, question }, index): { line: number; merged: MergedQuestion } => {
    const unchanged = same[index];
    if (unchanged) return { line, merged: { key: unchanged.key, question: unchanged.question, typed: null } };
    const namesake = take([...unused].find((row) => isNamesake(row.question, question)));
    const whole = namesake ? withUnsaid(question, namesake.question) : question;
    return { line, merged: { key: namesake?.key ?? null, question: whole, typed: null } };
  });
  const inText = [...said, ...marks.map(({ line, row }) => ({ line, merged: row }))];
  inText.sort((one, other) => one.line - other.line);
  const there = new Set(inText.map(({ merged }) => merged.key));
  return [...inText.map(({ merged }) => merged), ...draft.filter((row) => staying.has(row) && !there.has(row.key))];
}

function isFinished(one: DraftQuestion): one is Finished {
  return one.question !== null;
}

function isNamesake(one: Question, other: Question): boolean {
  return one.type === other.type && one.name === other.name;
}

const broughtBack: readonly LossCode[] = ['points', 'hints', 'penalty'];

/** What GIFT has no words for stays as it was when the words around it change. */
function withUnsaid(question: Question, { points, hints, penalty }: Question): Question {
  return { ...question, points, ...(hints && { hints }), ...(penalty !== undefined && { penalty }) };
}

/** Whether the text says all of a question but for what `withUnsaid` brings back. */
function isSayable(question: Question): boolean {
  if (question.variables) return false;
  const { body, losses } = gift.write([question]);
  if (losses.some(({ code }) => !broughtBack.includes(code))) return false;
  const back = gift.read(body).questions;
  const [only] = back;
  if (back.length !== 1 || !only) return false;
  const parsed = questionSchema.safeParse(withUnsaid(only.question, question));
  return parsed.success && asText(parsed.data) === asText(question);
}

/** The question as it comes back from the text. */
function rewritten(question: Question): Question {
  const back = gift.read(gift.write([question]).body).questions;
  const parsed = questionSchema.safeParse(back[0]?.question);
  return back.length === 1 && parsed.success ? parsed.data : question;
}

function markOf(row: DraftQuestion): string {
  const name = shownQuestion(row).name.replace(/\s+/g, ' ').trim();
  return `// [keep:${row.key.slice(0, markKeyLength)}] ${name}`.trimEnd();
}

/** The schema has put its members in one order. */
function asText(question: Question): string {
  return JSON.stringify(questionSchema.parse(question));
}
