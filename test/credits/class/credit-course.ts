// The physics course with a published credit plan: its first quiz stands in the course, all else is marked by hand.
import { and, eq } from 'drizzle-orm';
import Fraction from 'fraction.js';
import { enterMarks, type EnteredMark } from '../../../src/credits/enter-marks.ts';
import type { CreditPlan } from '../../../src/credits/plan.ts';
import { people, placements } from '../../../src/database/tables/courses.ts';
import { resultsChanged } from '../../../src/grades/results-changed.ts';
import { creditPlanPublished } from '../../../src/grades/want-credit-scores.ts';
import { sample } from '../../../src/practice/sample-courses.ts';
import { planOf, publishPlan } from '../../support/credits.ts';
import type { TestMustaqil } from '../../support/mustaqil.ts';
import { publish } from '../../support/people.ts';

/** Our keys of what the tests speak of. */
export interface CreditCourse {
  courseId: number;
  teacherId: number;
  /** Where quiz `q1` stands. */
  placementId: number;
}

/** Publishes the quiz and a plan in which it is `q1`. */
export async function startCreditCourse(mustaqil: TestMustaqil): Promise<CreditCourse> {
  await publish(mustaqil);
  const { db } = mustaqil;
  const [place] = await db.select().from(placements).where(eq(placements.resourceLinkId, sample.physics.mechanics));
  if (!place) throw new Error('The quiz was not placed');
  const course = {
    courseId: place.courseId,
    placementId: place.id,
    teacherId: await personKey(mustaqil, sample.dilnoza),
  };
  await publishCredits(mustaqil, course, {});
  return course;
}

/** Publishes a plan as its editor does, with what follows for the gradebook. */
export async function publishCredits(
  { db, clock }: TestMustaqil,
  { courseId, teacherId, placementId }: CreditCourse,
  said: Partial<CreditPlan>,
): Promise<void> {
  await publishPlan(db, { courseId, teacherId, plan: planOf({ placementIds: [placementId], ...said }) }, clock.now());
  await db.transaction((tx) => creditPlanPublished(tx, courseId, clock.now()));
}

/** Our key of somebody whom the LMS calls so. */
export async function personKey({ db }: TestMustaqil, subject: string): Promise<number> {
  const [person] = await db
    .select()
    .from(people)
    .where(and(eq(people.subject, subject), eq(people.deploymentId, 1)));
  if (!person) throw new Error(`Nobody is called ${subject}`);
  return person.id;
}

/** The teacher enters points for a student by hand, as the grid of marks does. */
export async function mark(
  { db, clock }: TestMustaqil,
  { courseId, teacherId }: CreditCourse,
  personId: number,
  points: Record<string, number>,
  { seen = 0 }: { seen?: number } = {},
): Promise<void> {
  const marks = Object.entries(points).map(([activityKey, given]): EnteredMark => ({
    ...{ personId, activityKey, sitting: 1, seen, state: 'points', points: new Fraction(given) },
    said: null,
  }));
  const outcomes = await enterMarks(
    db,
    { courseId, markedBy: teacherId, marks },
    { mayGrade: () => true, onEntered: (tx, changed) => resultsChanged(tx, changed, clock.now()) },
    clock.now(),
  );
  if (!outcomes?.every(({ code }) => code === 'entered')) throw new Error(JSON.stringify(outcomes));
}
