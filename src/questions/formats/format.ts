// What a question format is, and how a reader reports what it could not read. A format is one file here and a line in
// the registry.
import type { Question } from '../question.ts';

/** Why something in a file was not taken. Each has a message under `questions.problems` in src/i18n. */
export const problemCodes = [
  'too-large',
  'format-unknown',
  'no-questions',
  'too-many-questions',
  'brace-not-closed',
  'brace-not-opened',
  'several-answer-blocks',
  'question-empty',
  'option-empty',
  'too-few-options',
  'too-many-options',
  'no-right-answer',
  'weights-below-hundred',
  'weight-out-of-range',
  'not-a-number',
  'range-reversed',
  'pair-without-arrow',
  'too-few-pairs',
  'not-storable',
] as const;

export type ProblemCode = (typeof problemCodes)[number];

/** One thing that is wrong, where an editor would show it. */
export type Problem = {
  /** From 1. */
  line: number;
  code: ProblemCode;
  /** For the message's placeholders. */
  params: Readonly<Record<string, string | number>>;
};

/** What a file holds: every question that could be read, and a problem for each that could not. */
export type ReadResult = {
  /** In file order; `line` (from 1) is where the question begins. */
  questions: { line: number; question: Question }[];
  /** In file order. */
  problems: Problem[];
};

/** A way of writing questions in a text file. */
export type Format = {
  name: string;
  /** As people call it; the same in every language. */
  label: string;
  /** Whether a text is probably written in this format. */
  looksLike(text: string): boolean;
  /** Reads a text with `\n` line ends. Never throws, and takes time in proportion to the text's length. */
  read(text: string): ReadResult;
};
