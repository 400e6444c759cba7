// A course with students and quizzes right in the database, for what needs many histories and no browser.
import Fraction from 'fraction.js';
import { attempts } from '../../src/database/tables/attempts.ts';
import { courses, memberships, people, placements } from '../../src/database/tables/courses.ts';
import { deployments, registrations } from '../../src/database/tables/platforms.ts';
import { quizzes, quizVersions } from '../../src/database/tables/quizzes.ts';
import type { Database } from '../../src/database/database.ts';

/** Our keys of everything in it. */
export interface LedgerCourse {
  courseId: number;
  teacherId: number;
  studentIds: number[];
  /** Where three quizzes stand; their best attempt counts. */
  placementIds: number[];
  quizVersionId: number;
}

let made = 0;

/** A new course in an LMS of its own. */
export async function newLedgerCourse(db: Database, { students = 3 } = {}, now = new Date()): Promise<LedgerCourse> {
  const issuer = `https://lms-${++made}.example`;
  const url = { authorizationUrl: issuer, tokenUrl: issuer, tokenAudience: issuer, jwksUrl: issuer };
  const registration = { name: issuer, issuer, clientId: 'tool', ...url, createdAt: now };
  const registrationId = idOf(await db.insert(registrations).values(registration).returning());
  const deployment = { registrationId, deploymentId: '1', state: 'active' as const, createdAt: now };
  const deploymentId = idOf(await db.insert(deployments).values(deployment).returning());
  const course = { deploymentId, contextKind: 'context' as const, contextId: '1', title: 'Mechanics' };
  const courseId = idOf(await db.insert(courses).values(course).returning());
  const person = async (name: string, role: 'instructor' | 'learner') => {
    const personId = idOf(
      await db.insert(people).values({ deploymentId, subject: name, name, language: 'en' }).returning(),
    );
    await db.insert(memberships).values({ courseId, personId, role, launchedAt: now });
    return personId;
  };
  const teacherId = await person('Dilnoza', 'instructor');
  const studentIds: number[] = [];
  for (let number = 1; number <= students; number++) studentIds.push(await person(`Student ${number}`, 'learner'));
  const settings = { countingAttempt: 'best' as const, title: 'Quiz' };
  const quiz = { courseId, ...settings, source: '', sourceFormat: 'auto', updatedAt: now };
  const quizId = idOf(await db.insert(quizzes).values(quiz).returning());
  const version = { quizId, number: 1, ...settings, questions: [], publishedAt: now, publishedBy: teacherId };
  const quizVersionId = idOf(await db.insert(quizVersions).values(version).returning());
  const placementIds: number[] = [];
  for (const resourceLinkId of ['1', '2', '3']) {
    const placement = { courseId, resourceLinkId, quizId, gradebookScopes: [] };
    placementIds.push(idOf(await db.insert(placements).values(placement).returning()));
  }
  return { courseId, teacherId, studentIds, placementIds, quizVersionId };
}

/** As if a student had handed in a quiz, with so many points of 60. */
export async function handInFor(
  db: Database,
  { quizVersionId }: LedgerCourse,
  { placementId, personId, number, points }: { placementId: number; personId: number; number: number; points: number },
  now: Date,
): Promise<void> {
  const earned = { points: new Fraction(points), maximumPoints: new Fraction(60), submittedAt: now };
  await db
    .insert(attempts)
    .values({ placementId, personId, quizVersionId, number, seed: '', startedAt: now, ...earned });
}

function idOf([row]: { id: number }[]): number {
  if (!row) throw new Error('An insert gave no row');
  return row.id;
}
