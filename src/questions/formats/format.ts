// What a question format is, how a reader reports what it could not read, and a writer what it could not say. A format is one file
// here and a line in the registry.
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
  'key-missing',
  'key-alone',
  'key-unknown',
  'xml-broken',
  'xml-doctype',
  'xml-too-deep',
  'xml-root',
  'xml-tags-in-text',
  'type-unknown',
  'type-not-whole',
  'picture-broken',
  'picture-missing',
  'picture-too-large',
  'left-out',
  'formula-braces',
  'not-storable',
  'zip-broken',
  'zip-encrypted',
  'zip-name-twice',
  'zip-nested',
  'zip-too-large',
  'zip-too-many-files',
  'zip-unsafe-name',
  'zip-without-questions',
  'old-office',
  'archive-xml-broken',
  'archive-xml-entities',
  'archive-picture-missing',
  'archive-picture-too-large',
  'archive-picture-unknown',
  'formula-part-unknown',
  'mark-missing',
  'mark-everywhere',
  'marks-disagree',
  'several-marked',
  'key-letter-unknown',
  'key-number-unknown',
  'text-not-placed',
  'columns-unknown',
  'points-unreadable',
  'tags-unreadable',
  'cell-type-unknown',
  'right-unknown',
  'right-ambiguous',
  'quote-not-closed',
  'cell-is-date',
  'cell-is-error',
  'sheet-left-out',
  'sheet-pictures',
  'qti-file-missing',
  'qti-part-unknown',
  'qti-without-key',
  'reading-too-long',
  'reading-too-much',
  'reading-stopped',
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

/** A picture, sound or film that came with questions; a content names it as `asset:` and its key. */
export type Asset = {
  /** The SHA-256 of its bytes, in lower-case hexadecimal digits. */
  sha256: string;
  mediaType: string;
  bytes: Uint8Array;
};

/** What a file holds: every question that could be read, and a problem for each that could not. */
export type ReadResult = {
  /** In file order; `line` (from 1) is where the question begins, or its paragraph or row where a file has no lines. */
  questions: { line: number; question: Question }[];
  /** In file order. */
  problems: Problem[];
  /** What was left out of questions that were taken all the same, in file order. */
  warnings?: Problem[];
  /** What the questions' contents refer to, each once. */
  assets?: Asset[];
};

/** Something a question has and a format has no words for. Each has a message under `questions.losses` in src/i18n. */
export const lossCodes = [
  'type',
  'name',
  'points',
  'grading',
  'feedback',
  'weights',
  'tags',
  'markup',
  'picture',
  'units',
  'hints',
  'penalty',
] as const;

export type LossCode = (typeof lossCodes)[number];

/** What a format could not say of a question: `type` leaves the question out, any other leaves only that out. */
export type Loss = {
  /** The place of the question among those written, from 0. */
  index: number;
  code: LossCode;
};

/** Questions as a file. */
export type Written<Body extends string | Uint8Array> = { body: Body; losses: Loss[] };

interface AnyFormat {
  name: string;
  /** As people call it; the same in every language. */
  label: string;
  /** The usual end of its files' names, such as `.txt`. */
  extension: string;
  mediaType: string;
}

/** A way of writing questions in a text file. */
export interface TextFormat extends AnyFormat {
  kind: 'text';
  /** The most characters that one of its files may have, if it is not the usual. */
  maximumCharacters?: number;
  /** Whether a text is probably written in this format. */
  looksLike(text: string): boolean;
  /** Reads a text with `\n` line ends. Never throws, and takes time in proportion to the text's length. */
  read(text: string): ReadResult;
  /** Null: questions are only read. What it writes it reads back as the same questions, but for what it lost. */
  write: ((questions: readonly Question[], assets: readonly Asset[]) => Written<string>) | null;
}

/** A way of writing questions in a file that is no text: a document, a table, an archive. */
export interface FileFormat extends AnyFormat {
  kind: 'file';
  /** Whether the bytes are probably in this format. */
  looksLike(bytes: Uint8Array): boolean;
  /** Never rejects because of what the bytes hold. */
  read: ((bytes: Uint8Array) => Promise<ReadResult>) | null;
  /** `title` is what the questions are called as a whole, for formats that show it. */
  write:
    ((questions: readonly Question[], assets: readonly Asset[], title?: string) => Promise<Written<Uint8Array>>) | null;
}

export type Format = TextFormat | FileFormat;
