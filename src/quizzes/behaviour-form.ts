// The part of the quiz editor in which it is chosen when questions are marked, what a wrong try costs, and what learners see: read
// leniently, as all of that form.
import { z } from 'zod';
import { behaviours } from '../questions/behaviours/registry.ts';
import { penaltySchema } from '../questions/exact.ts';
import { readNumber } from '../questions/read-number.ts';
import { typedText } from '../questions/typed-text.ts';
import { mostBands, mostBandText, type OverallFeedback } from './overall-feedback.ts';
import type { QuizSettings } from './quiz.ts';
import { newReview, type QuizReview } from './quiz-review.ts';
import { presetOf, reviewMoments, reviewParts, reviewPresets, type ReviewSettings } from './review-settings.ts';

/** What can be chosen for a wrong try; Moodle's list of penalties. */
export const offeredPenalties = ['1', '1/2', '1/3', '1/4', '1/5', '1/10', '0'] as const;

type Behaving = Pick<QuizSettings, 'behaviour' | 'penalty' | 'mayRedo' | 'marksByHand'> & QuizReview;

/** What a new quiz has: everything is marked at handing in and shown at once. */
export const newBehaving: Behaving = {
  behaviour: 'deferred',
  penalty: '1/3',
  mayRedo: false,
  marksByHand: false,
  ...newReview,
};

const presets = ['self-study', 'homework', 'exam'] as const;

const list = z.preprocess(
  (sent) => (Array.isArray(sent) ? sent : [sent]).filter((item) => typeof item === 'string'),
  z.array(z.string()).max(100).catch([]),
);

const form = z.object({
  behaviour: z.enum(behaviours.map(({ name }) => name)).catch(newBehaving.behaviour),
  penalty: penaltySchema.catch(newBehaving.penalty),
  mayRedo: z
    .literal('yes')
    .transform(() => true)
    .catch(false),
  marksByHand: z
    .literal('yes')
    .transform(() => true)
    .catch(false),
  reviewPreset: z.enum([...presets, 'own']).catch('self-study'),
  bandFrom: list,
  bandText: list,
  ...Object.fromEntries(reviewMoments.map((moment) => [`review.${moment}`, list] as const)),
});

/** What stands in the form; a page without these fields means what a new quiz has. */
export function readBehaving(body: unknown): Behaving {
  const { reviewPreset, bandFrom, bandText, ...read } = form.parse(body ?? {});
  const { behaviour, penalty, mayRedo, marksByHand, ...chosen } = read;
  return {
    behaviour,
    penalty,
    mayRedo,
    marksByHand,
    review: reviewPreset === 'own' ? readMatrix(chosen) : reviewPresets[reviewPreset],
    overallFeedback: readBands(bandFrom, bandText),
  };
}

/** What the partial views/quizzes/_behaviour.ejs is shown by. */
export function behavingChoices({ review }: Pick<Behaving, 'review'>) {
  return {
    behaviours: behaviours.map(({ name }) => name),
    penalties: offeredPenalties,
    presets,
    preset: presetOf(review),
    reviewMoments,
    // Of a question that is checked during an attempt there is the question itself in any case, and nothing of the whole.
    reviewRows: reviewParts.map((part) => ({
      part,
      moments: reviewMoments.filter(
        (moment) => moment !== 'during' || (part !== 'answers' && part !== 'overall-feedback'),
      ),
    })),
    mostBands,
    mostBandText,
  };
}

function readMatrix(chosen: Record<string, unknown>): ReviewSettings {
  const at = (moment: keyof ReviewSettings) => {
    const ticked = list.parse(chosen[`review.${moment}`]);
    return reviewParts.filter((part) => ticked.includes(part) || (moment === 'during' && part === 'answers'));
  };
  return { during: at('during'), immediately: at('immediately'), later: at('later'), closed: at('closed') };
}

/** A row without text is none; one whose percentage cannot be read begins at 0; of two from the same percentage the first stays. */
function readBands(froms: readonly string[], texts: readonly string[]): OverallFeedback {
  const typed = texts.flatMap((written, index) => {
    const text = typedText([written], mostBandText);
    const percent = readNumber(froms[index] ?? '')?.valueOf() ?? 0;
    const fromPercent = Math.round(Math.min(100, Math.max(0, percent)) * 100) / 100;
    return text === null ? [] : [{ fromPercent, text }];
  });
  return typed
    .filter((band, index) => typed.findIndex(({ fromPercent }) => fromPercent === band.fromPercent) === index)
    .sort((one, other) => other.fromPercent - one.fromPercent)
    .slice(0, mostBands);
}
