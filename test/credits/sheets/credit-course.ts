// The physics course with a credit plan, and marks and credits as its teacher gave them.
import Fraction from 'fraction.js';
import { and, eq } from 'drizzle-orm';
import { confirmCredits } from '../../../src/credits/confirm-credits.ts';
import { loadCourseCredits } from '../../../src/credits/course-credits.ts';
import { takeCreditsBack } from '../../../src/credits/decide-credits.ts';
import { enterMarks, type EnteredMark } from '../../../src/credits/enter-marks.ts';
import { courses, people } from '../../../src/database/tables/courses.ts';
import { resultsChanged } from '../../../src/grades/results-changed.ts';
import { sample } from '../../../src/practice/sample-courses.ts';
import { publishPlan } from '../../support/credits.ts';
import type { TestMustaqil } from '../../support/mustaqil.ts';
import { openAsTeacher } from '../../support/people.ts';

/** Points of each activity of `planOf` that pass everything: 95 of 100. */
export const passed = { q1: 10, q2: 10, q3: 20, essay: 10, exam: 45 };

/** Dilnoza's course, its plan published and its people known from the LMS's list. */
export async function openCreditCourse(mustaqil: TestMustaqil) {
  await openAsTeacher(mustaqil);
  await mustaqil.roster.settled();
  return creditCourse(mustaqil, { contextId: sample.physics.course, teacher: sample.dilnoza });
}

/** The same of a course that its teacher has opened, be it of an LMS or of another platform. */
export async function creditCourse(
  { db, clock }: Pick<TestMustaqil, 'db' | 'clock'>,
  { contextId, teacher }: { contextId: string; teacher: string },
) {
  const [course] = await db.select().from(courses).where(eq(courses.contextId, contextId));
  if (!course) throw new Error('no course');
  const personOf = async (subject: string): Promise<number> => {
    const who = and(eq(people.deploymentId, course.deploymentId), eq(people.subject, subject));
    const [person] = await db.select().from(people).where(who);
    return person?.id ?? 0;
  };
  const teacherId = await personOf(teacher);
  const courseId = course.id;
  await publishPlan(db, { courseId, teacherId }, clock.now());

  const mark = async (subject: string, points: Record<string, number | 'absent'>) => {
    const personId = await personOf(subject);
    const marks = Object.entries(points).map(([activityKey, given]): EnteredMark => {
      const entry =
        given === 'absent' ? { state: given, points: null } : { state: 'points' as const, points: new Fraction(given) };
      return { ...entry, ...{ personId, activityKey, sitting: 1, seen: 0, said: null } };
    });
    const now = clock.now();
    await enterMarks(
      db,
      { courseId, markedBy: teacherId, marks },
      { mayGrade: () => true, onEntered: (tx, changed) => resultsChanged(tx, changed, now) },
      now,
    );
  };

  return {
    courseId,
    place: `/courses/${courseId}/credits`,
    personOf,
    mark,
    /** What the ledger says that all of them together have, in hundredths of a credit. */
    confirmedUnits: async (subjects: string[]) => {
      const credits = await loadCourseCredits(db, courseId);
      const ids = await Promise.all(subjects.map(personOf));
      return ids.reduce((sum, id) => sum + (credits?.of(id).sums.confirmed ?? 0), 0);
    },
    /** The teacher confirms the whole course of a student who has passed it. */
    confirm: async (subject: string) => {
      const personId = await personOf(subject);
      const component = (await loadCourseCredits(db, courseId, [personId]))?.of(personId).components[0];
      if (!component) throw new Error('no component');
      const line = { personId, componentKey: component.key, evidenceHash: component.evidenceHash };
      const list = { courseId, key: `list for ${subject}`, note: '', actorId: teacherId, lines: [line] };
      return confirmCredits(db, list, () => true, clock.now());
    },
    takeBack: async (subject: string) => {
      const decision = { courseId, personId: await personOf(subject), componentKey: 'course', actorId: teacherId };
      return takeCreditsBack(db, { ...decision, reason: 'a mistake' }, clock.now());
    },
  };
}
