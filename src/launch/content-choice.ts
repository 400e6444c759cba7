// What a teacher chooses to put into a course: read leniently from the form, because whatever was typed is shown again until all
// of it is right.
import { momentAt } from '../i18n/local-time.ts';
import { pageKinds, type ContentIdentity, type PageKind } from './content-identity.ts';

/** A quiz that can be chosen. */
export interface OfferedQuiz {
  contentId: string;
  title: string;
  /** How many questions want an answer, and what they are worth; null while nothing is published. */
  published: { questions: number; points: number } | null;
  /** Names of the activities of this course that have it already; null for one without a name. */
  placedAt: (string | null)[];
}

/** Something that can be chosen, with what stands beside it in the form. */
export interface Choice {
  /** The kind of a page, or the `contentId` of a quiz. */
  key: string;
  /** Null for a page of the course. */
  quiz: OfferedQuiz | null;
  /** Null for a quiz. */
  page: PageKind | null;
  /** Whether it can have a column in the gradebook. */
  isGraded: boolean;
  isChosen: boolean;
  title: string;
  /** As typed; empty for no column in the gradebook. */
  points: string;
  opensAt: string;
  dueAt: string;
  problems: Partial<Record<'points' | 'opensAt' | 'dueAt', ChoiceProblem>>;
}

export type ChoiceProblem =
  'points-unreadable' | 'points-not-kept' | 'date-unreadable' | 'due-before-open' | 'due-passed';

/** A moment that can be said of a quiz at its place. */
export type ChoiceDate = 'opensAt' | 'dueAt';

/** What is wrong with the choice as a whole. */
export type ChoicesProblem = 'nothing-chosen' | 'one-only' | 'not-offered' | 'see-below';

/** One thing that was chosen, and how it is to stand in the course. */
export interface ChosenContent {
  content: ContentIdentity;
  title: string;
  /** The maximum of its column in the gradebook; null for none. */
  points: number | null;
  opensAt: Date | null;
  dueAt: Date | null;
}

/** What the LMS that asks takes. */
export interface ChoiceRules {
  acceptsMultiple: boolean;
  /** Whether it lets us propose columns. */
  acceptsColumns: boolean;
  /** What its gradebook makes of a maximum: the same, or one that it keeps. */
  columnMaximum: (points: number) => number;
  /** Which moments it takes from us. */
  dates: readonly ChoiceDate[];
  /** It takes no due moment before this one; null: it takes any. */
  dueAfter: Date | null;
  timeZone: string;
}

/** Of what is worth nothing known yet; every LMS keeps it. */
const usualPoints = 100;
const longestTitle = 255;

/**
 * Everything that can be chosen, the course's pages first, with what the form says of it; without a form, with what we propose.
 *
 * @param fields the fields of the form, each as a list
 * @param offered.pageTitles what the pages are called unless the teacher says otherwise
 * @param offered.creditPoints what the column of the credit page is worth by the course's plan; null while there is none
 */
export function readChoices(
  fields: ReadonlyMap<string, readonly string[]>,
  {
    quizzes,
    pageTitles,
    creditPoints,
    rules,
  }: {
    quizzes: readonly OfferedQuiz[];
    pageTitles: Record<PageKind, string>;
    creditPoints: number | null;
    rules: ChoiceRules;
  },
): Choice[] {
  const chosen = new Set(fields.get('chosen'));
  const offers = [
    ...pageKinds.map((page) => ({ key: page, page, quiz: null, title: pageTitles[page] })),
    ...quizzes.map((quiz) => ({ key: quiz.contentId, page: null, quiz, title: quiz.title })),
  ];
  return offers.map(({ key, page, quiz, title }): Choice => {
    const field = (name: string) => fields.get(`${name}.${key}`)?.[0]?.trim();
    const typed = {
      title:
        field('title')
          ?.replace(/\p{Cc}+/gu, ' ')
          .slice(0, longestTitle) || title,
      points: field('points') ?? proposedPoints(page === 'credits' ? creditPoints : quiz?.published?.points, rules),
      opensAt: (rules.dates.includes('opensAt') && field('opensAt')) || '',
      dueAt: (rules.dates.includes('dueAt') && field('dueAt')) || '',
    };
    const isChosen = chosen.has(key);
    const isGraded = page !== 'progress';
    const problems = isChosen && isGraded ? problemsIn(typed, rules) : {};
    return { key, page, quiz, isGraded, isChosen, ...typed, problems };
  });
}

/**
 * What was chosen, or what is wrong with it: `nothing-chosen`, `one-only` (the LMS takes one), `not-offered` (a quiz that is not,
 * or no longer, in this list), `see-below` (a field is).
 */
export function chosenContent(
  choices: readonly Choice[],
  fields: ReadonlyMap<string, readonly string[]>,
  rules: ChoiceRules,
): { ok: true; chosen: ChosenContent[] } | { ok: false; code: ChoicesProblem } {
  const chosen = choices.filter(({ isChosen }) => isChosen);
  const asked = new Set(fields.get('chosen')).size;
  if (asked === 0) return { ok: false, code: 'nothing-chosen' };
  if (asked > chosen.length) return { ok: false, code: 'not-offered' };
  if (asked > 1 && !rules.acceptsMultiple) return { ok: false, code: 'one-only' };
  if (chosen.some(({ problems }) => Object.keys(problems).length > 0)) return { ok: false, code: 'see-below' };
  return { ok: true, chosen: chosen.map((choice) => contentIn(choice, rules)) };
}

function contentIn({ key, page, isGraded, title, points, opensAt, dueAt }: Choice, rules: ChoiceRules): ChosenContent {
  const column = isGraded && rules.acceptsColumns ? numberIn(points) : null;
  if (page) return { content: { kind: page }, title, points: column, opensAt: null, dueAt: null };
  return {
    content: { kind: 'quiz', contentId: key },
    title,
    points: column,
    opensAt: momentAt(opensAt, rules.timeZone),
    dueAt: momentAt(dueAt, rules.timeZone),
  };
}

function problemsIn(typed: Pick<Choice, 'points' | 'opensAt' | 'dueAt'>, rules: ChoiceRules): Choice['problems'] {
  const [opensAt, dueAt] = [momentAt(typed.opensAt, rules.timeZone), momentAt(typed.dueAt, rules.timeZone)];
  const points = rules.acceptsColumns ? pointsProblem(typed.points, rules) : null;
  const isReversed = opensAt !== null && dueAt !== null && dueAt <= opensAt;
  return {
    ...(points && { points }),
    ...(typed.opensAt !== '' && !opensAt && { opensAt: 'date-unreadable' as const }),
    ...(typed.dueAt !== '' && !dueAt && { dueAt: 'date-unreadable' as const }),
    ...(isReversed && { dueAt: 'due-before-open' as const }),
    ...(dueAt && rules.dueAfter && dueAt <= rules.dueAfter && { dueAt: 'due-passed' as const }),
  };
}

function pointsProblem(typed: string, { columnMaximum }: ChoiceRules): ChoiceProblem | null {
  if (typed === '') return null;
  const points = numberIn(typed);
  if (points === null || points <= 0) return 'points-unreadable';
  return columnMaximum(points) === points ? null : 'points-not-kept';
}

/** Points that an LMS keeps in place of those that it does not: the whole number next to them where it can, or else its most. */
export function keptPoints(typed: string, { columnMaximum }: ChoiceRules): number {
  return columnMaximum(Math.max(1, Math.round(numberIn(typed) ?? usualPoints)));
}

/** A number as people of any language write it; null for what is none. */
function numberIn(typed: string): number | null {
  return /^\d{1,5}([.,]\d{1,5})?$/.test(typed) ? Number(typed.replace(',', '.')) : null;
}

/** A quiz that earns nothing, such as essays alone, proposes no column. */
function proposedPoints(worth: number | null | undefined, { columnMaximum }: ChoiceRules): string {
  if (worth === 0) return '';
  const points = columnMaximum(worth ?? usualPoints);
  return String(Math.round(points * 100_000) / 100_000);
}
