// What learners see of their results, and when. It belongs to the quiz and not to its versions: a teacher who shows or hides
// something means every attempt that was ever made. Teachers always see all. After Moodle's review options
// (mod/quiz/classes/question/display_options.php), whose names the moments and parts have.
import { z } from 'zod';

/** `answers`: the questions with what was answered; without them there is nothing else of a question either. */
export const reviewParts = [
  'answers',
  'correctness',
  'points',
  'specific-feedback',
  'general-feedback',
  'right-answer',
  'overall-feedback',
] as const;
export type ReviewPart = (typeof reviewParts)[number];

/** `during`: of a question that is checked while the attempt is open. `closed`: after the learner's own due date. */
export const reviewMoments = ['during', 'immediately', 'later', 'closed'] as const;
export type ReviewMoment = (typeof reviewMoments)[number];

export type ReviewSettings = Readonly<Record<ReviewMoment, readonly ReviewPart[]>>;

const parts = z.array(z.enum(reviewParts)).max(reviewParts.length);

export const reviewSettingsSchema = z.strictObject({
  during: parts,
  immediately: parts,
  later: parts,
  closed: parts,
});

/** How long "immediately" lasts after handing in; Moodle's two minutes (`IMMEDIATELY_AFTER_PERIOD`). */
export const immediatelyMs = 2 * 60_000;

const all = reviewParts;
const without = (...hidden: ReviewPart[]) => all.filter((part) => !hidden.includes(part));

/** Self-study shows everything at once; homework keeps the right answers until the due date; an exam shows points after it. */
export const reviewPresets = {
  'self-study': { during: without('overall-feedback'), immediately: all, later: all, closed: all },
  homework: {
    during: ['answers', 'correctness', 'points', 'specific-feedback'],
    immediately: without('right-answer'),
    later: without('right-answer'),
    closed: all,
  },
  exam: { during: ['answers'], immediately: [], later: [], closed: ['points'] },
} as const satisfies Record<string, ReviewSettings>;
export type ReviewPreset = keyof typeof reviewPresets;

/** The preset that the settings are; null: the teacher's own. */
export function presetOf(settings: ReviewSettings): ReviewPreset | null {
  const names = Object.keys(reviewPresets) as ReviewPreset[];
  const isSame = (one: ReviewSettings, other: ReviewSettings) =>
    reviewMoments.every((moment) =>
      reviewParts.every((part) => one[moment].includes(part) === other[moment].includes(part)),
    );
  return names.find((name) => isSame(reviewPresets[name], settings)) ?? null;
}

/**
 * When a learner looks at an attempt.
 *
 * @param closedAt null while it is open
 * @param dueAt the learner's own; null: nothing is due, and it never comes to `closed`
 */
export function momentOf(closedAt: Date | null, dueAt: Date | null, now: Date): ReviewMoment {
  if (closedAt === null) return 'during';
  if (dueAt !== null && now > dueAt) return 'closed';
  return now.getTime() < closedAt.getTime() + immediatelyMs ? 'immediately' : 'later';
}

/** Asks whether a part may be shown. */
export type MayShow = (part: ReviewPart) => boolean;

/** What teachers see. */
export const showsAll: MayShow = () => true;

/**
 * What a learner is shown at a moment. Some parts give others away, so a part is shown only together with what it says anyway: the
 * right answer with whether one's own is right, and everything of a question with the question. While an attempt is open its
 * questions are there in any case, and nothing is said of the whole.
 */
export function shownAt(settings: ReviewSettings, moment: ReviewMoment): MayShow {
  const chosen = settings[moment];
  const hasAnswers = moment === 'during' || chosen.includes('answers');
  return (part) => {
    switch (part) {
      case 'answers':
        return hasAnswers;
      case 'points':
        return chosen.includes(part);
      case 'overall-feedback':
        return moment !== 'during' && chosen.includes(part);
      case 'right-answer':
        return hasAnswers && chosen.includes('correctness') && chosen.includes(part);
      case 'correctness':
      case 'specific-feedback':
      case 'general-feedback':
        return hasAnswers && chosen.includes(part);
    }
  };
}
