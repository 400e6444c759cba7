// A learner has answers checked one at a time: the quiz for it, and what a page says of a question.
import { desc, eq } from 'drizzle-orm';
import { placements } from '../../src/database/tables/courses.ts';
import { answerChecks } from '../../src/database/tables/attempts.ts';
import { quizVersions } from '../../src/database/tables/quizzes.ts';
import type { Robot, RobotPage } from '../../src/practice/robot.ts';
import type { TestMustaqil } from './mustaqil.ts';
import { openQuiz } from './people.ts';
import { newQuiz, newStudent } from './school.ts';
import { fieldOf, fieldsFor, questionWith, type Given } from './sheet.ts';

/** Osh is worth a half. Everything that its author says begins with "Said". */
export const halfForOsh = `::Capital::The capital of Kyrgyzstan is {=Bishkek#Said to Bishkek ~%50%Osh#Said to Osh ~Naryn#Said to Naryn ~Talas####Said in general}

::Sum::2 + 3 {#5}
`;

/** The hints of the first question. */
export const hints = ['It lies in the north.', 'It was called Frunze.'];

/** The placement of an activity. */
export async function placementOf({ db }: Pick<TestMustaqil, 'db'>, activity: string) {
  const [placement] = await db.select().from(placements).where(eq(placements.resourceLinkId, activity));
  if (placement?.quizId == null) throw new Error(`No quiz at ${activity}`);
  return { ...placement, quizId: placement.quizId };
}

/** A new activity whose quiz has these settings; its first question has two hints, and a third of the points is what a try costs. */
export async function newCheckedQuiz(mustaqil: TestMustaqil, settings: Record<string, string>): Promise<string> {
  const activity = await newQuiz(mustaqil, { source: halfForOsh, settings });
  const { quizId } = await placementOf(mustaqil, activity);
  const { db } = mustaqil;
  const [version] = await db
    .select()
    .from(quizVersions)
    .where(eq(quizVersions.quizId, quizId))
    .orderBy(desc(quizVersions.number))
    .limit(1);
  if (!version) throw new Error(`Nothing is published at ${activity}`);
  const [first, ...others] = version.questions as object[];
  const hinted = { ...first, hints: hints.map((source) => ({ text: { format: 'plain', source } })) };
  const { quizId: ofQuiz, number, title, attemptsAllowed, timeLimitMinutes, countingAttempt, behaviour } = version;
  const kept = { quizId: ofQuiz, title, attemptsAllowed, timeLimitMinutes, countingAttempt, behaviour };
  const { penalty, mayRedo, publishedAt, publishedBy } = version;
  await db.insert(quizVersions).values({
    ...kept,
    penalty,
    mayRedo,
    publishedAt,
    publishedBy,
    number: number + 1,
    questions: [hinted, ...others],
  });
  return activity;
}

/** Ada, who is new, in an open attempt at the activity. */
export async function answering(mustaqil: TestMustaqil, activity: string): Promise<Robot> {
  const ada = await openQuiz(mustaqil, { student: newStudent(mustaqil, 'Ada'), activity });
  await ada.submit('form[action$="/attempts"]');
  return ada;
}

/** Has the answer to a question checked, with what else stands on the page. */
export async function check(ada: Robot, words: string, answers: Record<string, Given>, sure?: string): Promise<void> {
  const field = fieldOf(ada.page, words);
  const fields = { ...fieldsFor(ada.page, answers), ...(sure !== undefined && { [`${field}.certainty`]: sure }) };
  await ada.submit(`button[name=check][value=${field}]`, fields);
}

/** What stands in the box under an open question. */
export function saidOf(page: RobotPage, words: string): string {
  return page
    .$(`#${fieldOf(page, words)}-check`)
    .text()
    .replace(/\s+/g, ' ')
    .trim();
}

/** All that stands in the box of a question. */
export function boxOf(page: RobotPage, words: string): string {
  return questionWith(page, words).text().replace(/\s+/g, ' ').trim();
}

/** Everything that was ever checked, in order, with its share in words. */
export async function checksIn({ db }: Pick<TestMustaqil, 'db'>, attemptUrl: string) {
  const attemptId = Number(/\/attempts\/(\d+)/.exec(attemptUrl)?.[1]);
  const rows = await db.select().from(answerChecks).where(eq(answerChecks.attemptId, attemptId));
  return rows
    .sort((one, other) => one.position - other.position || one.number - other.number)
    .map(({ position, number, fraction }) => [position, number, fraction.toFraction()]);
}

/** Hands in from an open attempt. */
export async function handInAll(ada: Robot, answers: Record<string, Given> = {}): Promise<void> {
  await ada.submit('#attempt button', fieldsFor(ada.page, answers));
  await ada.submit('form[action$="/submission"]');
}

/** What the result says of the points. */
export function scoreOf({ $ }: RobotPage): string {
  return $('.score strong').text();
}
