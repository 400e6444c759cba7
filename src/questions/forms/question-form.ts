// What the form of a question type is: its lists of rows, and the way from what is stored to what stands in the form and back. A
// form is one file here, a view of the same name in views/questions/forms, and a line in the registry.
import type { QuestionType, StoredResponse } from '../question-type.ts';
import type { TypedForm, TypedRow } from './typed-form.ts';

/** Why something typed makes no question yet. Each has a message under `questionForm.problems` in src/i18n. */
export const fieldProblemCodes = [
  'empty',
  'not-points',
  'not-a-share',
  'not-a-number',
  'negative-tolerance',
  'range-reversed',
  'no-right-answer',
  'shares-below-all',
  'too-few-rows',
  'too-long',
  'twice',
  'all-right',
  'not-figures',
  'gap-missing',
  'gap-twice',
  'gap-unknown',
  'best-levels',
  'not-a-picture',
  'not-pixels',
  'not-greater',
  'not-corners',
  'outside',
  'no-right-area',
  'too-many-rows',
  'not-storable',
] as const;

export type FieldProblemCode = (typeof fieldProblemCodes)[number];

/** One thing that is still missing or wrong. */
export type FieldProblem = {
  /** The name of the field, `options.2.text`, or of a list, `options`. */
  field: string;
  code: FieldProblemCode;
  /** For the message's placeholders. */
  params: Readonly<Record<string, string | number>>;
};

/** Says that something is wrong; reading goes on, so that everything is told at once. */
export type Report = (field: string, code: FieldProblemCode, params?: FieldProblem['params']) => void;

/** A list of rows in a form. */
export type FormList = {
  least: number;
  most: number;
  /** How many a new question begins with. */
  first: number;
  /** A new row: every field it has, so that all of them are shown; a box that is not ticked is no field. */
  blank: TypedRow;
};

/**
 * The form of one type. Its members are methods for the same reason as those of `QuestionType`.
 */
export type QuestionForm<Name extends string = string, Details = unknown> = {
  type: QuestionType<Name, Details, StoredResponse>;
  /** A script in public/ that the form's page brings along, without its ending. */
  script?: string;
  lists: Readonly<Record<string, FormList>>;
  /** What stands in the single fields of a new question. */
  blank: Readonly<Record<string, string>>;
  toForm(details: Details): TypedForm;
  /**
   * What was typed, as details. They have the type's shape even where something is reported, so that the student's view can follow
   * while the question is being written; they may be stored only if nothing was.
   */
  fromForm(form: TypedForm, report: Report): Details;
};

/** The same form, with what its details are taken from its type. */
export function questionForm<Name extends string, Details, Response extends StoredResponse>(
  form: Omit<QuestionForm<Name, Details>, 'type'> & { type: QuestionType<Name, Details, Response> },
): QuestionForm<Name, Details> {
  return form;
}

/** The rows of a list that hold anything: one left empty, as every form offers, is no answer. */
export function filledRows(form: TypedForm, list: string): { row: TypedRow; at: string }[] {
  return (form.rows[list] ?? [])
    .map((row, place) => ({ row, at: `${list}.${place}` }))
    .filter(({ row }) => Object.entries(row).some(([name, typed]) => isTyped(name) && typed.trim() !== ''));
}

/** Which of the filled rows of a list another row means; null for one that is not there, or is empty. */
export function indexOfRow(filled: readonly { at: string }[], list: string, typed: string | undefined): number | null {
  const index = filled.findIndex(({ at }) => at === `${list}.${typed ?? ''}`);
  return index < 0 ? null : index;
}

/** Fields with a default, and choices. */
const chosen = ['kind', 'shape', 'tolerance', 'category', 'layout', 'points', 'isCaseSensitive', 'foldsLookAlikes'];

/** Fields with a default say nothing about whether somebody wrote into a row. */
function isTyped(name: string): boolean {
  return !name.endsWith('Format') && !chosen.includes(name);
}
