// Courses that the LMS copies, for tests of what becomes of the quizzes in them.
import { eq } from 'drizzle-orm';
import type { Database } from '../../src/database/database.ts';
import { placements } from '../../src/database/tables/courses.ts';
import { quizzes } from '../../src/database/tables/quizzes.ts';
import type { TestMustaqil } from './mustaqil.ts';
import { openAsTeacher, publish, type School, twoQuestions, writeQuestions } from './people.ts';
import { newActivity } from './school.ts';

/** What our registration asks an LMS to send with every launch; Moodle fills in the first and knows nothing of the second. */
const history = { context_history: '$Context.id.history', resource_link_history: '$ResourceLink.id.history' };

/** From now on the LMS says of what courses and links are copies; with `{}` it does not. */
export function tellHistory({ lms }: School, custom: Record<string, string> = history): void {
  for (const tool of lms.state.tools) tool.custom = custom;
}

/** The LMS's own record of an activity, to be changed as a teacher does it there. */
export function linkOf({ lms }: School, activity: string) {
  const link = lms.state.activities.find(({ id }) => id === activity);
  if (!link) throw new Error(`There is no activity ${activity}`);
  return link;
}

/** Copies the course of an activity in the LMS. Returns the ids of the copy and of what the activity became there. */
export function copyCourseOf(
  school: School,
  activity: string,
  title = 'Fizika 2027',
): { courseId: string; activity: string } {
  const { id: courseId } = school.lms.copyCourse(linkOf(school, activity).courseId, { title });
  const isCopy = (one: { courseId: string; copiedFromIds: string[] }) =>
    one.courseId === courseId && one.copiedFromIds[0] === activity;
  return { courseId, activity: school.lms.state.activities.find(isCopy)?.id ?? '' };
}

/** A new activity of the physics course whose link names its quiz, as deep linking makes them. Returns its resource link id. */
export async function newNamedQuiz(
  mustaqil: TestMustaqil,
  {
    title = 'Kinematika',
    isPublished = true,
    settings = {},
  }: { title?: string; isPublished?: boolean; settings?: Record<string, string> } = {},
): Promise<string> {
  const activity = newActivity(mustaqil, { title });
  if (isPublished) await publish(mustaqil, { activity, settings });
  else await writeQuestions(await openAsTeacher(mustaqil, { activity }), twoQuestions);
  linkOf(mustaqil, activity).custom = { mustaqil_content: `quiz:${await contentAt(mustaqil.db, activity)}` };
  await mustaqil.roster.settled();
  return activity;
}

/** Dilnoza adds a third question to the quiz at an activity, and publishes. */
export async function publishThird(school: School, activity: string): Promise<void> {
  const dilnoza = await openAsTeacher(school, { activity });
  await writeQuestions(dilnoza, `${twoQuestions}\n::Third::Water boils {TRUE}\n`);
  await dilnoza.submit('button[formaction]');
}

/** Our row of the place that a resource link is. */
export async function placeAt(db: Database, activity: string) {
  const [place] = await db.select().from(placements).where(eq(placements.resourceLinkId, activity));
  return place;
}

/** Our row of the quiz that stands there. */
export async function quizAt(db: Database, activity: string) {
  const place = await placeAt(db, activity);
  const [quiz] = await db
    .select()
    .from(quizzes)
    .where(eq(quizzes.id, place?.quizId ?? 0));
  return quiz;
}

/** Its name in links. */
export async function contentAt(db: Database, activity: string): Promise<string> {
  return (await quizAt(db, activity))?.contentId ?? '';
}
