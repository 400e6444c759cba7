// Options of a multiple choice for formats in which the weights of the ticked ones are added up, and nothing else.
import Fraction from 'fraction.js';
import type { Question } from '../question.ts';
import type { LossCode } from './format.ts';

type Choice = Extract<Question, { type: 'single-choice' | 'multiple-choice' }>;
type Option = Choice['details']['options'][number];

/**
 * The options with weights that come nearest to how they are marked. Right minus wrong can be said in weights exactly; all or nothing
 * becomes a share for each right option and nothing at all as soon as a wrong one is ticked.
 */
export function weightedOptions({ type, details }: Choice): { options: Option[]; losses: LossCode[] } {
  const grading = (type === 'multiple-choice' && details.grading) || 'weights';
  if (grading === 'weights') return { options: details.options, losses: [] };
  const isRight = ({ weight }: Option) => new Fraction(weight).gt(0);
  const right = details.options.filter(isRight).length;
  const wrong = grading === 'right-minus-wrong' ? `-1/${details.options.length - right}` : '-1';
  const options = details.options.map((option) => ({ ...option, weight: isRight(option) ? `1/${right}` : wrong }));
  return { options, losses: ['grading'] };
}
