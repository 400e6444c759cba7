// How a quiz is built: its sections, and which of its questions are drawn for each attempt. A draw says what each of its questions is
// worth, as a slot of Moodle's does, and takes only what is marked, by a machine or by people: so every attempt can reach the same
// points.
import { z } from 'zod';
import { pointsSchema } from '../questions/exact.ts';
import { foldText } from '../questions/fold-text.ts';
import type { HandRule } from '../questions/behaviours/work.ts';
import type { Question } from '../questions/question.ts';
import { isAnswerable, isMarkable } from './quiz.ts';

export const mostSections = 50;
export const mostDraws = 50;
/** For one draw. */
export const mostDrawn = 500;
export const mostTags = 20;
export const mostTagText = 100;

export const drawMatches = ['any', 'all'] as const;

const section = z.strictObject({
  /** Empty for a section that only has an order of its own. */
  title: z.string().max(255),
  /** The question with which it begins, as the author counts those that want an answer: from 1. */
  from: z.number().int().min(1),
  /** Of a draft: the key of that question, which `from` follows (section-starts.ts). */
  key: z.string().optional(),
  isShuffled: z.boolean(),
});

const draw = z.strictObject({
  count: z.number().int().min(1).max(mostDrawn),
  tags: z.array(z.string().trim().min(1).max(mostTagText)).min(1).max(mostTags),
  /** Whether a question needs one of the tags, or all of them. */
  match: z.enum(drawMatches),
  /** What each drawn question is worth, whatever it says itself. */
  points: pointsSchema,
});

export const structureSchema = z.strictObject({
  sections: z
    .array(section)
    .max(mostSections)
    .refine((all) => all.every(({ from }, index) => from >= (all[index - 1]?.from ?? 0)), 'expected a rising order'),
  draws: z.array(draw).max(mostDraws),
});

export type QuizStructure = z.output<typeof structureSchema>;
export type Section = QuizStructure['sections'][number];
export type Draw = QuizStructure['draws'][number];

/** One section, all of whose questions are asked. */
export const noStructure: QuizStructure = { sections: [], draws: [] };

/** As much of a question as its place in a quiz follows from. */
export type BuiltQuestion = Pick<Question, 'type' | 'points' | 'tags'>;

/** The questions of a quiz with how it is built. */
export interface BuiltQuiz<Built extends BuiltQuestion = BuiltQuestion> extends HandRule {
  questions: readonly Built[];
  structure: QuizStructure;
}

/** What draws are decided by, besides the questions. */
export type DrawRule = Pick<BuiltQuiz, 'structure' | 'marksByHand'>;

/**
 * Whether a draw may give the question. Capitals, spaces and kinds of apostrophe in tags do not matter.
 *
 * @param rule of the quiz: what nobody marks in it is in no draw
 */
export function isInDraw(
  question: Pick<Question, 'type' | 'tags'>,
  { tags, match }: Pick<Draw, 'tags' | 'match'>,
  rule: HandRule,
): boolean {
  if (!isMarkable(question, rule)) return false;
  const own = foldedTags(question.tags ?? noTags);
  const wanted = [...foldedTags(tags)];
  return match === 'all' ? wanted.every((tag) => own.has(tag)) : wanted.some((tag) => own.has(tag));
}

const noTags: readonly string[] = [];
const folded = new WeakMap<readonly string[], ReadonlySet<string>>();

/** Each list is folded once: every draw asks every question for its tags. Nothing changes a list of tags in place. */
function foldedTags(tags: readonly string[]): ReadonlySet<string> {
  const known = folded.get(tags) ?? new Set(tags.map((tag) => foldText(tag)));
  folded.set(tags, known);
  return known;
}

/** Whether an attempt is asked the question only if it is drawn for it. */
export function isInAnyDraw(question: Pick<Question, 'type' | 'tags'>, quiz: DrawRule): boolean {
  return quiz.structure.draws.some((one) => isInDraw(question, one, quiz));
}

/** A section where it begins in a version. */
export interface PlacedSection extends Omit<Section, 'from'> {
  /** The position of its first question, or of what informs directly before that. */
  first: number;
}

/** The sections that a version is divided into without a gap; what stands before the first of the author's is one, too. */
export function sectionsOf({ questions, structure }: BuiltQuiz): PlacedSection[] {
  const answerable = questions.flatMap((question, position) => (isAnswerable(question) ? [position] : []));
  const placed = structure.sections.flatMap(({ from, ...section }): PlacedSection[] => {
    const start = answerable[from - 1];
    return start === undefined ? [] : [{ ...section, first: (answerable[from - 2] ?? -1) + 1 }];
  });
  return placed[0]?.first === 0 ? placed : [{ title: '', isShuffled: true, first: 0 }, ...placed];
}

/**
 * The structure of a draft as it holds for what can be published of it: sections begin where they did, though questions are left out,
 * and know no keys any more.
 *
 * @param isReady of each question that wants an answer, in the draft's order
 */
export function withoutUnready({ sections, draws }: QuizStructure, isReady: readonly boolean[]): QuizStructure {
  const moved = sections.map(({ title, from, isShuffled }) => {
    const left = isReady.slice(0, from - 1).filter((ready) => !ready).length;
    return { title, from: from - left, isShuffled };
  });
  // Of two that begin together the first holds nothing any more.
  return { sections: moved.filter(({ from }, index) => from !== moved[index + 1]?.from), draws };
}
