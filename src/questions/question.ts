// One question as it is stored, frozen into a quiz version and handed about: what every type has in common, and the
// details that are the type's own.
import { z } from 'zod';
import { contentSchema, renderContent } from './content.ts';
import type { Content } from './content.ts';
import { penaltySchema, pointsSchema } from './exact.ts';
import { gapsIn } from './markup/gaps.ts';
import type { QuestionType } from './question-type.ts';
import { questionTypes } from './types/registry.ts';
import { checkSeeds, drawValuesAnew, fillValues, variablesSchema } from './variables.ts';
import type { Variables } from './variables.ts';

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
  /** Of a published question: the learning outcomes that it is about, as its course called them then. */
  outcomes?: { code: string; text: string }[] | undefined;
  /** What each attempt has its own numbers for; see `variantOf`, which everything but the author's own pages goes through. */
  variables?: Variables | undefined;
  /** What is said after the first wrong try, the second …, where a learner has several. */
  hints?: { text: Content }[] | undefined;
  /** What a wrong try costs, as an exact share of the points; without it the quiz says so. */
  penalty?: string | undefined;
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
  outcomes: z
    .array(z.strictObject({ code: z.string().min(1).max(40), text: z.string().max(500) }))
    .max(200)
    .optional(),
  variables: z.undefined().optional(),
  hints: z
    .array(z.strictObject({ text: contentSchema }))
    .max(20)
    .optional(),
  penalty: penaltySchema.optional(),
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

const ordinary =
  // Built in a loop, so the compiler has lost which details go with which type; `Question` says it again.
  z.discriminatedUnion('type', [first, ...others]) as unknown as z.ZodType<Question>;

/** A question with variables: what holds for an ordinary question has to hold for its variants. */
const withVariables = z.looseObject({ variables: variablesSchema }).superRefine((question, context) => {
  for (const seed of checkSeeds) {
    const { error } = ordinary.safeParse(filled(question, seed));
    if (!error) continue;
    for (const { path, message } of error.issues) context.addIssue({ code: 'custom', path, message });
    return;
  }
}) as unknown as z.ZodType<Question>;

/** Parses a stored question (a JSON column, a file); refuses an unknown type and details of another type. */
export const questionSchema: z.ZodType<Question> = z.unknown().transform((stored, context) => {
  const hasVariables = typeof stored === 'object' && stored !== null && 'variables' in stored && stored.variables;
  const { data, error } = (hasVariables ? withVariables : ordinary).safeParse(stored);
  if (data) return data;
  for (const { path, message } of error?.issues ?? []) context.addIssue({ code: 'custom', path, message });
  return z.NEVER;
});

/**
 * The question of one attempt: with the numbers that its seed gives it, and no variables. An ordinary question is its own variant.
 *
 * @param seed of the attempt and the question's place in it; unguessable, as for `permutation`
 * @param round how often it was asked anew there
 */
export function variantOf(question: Question, seed: string, round = 0): Question {
  const { variables } = question;
  return variables ? ordinary.parse(filled({ ...question, variables }, seed, round)) : question;
}

/** The question with numbers with which it was tried when it was stored: always the same ones, and there always are such. */
export function sampleVariantOf(question: Question): Question {
  return variantOf(question, checkSeeds[0]);
}

function filled(
  { variables, ...question }: { variables: Variables; [member: string]: unknown },
  seed: string,
  round = 0,
): unknown {
  const values = drawValuesAnew(variables, seed, round);
  if (!values) throw new Error('No draw gave every formula a value');
  return fillValues(question, variables, values);
}

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
