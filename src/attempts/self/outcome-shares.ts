// How an attempt went by what its questions teach: where the learner stands firm, and what to practise.
import Fraction from 'fraction.js';
import { noWork } from '../../questions/behaviours/work.ts';
import { foldText } from '../../questions/fold-text.ts';
import type { Question } from '../../questions/question.ts';
import { isCounted } from '../../quizzes/quiz.ts';
import type { AskedVersion } from '../asked.ts';
import type { Work } from '../attempt.ts';
import { markCorrected, type Corrections } from '../correction.ts';

/** From this share of the points on something is firm, and below that one it is weak. */
const firmFrom = '4/5';
const weakBelow = '1/2';

export interface OutcomeShare {
  /** The code of a learning outcome, or a tag. */
  name: string;
  /** What the outcome is, in words; null for a tag. */
  text: string | null;
  /** How many questions of the attempt were about it. */
  questions: number;
  /** What of their points was earned, from 0 to 1. */
  share: number;
  verdict: 'firm' | 'growing' | 'weak';
}

/**
 * The weakest first. A question is counted for each of its learning outcomes, or for each of its tags where it has none of those; one
 * that waits for a person's mark, or that a regrade took out of the count, is not.
 *
 * @returns null where there is nothing to set one thing apart from another
 */
export function outcomeShares(version: AskedVersion, work: Work, corrections: Corrections): OutcomeShare[] | null {
  const counted = version.questions.flatMap(({ question, position }) => {
    if (!isCounted(question, version)) return [];
    const correction = corrections.get(position) ?? null;
    const { points, maximum, state } = markCorrected(question, correction, work.get(position) ?? noWork, version);
    const isTelling = !['waiting', 'credited', 'dropped'].includes(state) && maximum.gt(0);
    return isTelling ? [{ themes: themesOf(question), points: within(points, maximum), maximum }] : [];
  });
  const byTheme = new Map<string, { theme: Theme; of: typeof counted }>();
  for (const one of counted) {
    for (const [key, theme] of one.themes) {
      const known = byTheme.get(key);
      if (known) known.of.push(one);
      else byTheme.set(key, { theme, of: [one] });
    }
  }
  const groups = [...byTheme.values()];
  if (groups.every(({ of }) => of.length === counted.length)) return null;
  return groups
    .map(({ theme, of }) => ({ theme, questions: of.length, share: sum(of, 'points').div(sum(of, 'maximum')) }))
    .sort((one, other) => one.share.compare(other.share))
    .map(({ theme, questions, share }) => ({ ...theme, questions, share: share.valueOf(), verdict: verdictOf(share) }));
}

type Theme = Pick<OutcomeShare, 'name' | 'text'>;

/** By a key under which spellings of one tag come together. */
function themesOf({ outcomes = [], tags = [] }: Pick<Question, 'outcomes' | 'tags'>): Map<string, Theme> {
  if (outcomes.length > 0)
    return new Map(outcomes.map(({ code, text }) => [`outcome ${code}`, { name: code, text: text || null }]));
  return new Map(tags.map((tag) => [`tag ${foldText(tag)}`, { name: tag, text: null }]));
}

function verdictOf(share: Fraction): OutcomeShare['verdict'] {
  if (share.gte(firmFrom)) return 'firm';
  return share.lt(weakBelow) ? 'weak' : 'growing';
}

/** Where certainty counts, a question may earn less than nothing, and more than it is worth. */
function within(points: Fraction, maximum: Fraction): Fraction {
  if (points.lt(0)) return new Fraction(0);
  return points.gt(maximum) ? maximum : points;
}

function sum(of: readonly { points: Fraction; maximum: Fraction }[], what: 'points' | 'maximum'): Fraction {
  return of.reduce((total, one) => total.add(one[what]), new Fraction(0));
}
