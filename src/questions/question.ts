// One question as it is stored, frozen into a quiz version and handed about: what every type has in common, and the
// details that are the type's own.
import { z } from 'zod';
import { contentSchema, renderContent } from './content.ts';
import type { Content } from './content.ts';
import { pointsSchema } from './exact.ts';
import { gapsIn } from './markup/gaps.ts';
import type { QuestionType } from './question-type.ts';
import { questionTypes } from './types/registry.ts';

type RegisteredType = (typeof questionTypes)[number];

/** A question's type, as it is written in stored questions: `single-choice`, `numeric` … */
export type QuestionTypeName = RegisteredType['name'];

/** The names of all types. */
export const questionTypeNames: readonly QuestionTypeName[] = questionTypes.map(({ name }) => name);

/** What every question has, whatever its type. */
export type QuestionCommon = {
  /** For the teacher's lists; students do not see it. */
  name: string;
  text: Content;
  /** Shown with the result, whatever the answer was. */
  generalFeedback: Content | null;
  /** The most it is worth, exact: a decimal or `n/d`. `'0'` for a question that asks nothing. */
  points: string;
  /** Words by which its teacher finds it again, in the order given. */
  tags?: string[] | undefined;
};

/** One question of any registered type. JSON all through. */
export type Question = {
  [Type in RegisteredType as Type['name']]: QuestionCommon & { type: Type['name']; details: z.output<Type['details']> };
}[QuestionTypeName];

const common = {
  name: z.string().trim().min(1).max(255),
  text: contentSchema,
  generalFeedback: contentSchema.nullable(),
  points: pointsSchema,
  tags: z.array(z.string().trim().min(1).max(100)).max(50).optional(),
};

const [first, ...others] = questionTypes.map((type: QuestionType) => {
  const schema = z.strictObject({ type: z.literal(type.name), ...common, details: type.details });
  if (!type.gaps) return schema;
  return schema.refine(({ text, details }) => namesGaps(text, type.gaps?.(details) ?? 0), {
    path: ['text'],
    error: 'expected every gap once, [[1]] for the first, and no other',
  });
});
if (!first) throw new Error('There is no question type');

/** Parses a stored question (a JSON column, a file); refuses an unknown type and details of another type. */
export const questionSchema =
  // Built in a loop, so the compiler has lost which details go with which type; `Question` says it again.
  z.discriminatedUnion('type', [first, ...others]) as unknown as z.ZodType<Question>;

/** Whether a text names the gaps from 1 to `count`, each once, where they can be filled. */
function namesGaps(text: Content, count: number): boolean {
  const named = gapsIn(renderContent(text)).sort((one, other) => one - other);
  return named.length === count && named.every((number, index) => number === index + 1);
}

/** The type of a question, with the link between type and details forgotten: `questionSchema` has checked it. */
export function typeOf(question: Pick<Question, 'type'>): QuestionType {
  const type = questionTypes.find(({ name }) => name === question.type);
  if (!type) throw new Error(`No question type is called ${question.type}`);
  return type;
}
