// A tool that owes an LMS many grades: its rows as launches and attempts would have made them, without those.
import Fraction from 'fraction.js';
import type { Database, Transaction } from '../src/database/database.ts';
import { courses, people, placements } from '../src/database/tables/courses.ts';
import { wantScore } from '../src/grades/gradebook-cell.store.ts';
import { resultScope } from '../src/lti/results.ts';
import { scoreScope } from '../src/lti/scores.ts';
import { findDeployment, savePlatform } from '../src/platforms/platform.store.ts';
import { addresses } from '../src/practice/addresses.ts';
import { coupledLineItem } from '../src/practice/directory.ts';
import type { PracticeLms } from '../src/practice/practice-lms.ts';
import { sample } from '../src/practice/sample-courses.ts';

/** One grade as the gradebook should show it in the end; ids of the LMS. */
export interface OwedGrade {
  activity: string;
  student: string;
  points: number;
}

/** Each student does as many quizzes. */
const quizCount = 4;
const maximumPoints = 100;

/** Puts `count` grades into the database, all due now, and their students and quizzes into the LMS. */
export async function oweGrades(
  { db, lms, sealingKey }: { db: Database; lms: PracticeLms; sealingKey: Uint8Array },
  count: number,
): Promise<OwedGrade[]> {
  const now = new Date();
  const { registration } = lms;
  const { id } = await savePlatform(db, { ...registration, tokenAudience: registration.tokenUrl }, { sealingKey, now });
  const deployment = await findDeployment(db, id, registration.deploymentId);
  if (!deployment) throw new Error('The deployment was not saved');
  return db.transaction(async (tx) => {
    const quizzes = await placeQuizzes(tx, lms, deployment.id);
    const learners = await enrolStudents(tx, lms, deployment.id, Math.ceil(count / quizCount));
    const pairs = learners.flatMap((learner) => quizzes.map((quiz) => ({ learner, quiz }))).slice(0, count);
    const owed: OwedGrade[] = [];
    for (const [index, { learner, quiz }] of pairs.entries()) {
      const points = index % (maximumPoints + 1);
      const score = { points: new Fraction(points), maximumPoints: new Fraction(maximumPoints), scoredAt: now };
      const where = { placementId: quiz.placementId, personId: learner.personId };
      await wantScore(tx, where, { ...score, comment: '' }, { now, basis: 'attempts' });
      owed.push({ activity: quiz.activity, student: learner.student, points });
    }
    return owed;
  });
}

async function placeQuizzes(tx: Transaction, lms: PracticeLms, deploymentId: number) {
  const [course] = await tx
    .insert(courses)
    .values({ deploymentId, contextKind: 'context', contextId: sample.physics.course, title: 'Umumiy fizika' })
    .returning();
  if (!course) throw new Error('An insert gave no row');
  const activities = Array.from({ length: quizCount }, (_, index) =>
    lms.addActivity({ courseId: sample.physics.course, title: `Mashq ${index + 1}`, maximumPoints }),
  );
  const rows = await tx
    .insert(placements)
    .values(
      activities.map(({ id, title }) => ({
        courseId: course.id,
        resourceLinkId: id,
        title,
        lineItemUrl: columnOf(lms, id),
        gradebookScopes: [scoreScope, resultScope],
      })),
    )
    .returning();
  return rows.map(({ id, resourceLinkId }) => ({ placementId: id, activity: resourceLinkId }));
}

async function enrolStudents(tx: Transaction, lms: PracticeLms, deploymentId: number, count: number) {
  const students = Array.from({ length: count }, (_, index) => {
    const { id } = lms.addPerson({ givenName: 'Talaba', familyName: `No. ${index + 1}` });
    lms.enrol(id, sample.physics.course, 'student');
    return id;
  });
  const rows = await tx
    .insert(people)
    .values(students.map((subject) => ({ deploymentId, subject, name: null, language: 'uz' })))
    .returning();
  return rows.map(({ id, subject }) => ({ personId: id, student: subject ?? '' }));
}

function columnOf({ state, registration }: PracticeLms, activity: string) {
  const item = coupledLineItem(state, activity);
  if (!item) throw new Error(`Activity ${activity} has no column`);
  return addresses(registration.issuer).lineItem(item);
}
