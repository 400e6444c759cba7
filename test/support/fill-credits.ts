// Credits for a university that has a bit of everything: a plan, marks, a list that was confirmed, and the page in the course's front.
import { asc, eq } from 'drizzle-orm';
import Fraction from 'fraction.js';
import { confirmCredits } from '../../src/credits/confirm-credits.ts';
import { loadCourseCredits } from '../../src/credits/course-credits.ts';
import { presetPolicies } from '../../src/credits/policy-presets.ts';
import { enterMarks } from '../../src/credits/enter-marks.ts';
import type { Database } from '../../src/database/database.ts';
import { assets } from '../../src/database/tables/assets.ts';
import { courses, memberships, people } from '../../src/database/tables/courses.ts';
import { deployments, registrations } from '../../src/database/tables/platforms.ts';
import { sample } from '../../src/practice/sample-courses.ts';
import { activity, planOf, publishPlan } from './credits.ts';
import type { School } from './people.ts';

/** The learner with an open attempt passes the first course of a school, with the word in all that can be written and in a file. */
export async function fillCredits(db: Database, { lms }: Pick<School, 'lms'>, word: string): Promise<void> {
  const now = new Date();
  const { courseId, teacherId, personId, deploymentId } = await findPeople(db, lms.registration.issuer);
  const [asset] = await db.select().from(assets).where(eq(assets.deploymentId, deploymentId));
  const evidence = `/courses/${courseId}/credits/marks/exam/${personId}/files/${asset?.sha256}`;
  const activities = [activity('exam', { title: word, controlKey: 'YN', points: '100' })];
  const policy = presetPolicies.ects;
  await publishPlan(db, { courseId, teacherId, plan: planOf({ activities }), policy }, now);
  await confirmPass(db, { courseId, teacherId, personId, comment: word, evidence }, now);
}

/** A learner gets 90 points in the exam, and the course's credits are confirmed by a list whose key and note is the comment. */
export async function confirmPass(
  db: Database,
  said: { courseId: number; teacherId: number; personId: number; comment: string; evidence: string },
  now: Date,
): Promise<void> {
  const { courseId, teacherId, personId, comment, evidence } = said;
  await enterMarks(
    db,
    {
      ...{ courseId, markedBy: teacherId },
      marks: [
        {
          ...{ personId, activityKey: 'exam', sitting: 1, seen: 0, state: 'points', points: new Fraction(90) },
          said: { levels: null, comment, evidence },
        },
      ],
    },
    { mayGrade: () => true, onEntered: () => Promise.resolve() },
    now,
  );
  const [component] = (await loadCourseCredits(db, courseId))?.of(personId).components ?? [];
  const line = { personId, componentKey: 'course', evidenceHash: component?.evidenceHash ?? '' };
  const list = { courseId, key: comment, note: comment, actorId: teacherId, lines: [line] };
  const outcome = await confirmCredits(db, list, () => true, now);
  if (!outcome.ok || outcome.lines[0]?.outcome !== 'confirmed') throw new Error(JSON.stringify(outcome));
}

async function findPeople(db: Database, issuer: string) {
  const rows = await db
    .select({ courseId: courses.id, personId: people.id, subject: people.subject, deploymentId: courses.deploymentId })
    .from(memberships)
    .innerJoin(people, eq(people.id, memberships.personId))
    .innerJoin(courses, eq(courses.id, memberships.courseId))
    .innerJoin(deployments, eq(deployments.id, courses.deploymentId))
    .innerJoin(registrations, eq(registrations.id, deployments.registrationId))
    .where(eq(registrations.issuer, issuer))
    .orderBy(asc(courses.id));
  const keyOf = (subject: string) => rows.find((row) => row.subject === subject)?.personId ?? 0;
  const { courseId = 0, deploymentId = 0 } = rows[0] ?? {};
  return { courseId, deploymentId, teacherId: keyOf(sample.dilnoza), personId: keyOf(sample.aigul) };
}
