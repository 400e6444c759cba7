// What a quiz says and shows after an attempt.
import { overallFeedbackSchema, type OverallFeedback } from './overall-feedback.ts';
import { reviewPresets, reviewSettingsSchema, type ReviewSettings } from './review-settings.ts';

export interface QuizReview {
  review: ReviewSettings;
  overallFeedback: OverallFeedback;
}

/** What a quiz has whose teacher never chose. */
export const newReview: QuizReview = { review: reviewPresets['self-study'], overallFeedback: [] };

/** From the columns of a quiz. @throws for what we did not write */
export function parseReview(row: { review: unknown; overallFeedback: unknown }): QuizReview {
  return {
    review: row.review === null ? newReview.review : reviewSettingsSchema.parse(row.review),
    overallFeedback: overallFeedbackSchema.parse(row.overallFeedback),
  };
}
