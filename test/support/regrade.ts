// A teacher regrades: the quiz with a wrong key, the page on which it is decided how questions count, and what comes of it.
import { eq } from 'drizzle-orm';
import { people } from '../../src/database/tables/courses.ts';
import type { Robot } from '../../src/practice/robot.ts';
import { openResults } from './grades.ts';
import type { TestMustaqil } from './mustaqil.ts';
import { openQuiz, takeQuiz } from './people.ts';
import { newQuiz, newStudent } from './school.ts';

const sum = '\n\n::Sum::2 + 3 {#5}\n';

/** Osh is marked as right, which it is not. */
const wrongKey = `::Capital::The capital of Kyrgyzstan is {~Bishkek =Osh ~Naryn}${sum}`;

/** The same with the right key, for the teacher to publish in its place. */
export const rightKey = `::Capital::The capital of Kyrgyzstan is {=Bishkek ~Osh ~Naryn}${sum}`;

/** A new activity with the wrong key, and Ada, who is new, answered both questions, the second rightly, and handed in. */
export async function beforeRegrade(mustaqil: TestMustaqil, capital = 'Bishkek') {
  const activity = await newQuiz(mustaqil, { source: wrongKey });
  const student = newStudent(mustaqil, 'Ada');
  const ada = await openQuiz(mustaqil, { student, activity });
  await takeQuiz(ada, { capital, sum: '5' });
  await mustaqil.deliver();
  return { activity, student, ada };
}

/** Our row of somebody. */
export async function personOf({ db }: TestMustaqil, subject: string) {
  const [person] = await db.select().from(people).where(eq(people.subject, subject));
  if (!person) throw new Error(`Nobody is called ${subject}`);
  return person;
}

/** What the gradebook shows, after everything owed is sent. */
export async function gradebook(mustaqil: TestMustaqil, activity: string, student: string) {
  mustaqil.clock.advance(1000);
  await mustaqil.deliver();
  return mustaqil.lms.gradeOf(activity, student)?.points;
}

/** Dilnoza on the page for regrading. */
export async function openRegrade(mustaqil: TestMustaqil, activity: string): Promise<Robot> {
  const dilnoza = await openResults(mustaqil, activity);
  await dilnoza.click('main a[href$="/quiz/regrade"]');
  return dilnoza;
}

/** The field in which it is chosen how a question counts. */
export function fieldFor({ page: { $ } }: Robot, question: string): string {
  const asked = $('#regrade .question').filter((_index, element) =>
    $(element).find('.question-text').text().includes(question),
  );
  return asked.find('select').attr('name') ?? '';
}

/** Shows what a choice for the question with the wrong key would change. */
export async function preview(robot: Robot, choice: string, fields: Record<string, string> = {}): Promise<void> {
  await robot.submit('#regrade', { [fieldFor(robot, 'Kyrgyzstan')]: choice, ...fields });
}

/** There where something is shown that may be accepted. */
export const acceptButton = '#accept button';

/** Accepts what is shown. */
export async function accept(robot: Robot, reason = 'Bishkek is the capital'): Promise<void> {
  await robot.submit(acceptButton, { reason });
}

/** Dilnoza decides how the question with the wrong key counts, and is on the list of decisions afterwards. */
export async function regrade(
  mustaqil: TestMustaqil,
  activity: string,
  choice: string,
  fields: Record<string, string> = {},
): Promise<Robot> {
  const dilnoza = await openRegrade(mustaqil, activity);
  await preview(dilnoza, choice, fields);
  await accept(dilnoza);
  return dilnoza;
}

/** All that a page says. */
export function mainOf({ page: { $ } }: Robot): string {
  return $('main').text().replace(/\s+/g, ' ');
}

/** The rows of the preview: name and effect, points before, after, attempts; or of a decision: name, attempt, points. */
export function rowsOf({ page: { $ } }: Robot): string[][] {
  const textOf = (cell: Parameters<typeof $>[0]) => $(cell).text().replace(/\s+/g, ' ').trim();
  return $('main tbody tr')
    .toArray()
    .map((row) => $(row).children().toArray().map(textOf));
}
