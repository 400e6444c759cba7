// A whole question in its form: what all types have in common around what is the type's own.
import { nameFrom } from '../formats/question-name.ts';
import { pointsSchema } from '../exact.ts';
import { questionSchema, questionTypeNames, typeOf, type Question, type QuestionTypeName } from '../question.ts';
import { z } from 'zod';
import { commonFromForm, commonToForm } from './common-lists.ts';
import { contentFields, contentIn, optionalContent } from './fields.ts';
import type { FieldProblem, Report } from './question-form.ts';
import { formOf } from './registry.ts';
import { typedFormSchema, type TypedForm } from './typed-form.ts';

/** What a form of before there were fields for it kept: read until that form is saved again. */
const besidesSchema = z.object({ hints: z.unknown(), penalty: z.unknown(), variables: z.unknown() }).partial();
type Besides = z.infer<typeof besidesSchema>;

/** A question as it stands in its form. `kept` is what is the type's own, where that has no form; `besides` is of an older form. */
export const typedQuestionSchema = z.strictObject({
  type: z.enum(questionTypeNames),
  ...typedFormSchema.shape,
  kept: z.unknown().optional(),
  besides: besidesSchema.optional(),
});

export type TypedQuestion = TypedForm & { type: QuestionTypeName; kept?: unknown; besides?: Besides | undefined };

/** A form with nothing in it yet. */
export function blankQuestion(type: QuestionTypeName): TypedQuestion {
  const form = formOf(type);
  const lists = Object.entries(form?.lists ?? {});
  return {
    type,
    values: {
      name: '',
      ...contentFields('text', null),
      points: '1',
      ...contentFields('generalFeedback', null),
      tags: '',
      penalty: '',
      ...form?.blank,
    },
    rows: Object.fromEntries(
      lists.map(([name, { first, blank }]) => [name, Array.from({ length: first }, () => ({ ...blank }))]),
    ),
  };
}

/** A question as its form shows it. A name that is only the beginning of the text is left to the text. */
export function questionToForm(question: Question): TypedQuestion {
  const form = formOf(question.type);
  const own = form?.toForm(question.details) ?? { values: {}, rows: {} };
  const common = commonToForm(question);
  return {
    type: question.type,
    values: {
      name: question.name === nameFrom(question.text) ? '' : question.name,
      ...contentFields('text', question.text),
      points: question.points,
      ...contentFields('generalFeedback', question.generalFeedback),
      tags: (question.tags ?? []).join(', '),
      ...common.values,
      ...own.values,
    },
    rows: { ...own.rows, ...common.rows },
    ...(form === null && { kept: question.details }),
  };
}

/** What a form makes: a question to look at, which may be stored only if nothing is missing. */
export type QuestionMade = { question: Question; problems: FieldProblem[] };

/** Reads a form. Never throws. */
export function questionFromForm(typed: TypedQuestion): QuestionMade {
  const problems: FieldProblem[] = [];
  const report: Report = (field, code, params = {}) => problems.push({ field, code, params });
  const { values, type } = typed;
  const text = contentIn(values, 'text');
  if (text.source.trim() === '') report('text', 'empty');
  const name = (values.name ?? '').trim();
  if (name.length > 255) report('name', 'too-long', { most: 255 });
  const tags = tagsIn(values.tags ?? '', report);
  const points = pointsIn(typed, report);
  const details = formOf(type)?.fromForm(typed, report) ?? typed.kept;
  const made = {
    type,
    name: name === '' ? nameFrom(text) : name,
    text,
    generalFeedback: optionalContent(values, 'generalFeedback'),
    points,
    ...(tags.length > 0 && { tags }),
    ...typed.besides,
    ...commonFromForm(typed, report),
    details,
  };
  const parsed = questionSchema.safeParse(made);
  if (!parsed.success && problems.length === 0) report(fieldOf(parsed.error.issues[0]?.path ?? []), 'not-storable');
  // The form's details have the type's shape by the word of `QuestionForm.fromForm`.
  // Without its variables, for those can be drawn only once everything fits together.
  return { question: parsed.success ? parsed.data : ({ ...made, variables: undefined } as Question), problems };
}

/** The field at which the schema found something that no form looks for. */
function fieldOf(path: readonly PropertyKey[]): string {
  const names = path.filter((name) => name !== 'details' && name !== 'source').map(String);
  return names.join('.') || 'text';
}

function tagsIn(typed: string, report: Report): string[] {
  const tags = [...new Set(typed.split(',').map((tag) => tag.trim()))].filter((tag) => tag !== '');
  if (tags.length > 50 || tags.some((tag) => tag.length > 100)) report('tags', 'too-long', { most: 100 });
  return tags;
}

function pointsIn({ type, values }: TypedQuestion, report: Report): string {
  if (typeOf({ type }).marking === 'none') return '0';
  const points = readPoints(values.points ?? '');
  if (points === null) report('points', 'not-points');
  return points ?? '1';
}

/** Points as people type them, with a comma or a point, or as a fraction; null for what no question can be worth. */
export function readPoints(typed: string): string | null {
  return pointsSchema.safeParse(typed.trim().replace(',', '.')).data ?? null;
}
