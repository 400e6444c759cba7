// A quiz that people mark, what learners write in it, and how a teacher marks.
import { desc, eq } from 'drizzle-orm';
import { quizVersions } from '../../src/database/tables/quizzes.ts';
import type { Robot } from '../../src/practice/robot.ts';
import { questionSchema, type Question } from '../../src/questions/question.ts';
import { publishVersion } from '../../src/quizzes/quiz.store.ts';
import { noStructure, type QuizStructure } from '../../src/quizzes/structure.ts';
import { placementOf } from './checks.ts';
import type { TestMustaqil } from './mustaqil.ts';
import { openAsTeacher, openQuiz } from './people.ts';
import { newQuiz, newStudent } from './school.ts';
import { fieldsFor } from './sheet.ts';

const words = (source: string) => ({ format: 'plain' as const, source });

/** An essay worth 4 points. */
export function essayOf(details: object = {}, points = '4'): Question {
  return questionSchema.parse({
    ...{ type: 'essay', name: 'Pendulum', text: words('What is a pendulum?'), generalFeedback: null, points, details },
  });
}

/** Worth 1 point. */
export const sum: Question = questionSchema.parse({
  ...{ type: 'numeric', name: 'Sum', text: words('2 + 3'), generalFeedback: null, points: '1' },
  details: { answers: [{ accepted: { kind: 'near', value: '5', tolerance: '0' }, weight: '1', feedback: null }] },
});

/** Two criteria: three quarters of the points for the first, a quarter for the second. */
export const rubric = [
  {
    criterion: 'The law is named',
    levels: [
      { text: 'no', share: '0' },
      { text: 'partly', share: '1/3' },
      { text: 'yes', share: '3/4' },
    ],
  },
  {
    criterion: 'An example is given',
    levels: [
      { text: 'none', share: '0' },
      { text: 'one', share: '1/4' },
    ],
  },
];

/** A new activity whose quiz asks a sum and an essay; people mark it unless it says otherwise. Returns its resource link id. */
export async function newEssayQuiz(
  mustaqil: TestMustaqil,
  {
    details = {},
    settings = {},
    marksByHand = true,
    questions = [sum, essayOf(details)],
    structure = noStructure,
  }: {
    details?: object;
    settings?: Record<string, string>;
    marksByHand?: boolean;
    questions?: Question[];
    structure?: QuizStructure;
  } = {},
): Promise<string> {
  const activity = await newQuiz(mustaqil, { settings });
  await publishAgain(mustaqil, activity, { questions, marksByHand, structure });
  return activity;
}

/** Publishes another version at an activity, with the settings of the one before. */
export async function publishAgain(
  mustaqil: TestMustaqil,
  activity: string,
  changed: { questions: Question[]; marksByHand: boolean; structure?: QuizStructure },
): Promise<void> {
  const { quizId } = await placementOf(mustaqil, activity);
  await mustaqil.db.transaction(async (tx) => {
    const [version] = await tx
      .select()
      .from(quizVersions)
      .where(eq(quizVersions.quizId, quizId))
      .orderBy(desc(quizVersions.number))
      .limit(1);
    if (!version) throw new Error('Nothing was published');
    const { publishedBy } = version;
    const quiz = { ...version, structure: noStructure, ...changed };
    await publishVersion(tx, quizId, quiz, { publishedBy, now: mustaqil.clock.now() });
  });
}

/** A new student in an open attempt. */
export async function writing(
  mustaqil: TestMustaqil,
  activity: string,
  givenName = 'Ada',
): Promise<{ ada: Robot; student: string; attemptId: number }> {
  const student = newStudent(mustaqil, givenName);
  const ada = await openQuiz(mustaqil, { student, activity });
  await ada.submit('form[action$="/attempts"]');
  return { ada, student, attemptId: attemptIn(ada) };
}

/** A new student who has handed in; the result is open. */
export async function handedIn(
  mustaqil: TestMustaqil,
  activity: string,
  answers: Record<string, string> = { '2 + 3': '5', pendulum: 'Belanchak.' },
) {
  const begun = await writing(mustaqil, activity);
  await finish(begun.ada, answers);
  return begun;
}

/** Answers and hands in. */
export async function finish(ada: Robot, answers: Record<string, string>): Promise<void> {
  await ada.submit('#attempt button.primary', fieldsFor(ada.page, answers));
  await ada.submit('form[action$="/submission"]');
}

export function attemptIn({ page }: Robot): number {
  return Number(/\/attempts\/(\d+)/.exec(page.url)?.[1]);
}

/** A teacher on the page with all answers to the activity's only essay that wait for a mark. */
export async function openMarking(mustaqil: TestMustaqil, activity: string): Promise<Robot> {
  const dilnoza = await openAsTeacher(mustaqil, { activity });
  await dilnoza.click('a[href$="/results"]');
  await dilnoza.click('main a[href$="/marking"]');
  await dilnoza.click('.rows a');
  return dilnoza;
}

/** The form for an attempt's essay, whatever its position. */
export function markFormOf(attemptId: number): string {
  return `form[action*="/attempts/${attemptId}/marks/"]`;
}

/** What a page says, in one line. */
export function saidIn({ page: { $ } }: Robot, selector: string): string {
  return $(selector).text().replace(/\s+/g, ' ').trim();
}
