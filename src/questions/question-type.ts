// What a question type is: how it is stored, shown without its key, answered, marked and reviewed. A type is one file in
// types/ that fills this in, a view of the same name, and a line in the registry; nothing else knows that it exists.
import type Fraction from 'fraction.js';
import type { z } from 'zod';
import type { Content } from './content.ts';
import type { FileRule, Rubric } from './rubric.ts';

/** A permutation of `0 … n-1`, the same whenever it is asked for: place in the shown list → index in the question. */
export type Order = (n: number) => readonly number[];

/**
 * The values a form sent for one question: `null` names the field itself (`q7`), a string one of its parts (`'0'` is
 * `q7.0`). Nothing sent is an empty list.
 */
export type FieldReader = (part: string | null) => readonly string[];

/** What is kept of an answer: plain JSON in the question's own indices, so it does not depend on the order shown. */
export type StoredResponse = Readonly<
  Record<string, string | boolean | number | readonly (number | string | null)[] | undefined>
>;

/** What an answer is worth, before it is kept between nothing and everything, and what its author said to it. */
export type Mark = {
  /** Exact share of the question's points; below 0 where wrong ticks cost more than right ones earn, at most 1. */
  fraction: Fraction;
  feedback: readonly Content[];
};

/** One worked example of a type. Fields are given as if the order shown were the order in the question. */
export type Example<Details, Response> = {
  about: string;
  /** What its question says, where that is not the same for all of the type. */
  text?: Content;
  details: Details;
  /** The same question with another key: a student must not be able to tell it from `details` before submission. */
  otherKey: Details;
  answers: readonly {
    /** `''` is the field itself, any other name one of its parts. */
    fields: Readonly<Record<string, readonly string[]>>;
    response: Response | null;
    /** What it is worth before it is kept within 0 … 1, such as `'-1/2'`; null if it is not marked by machine. */
    fraction: string | null;
  }[];
};

/**
 * A question type.
 *
 * The members that take details or a response are methods on purpose: that lets the registry hold types whose details
 * differ. That the two belong together is what `questionSchema` and `parseStoredResponse` establish.
 */
export type QuestionType<
  Name extends string = string,
  Details = unknown,
  Response extends StoredResponse = StoredResponse,
> = {
  name: Name;
  /** Who marks it: the machine at once, a person later, or nobody because it asks nothing. */
  marking: 'automatic' | 'manual' | 'none';
  /** How to answer, where the controls do not say it all: a message under `questions` in src/i18n. */
  hint?: 'choose-one' | 'choose-any' | 'choose-in-rows' | 'order-items' | 'sort-items';
  /** A script in public/ that makes answering easier, without its ending; the view works without it. */
  script?: string;
  details: z.ZodType<Details>;
  response: z.ZodType<Response>;
  /**
   * How many gaps the question's text must name, as `[[1]]`, `[[2]]` …, each once: views/questions/types/<name>-gap.ejs fills them.
   * Absent if its view stands below the text.
   */
  gaps?(details: Details): number;
  /** What the student's form may hold: everything needed to answer, no trace of the key. `response` is what was saved. */
  present(details: Details, order: Order, response: Response | null): object;
  /** The answer in a form; null if it is empty or makes no sense. Never throws. */
  parseResponse(fields: FieldReader, details: Details, order: Order): NoInfer<Response> | null;
  /** Which files an answer may hold; null for none. Absent: a type that takes none. */
  files?(details: Details): FileRule | null;
  /** The answer with these of its files, and no others; null if it is empty. With `files` only. @param keys in their order */
  withFiles?(response: Response | null, keys: readonly string[]): NoInfer<Response> | null;
  /** By what a person marks; null without. With `marking: 'manual'` only. */
  rubric?(details: Details): Rubric | null;
  /** What the author says to who marks; null for nothing. With `marking: 'manual'` only. */
  guidance?(details: Details): Content | null;
  /** The answer's worth. Only called for `marking: 'automatic'`. */
  mark(details: Details, response: Response): Mark;
  /** What the result page shows: the choice made, the right one, what the author said to each. */
  review(details: Details, order: Order, response: Response | null): object;
  /** What alone decides about marks, as JSON to be compared; what only explains is not in it. Null if no machine marks. */
  key(details: Details): unknown;
  examples: readonly Example<NoInfer<Details>, NoInfer<Response>>[];
};

/** The same type, with what its details and responses are inferred from their schemas. */
export function questionType<const Name extends string, Details, Response extends StoredResponse>(
  type: QuestionType<Name, Details, Response>,
): QuestionType<Name, Details, Response> {
  return type;
}
