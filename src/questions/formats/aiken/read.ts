// Takes an Aiken file apart, line by line. Blank lines may stand anywhere, an option may go on on the next line.
import type { Content } from '../../content.ts';
import type { Problem, ReadResult } from '../format.ts';
import { nameFrom } from '../question-name.ts';
import { maximumQuestions } from '../read-blocks.ts';
import type { BlockOutcome } from '../read-blocks.ts';
import { choiceAmong } from '../right-options.ts';
import { keyLine } from './key.ts';
import { fitsPlace, labelledLine, mostLetters, placeOf } from './labels.ts';

type Draft = {
  /** Where it begins; null while nothing of it was found. */
  line: number | null;
  text: string[];
  options: { letter: string; text: string }[];
  /** Lines after the last option: more of it, or already the next question's text. */
  after: { line: number; text: string }[];
  /** Whether the line before was blank. */
  isApart: boolean;
};

type Key = NonNullable<ReturnType<typeof keyLine>>;

const emptyDraft = (): Draft => ({ line: null, text: [], options: [], after: [], isApart: false });

/** Every question of a file, and what is wrong with the others. */
export function readAiken(text: string): ReadResult {
  const result: ReadResult = { questions: [], problems: [] };
  let draft = emptyDraft();
  const finish = (key: Key | null, keyLineNumber: number) => {
    const outcome = questionOf(draft, key, keyLineNumber);
    if (outcome?.ok) result.questions.push({ line: draft.line ?? keyLineNumber, question: outcome.question });
    else if (outcome) result.problems.push(outcome.problem);
  };

  for (const [index, raw] of text.split('\n').entries()) {
    const line = index + 1;
    if (result.questions.length + result.problems.length >= maximumQuestions && raw.trim() !== '') {
      result.problems.push({ line, code: 'too-many-questions', params: { maximum: maximumQuestions } });
      return result;
    }
    const key = keyLine(raw.trim());
    if (key) {
      finish(key, line);
      draft = emptyDraft();
    } else if (!takes(draft, raw.trim(), line)) {
      finish(null, line);
      draft = nextDraft(draft);
      takes(draft, raw.trim(), line);
    }
  }
  finish(null, 0);
  return result;
}

/** Adds a line to a question; false if it can only belong to the next one. */
function takes(draft: Draft, text: string, line: number): boolean {
  if (text === '') {
    draft.isApart = true;
    return true;
  }
  const label = labelledLine(text);
  const wasApart = draft.isApart;
  const hasText = draft.text.length > 0;
  if (label && hasText && fitsPlace(label.letter, draft.options.length)) {
    goOn(draft);
    draft.options.push(label);
  } else if (draft.options.length === 0) {
    draft.line ??= line;
    draft.text.push(text);
  } else if (wasApart || (label && fitsPlace(label.letter, 0) && draft.options.length > 1)) return false;
  else draft.after.push({ line, text });
  draft.isApart = false;
  return true;
}

/** What stands after the last option belongs to it. */
function goOn(draft: Draft): void {
  const last = draft.options.at(-1);
  if (last) last.text = [last.text, ...draft.after.map(({ text }) => text)].join(' ').trim();
  draft.after = [];
}

/** A list that begins again begins another question: what stood before it is that one's text. */
function nextDraft({ after, isApart }: Draft): Draft {
  const draft = emptyDraft();
  if (isApart) return draft;
  return { ...draft, line: after[0]?.line ?? null, text: after.map(({ text }) => text) };
}

/** Null if there is nothing at all, which is how a file ends. */
function questionOf(draft: Draft, key: Key | null, keyLineNumber: number): BlockOutcome | null {
  const refused = (code: Problem['code'], params: Problem['params'] = {}, line = draft.line ?? keyLineNumber) =>
    ({ ok: false, problem: { line, code, params } }) as const;
  const { text, options } = draft;
  if (text.length === 0 && options.length === 0) return key ? refused('key-alone') : null;
  if (key) goOn(draft);
  if (options.length < 2) return refused('too-few-options', { count: options.length });
  if (options.length > mostLetters) return refused('too-many-options', { count: options.length, maximum: mostLetters });
  if (!key || key.written === '') return refused('key-missing', { count: options.length });
  if (options.some((option) => option.text === '')) return refused('option-empty');

  const letters = options.map(({ letter }) => letter);
  const places = key.letters.map((letter) => placeOf(letter, letters));
  if (places.length === 0 || places.includes(null)) {
    return refused('key-unknown', { key: key.written.slice(0, 80), letters: letters.join(', ') }, keyLineNumber);
  }
  const asked = plain(text.join('\n'));
  const marked = options.map((option, place) => ({ text: plain(option.text), isRight: places.includes(place) }));
  const common = { name: nameFrom(asked), text: asked, generalFeedback: null, points: '1' };
  return { ok: true, question: { ...common, ...choiceAmong(marked) } };
}

/** In Aiken every character stands for itself. */
function plain(source: string): Content {
  return { format: 'plain', source };
}
